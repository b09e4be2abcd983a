package creator

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// shelf keeps what is published.
type shelf []system.Post

func (s *shelf) Publish(p system.Post) system.PostID {
	*s = append(*s, p)
	return system.PostID(len(*s) - 1)
}

// lived lets creators upload for some days.
func lived(c Config, days int) (*Creators, *content.Posts, []system.Post) {
	var s shelf
	k, src := sim.New(sim.Options{}), rng.New(1, 0)
	posts := content.New(content.DefaultConfig(), src, &s)
	cs := New(k, c, src, posts)
	k.Run(max(0, sim.Time(days)*sim.Time(sim.Day)-1))
	return cs, posts, s
}

// The number of uploads a day is Poisson: mean and variance are the rate. Their
// moments are uniform over the day: mean 1/2, mean square 1/3.
func TestUploadsAreAPoissonProcess(t *testing.T) {
	const days = 10
	c := DefaultConfig()
	_, _, posts := lived(c, days)
	counts := make([]float64, c.Count*days)
	var at, squares []float64
	for _, p := range posts {
		if p.At < 0 {
			continue
		}
		counts[int(p.Creator)*days+p.At.Day()]++
		u := float64(p.At%sim.Time(sim.Day)) / float64(sim.Day)
		at, squares = append(at, u), append(squares, u*u)
	}
	deviations := make([]float64, len(counts))
	var products []float64
	for i, n := range counts {
		deviations[i] = (n - c.PostsPerDay) * (n - c.PostsPerDay)
		if i%days > 0 {
			products = append(products, (n-c.PostsPerDay)*(counts[i-1]-c.PostsPerDay))
		}
	}
	simtest.Agrees(t, counts, c.PostsPerDay, "mean uploads a day")
	simtest.Agrees(t, deviations, c.PostsPerDay, "variance of uploads a day")
	simtest.Agrees(t, products, 0, "covariance of a day's uploads with the day before's")
	simtest.Agrees(t, at, 0.5, "moment of the day")
	simtest.Agrees(t, squares, 1.0/3, "square of the moment of the day")
}

// The world opens with a whole life of uploads: as many as two days bring, of
// all ages alike, oldest first.
func TestTheShelfIsFullWhenTheWorldOpens(t *testing.T) {
	c := DefaultConfig()
	c.Count = 1000
	_, posts, shelf := lived(c, 0)
	life := posts.Config.Life
	counts := make([]float64, c.Count)
	var ages []float64
	for i, p := range shelf {
		require.True(t, p.At <= 0 && p.At > -sim.Time(life), "alive when the world opens")
		require.True(t, i == 0 || shelf[i-1].At <= p.At, "oldest first")
		counts[p.Creator]++
		ages = append(ages, -float64(p.At)/float64(life))
	}
	simtest.Agrees(t, counts, c.PostsPerDay*life.Hours()/24, "uploads in a life")
	simtest.Agrees(t, ages, 0.5, "age in lives")
}

func TestPostsArePublishedInOrderUnderKeysThatCount(t *testing.T) {
	cs, posts, shelf := lived(DefaultConfig(), 3)
	next := make([]uint32, len(cs.All))
	for i, p := range shelf {
		require.True(t, i == 0 || shelf[i-1].At <= p.At)
		require.Equal(t, content.Key(p.Creator, next[p.Creator]), p.Key, "a creator's posts are numbered without a gap")
		require.Equal(t, posts.Truths[i].Key, p.Key, "truth and public side lie at one place")
		next[p.Creator]++
	}
	for i, c := range cs.All {
		assert.Equal(t, next[i], c.Uploaded)
	}
}

// Traits are normal, clipped to 0 and 1.
func TestTraitsOfCreators(t *testing.T) {
	c := DefaultConfig()
	c.Count, c.PostsPerDay = 4000, 0
	cs, _, _ := lived(c, 0)
	var quality, clickbait, honest []float64
	for _, one := range cs.All {
		quality, clickbait = append(quality, one.Quality), append(clickbait, one.Clickbait)
		zero := 0.0
		if one.Clickbait == 0 {
			zero = 1
		}
		honest = append(honest, zero)
	}
	simtest.Agrees(t, quality, clipped(c.Quality, c.QualitySpread), "mean quality")
	simtest.Agrees(t, clickbait, clipped(c.Clickbait, c.ClickbaitSpread), "mean clickbait")
	simtest.Agrees(t, honest, phi(-c.Clickbait/c.ClickbaitSpread), "creators without any clickbait")
}

// clipped is the mean of a normal variate clipped to 0 and 1.
func clipped(mean, sd float64) float64 {
	low, high := -mean/sd, (1-mean)/sd
	density := func(x float64) float64 { return math.Exp(-x*x/2) / math.Sqrt(2*math.Pi) }
	return 1 - phi(high) + mean*(phi(high)-phi(low)) + sd*(density(low)-density(high))
}

// phi is the normal distribution function.
func phi(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

// An upload is on the main topic by focus, or because the draw over all topics
// falls on it.
func TestFocus(t *testing.T) {
	c := DefaultConfig()
	cs, posts, shelf := lived(c, 5)
	popularity := func(k system.TopicID) float64 {
		below := 0.0
		if k > 0 {
			below = posts.Topics.Cumulative[k-1]
		}
		return posts.Topics.Cumulative[k] - below
	}
	var excess []float64 // over what is expected of this creator
	for _, p := range shelf {
		main := cs.All[p.Creator].Topic
		x := -(float64(c.Focus) + (1-float64(c.Focus))*popularity(main))
		if p.Topic == main {
			x++
		}
		excess = append(excess, x)
	}
	simtest.Agrees(t, excess, 0, "uploads on the main topic beyond what focus says")
}

func TestNewCreatorsMoveNobodysPosts(t *testing.T) {
	c := DefaultConfig()
	c.Count = 50
	few, before, _ := lived(c, 4)
	c.Count = 80
	many, after, _ := lived(c, 4)
	truths := map[uint64]content.Truth{}
	for _, p := range after.Truths {
		truths[p.Key] = p
	}
	require.Greater(t, len(after.Truths), len(before.Truths))
	for _, p := range before.Truths {
		p.ID = truths[p.Key].ID // there are posts of others in between
		assert.Equal(t, p, truths[p.Key])
	}
	assert.Equal(t, few.All, many.All[:50])
}

func TestConfigRefusesWhatCannotBe(t *testing.T) {
	require.NoError(t, DefaultConfig().Validate())
	for field, broken := range map[string]func(*Config){
		"count": func(c *Config) { c.Count = -1 }, "posts_per_day": func(c *Config) { c.PostsPerDay = math.NaN() },
		"focus": func(c *Config) { c.Focus = 1.1 }, "quality": func(c *Config) { c.Quality = -0.1 },
		"quality_spread": func(c *Config) { c.QualitySpread = 2 }, "clickbait": func(c *Config) { c.Clickbait = 2 },
		"clickbait_spread": func(c *Config) { c.ClickbaitSpread = math.NaN() },
	} {
		c := DefaultConfig()
		broken(&c)
		wrong := sim.Problems(c.Validate())
		require.Len(t, wrong, 1, field)
		assert.Equal(t, field, wrong[0].Field)
	}
}

// A day's uploads at the highest rate that the configuration allows still have
// addresses of their own.
func TestTheBusiestCreator(t *testing.T) {
	c := DefaultConfig()
	c.Count, c.PostsPerDay = 2, 1000
	require.NoError(t, c.Validate())
	_, _, shelf := lived(c, 2)
	assert.InDelta(t, 2*1000*4, float64(len(shelf)), 4*math.Sqrt(8000), "two days of past and two lived, within four standard deviations")
	moments := map[time.Duration]bool{}
	for _, p := range shelf {
		moments[p.At.Sub(0)] = true
	}
	assert.Len(t, moments, len(shelf), "no two at one moment")
}

// Even uploads are the same number every day, in equal parts of it; and an empty
// shelf has nothing on it before the first.
func TestEvenUploadsOnAnEmptyShelf(t *testing.T) {
	c := DefaultConfig()
	c.Count, c.PostsPerDay, c.Uploads, c.Shelf = 3, 2, rng.EvenArrivals, Empty
	_, _, posts := lived(c, 5)
	require.Len(t, posts, 3*2*5)
	for i, p := range posts {
		assert.Equal(t, sim.Time(i/3)*sim.Time(sim.Day)/2, p.At)
	}
}
