package content

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/sim/stats"
	"feedloop/system"
)

// shelf keeps what is published.
type shelf []system.Post

func (s *shelf) Publish(p system.Post) system.PostID {
	*s = append(*s, p)
	return system.PostID(len(*s) - 1)
}

// posts publishes n posts of one creator.
func posts(c Config, n uint32, quality, clickbait float64) (*Posts, *shelf) {
	var s shelf
	p := New(c, rng.New(1, 0), &s)
	for i := range n {
		p.Publish(sim.Time(i), Draft{Creator: 7, Key: Key(7, i), Topic: system.TopicID(i) % system.TopicID(c.Topics), Quality: quality, Clickbait: clickbait})
	}
	return p, &s
}

func TestTopicsAreAsPopularAsZipfSays(t *testing.T) {
	for _, c := range []Config{{Topics: 16, Popularity: 0.4}, {Topics: 40, Popularity: 1.2}, {Topics: 5}} {
		topics, src := NewTopics(c, rng.New(1, 0)), rng.New(2, 0)
		sum := 0.0
		for k := range c.Topics {
			sum += math.Pow(float64(k+1), -c.Popularity)
		}
		drawn := make([]system.TopicID, 20_000)
		for i := range drawn {
			drawn[i] = topics.Draw(src.Uniform(traitPurpose, uint64(i), 0))
		}
		for k := range c.Topics {
			share := make([]float64, len(drawn))
			for i, topic := range drawn {
				if int(topic) == k {
					share[i] = 1
				}
			}
			simtest.Agrees(t, share, math.Pow(float64(k+1), -c.Popularity)/sum, "topic %d of %d", k, c.Topics)
		}
	}
}

func TestTraitsScatterAroundTheCreators(t *testing.T) {
	c := DefaultConfig()
	p, _ := posts(c, 5000, 0.5, 0.4)
	var quality, clickbait, squares, products, shorter, short []float64
	for _, post := range p.Truths {
		q, b := float64(post.Quality), float64(post.Clickbait)
		quality, clickbait = append(quality, q), append(clickbait, b)
		squares, products = append(squares, (q-0.5)*(q-0.5)), append(products, (q-0.5)*(b-0.4))
		shorter, short = append(shorter, below(post.Length, 20)), append(short, below(post.Length, float32(20*math.Exp(-c.LengthSigma))))
	}
	// Traits are clamped, but four standard deviations away.
	simtest.Agrees(t, quality, 0.5, "mean quality")
	simtest.Agrees(t, clickbait, 0.4, "mean clickbait")
	simtest.Agrees(t, squares, c.QualityNoise*c.QualityNoise, "variance of quality")
	simtest.Agrees(t, products, 0, "covariance of quality and clickbait")
	simtest.Agrees(t, shorter, 0.5, "posts below the median length")
	simtest.Agrees(t, short, 0.158655, "posts below one standard deviation of the logarithm")
}

func below(x, limit float32) float64 {
	if x < limit {
		return 1
	}
	return 0
}

func TestLengthsAndTraitsStayInBounds(t *testing.T) {
	c := DefaultConfig()
	c.LengthSigma, c.QualityNoise, c.ClickbaitNoise = 3, 1, 1
	p, s := posts(c, 2000, 0.5, 0.5)
	ends := map[float32]int{}
	for i, post := range p.Truths {
		assert.True(t, post.Length >= 5 && post.Length <= 180)
		assert.True(t, post.Quality >= 0.02 && post.Quality <= 0.98)
		assert.True(t, post.Clickbait >= 0.02 && post.Clickbait <= 0.98)
		assert.InDelta(t, post.Length, (*s)[i].Duration.Seconds(), 1e-5, "what is public is the truth, to a float32")
		ends[post.Length]++
	}
	assert.True(t, ends[5] > 100 && ends[180] > 100, "the bounds were met")
}

// A wandering vector against its dumb twin: the same sum with a generator of
// the test's own, in double precision. Their cosines must have one mean.
func TestStrayIsTheDirectionOfAGaussianStep(t *testing.T) {
	src, other := rng.New(1, 0), rand.New(rand.NewPCG(1, 2))
	for _, scale := range []float64{0.1, 0.5, 1, 3} {
		var v Vector
		v[3] = 1
		var ours, twins []float64
		for i := range uint64(4000) {
			w := Stray(src, vectorPurpose, i, 0, &v, scale)
			assert.InDelta(t, 1, num.Norm(w[:]), 1e-5, "a unit vector")
			ours = append(ours, float64(Affinity(&v, &w)))
			squares, axis := 0.0, 0.0
			for k := range system.Dim {
				x := float64(v[k]) + scale/4*other.NormFloat64()
				squares += x * x
				if k == 3 {
					axis = x
				}
			}
			twins = append(twins, axis/math.Sqrt(squares))
		}
		assert.False(t, stats.Welch(ours, twins, 0.9999).Excludes(0), "scale %v: %v against %v", scale,
			stats.Mean(ours, 0.9999), stats.Mean(twins, 0.9999))
	}
}

// From nowhere all directions are alike: on the unit sphere of 16 dimensions
// the mean of an axis is 0, of its square 1/16, of its fourth power 3/(16 x 18).
func TestStrayFromNowhereIsUniformOnTheSphere(t *testing.T) {
	src := rng.New(1, 0)
	var first, square, fourth, product []float64
	for i := range uint64(5000) {
		v := Stray(src, vectorPurpose, i, 8, &Vector{}, 4)
		x, y := float64(v[0]), float64(v[15])
		first, square = append(first, x), append(square, y*y)
		fourth, product = append(fourth, x*x*x*x), append(product, x*y)
	}
	simtest.Agrees(t, first, 0, "mean")
	simtest.Agrees(t, square, 1.0/16, "square")
	simtest.Agrees(t, fourth, 3.0/(16*18), "fourth power")
	simtest.Agrees(t, product, 0, "product of two axes")
}

// The public embedding strays from the truth, and not from the topic.
func TestPublicEmbeddingIsANoisyViewOfTheTruth(t *testing.T) {
	c := DefaultConfig()
	c.ContentNoise = 0
	p, s := posts(c, 200, 0.5, 0.5)
	for i := range p.Truths {
		assert.InDelta(t, 1, Affinity(&p.Truths[i].Vector, (*Vector)(&(*s)[i].Content)), 1e-5, "without noise it is the truth")
	}
	c.ContentNoise = 0.4
	noisy, s := posts(c, 200, 0.5, 0.5)
	for i := range noisy.Truths {
		assert.Equal(t, p.Truths[i], noisy.Truths[i], "noise in the view leaves the truth alone")
		assert.Less(t, Affinity(&noisy.Truths[i].Vector, (*Vector)(&(*s)[i].Content)), float32(0.9999))
	}
}

func TestPostsDoNotDependOnTheOrderOfPublication(t *testing.T) {
	var s shelf
	c := DefaultConfig()
	a, b := New(c, rng.New(1, 0), &s), New(c, rng.New(1, 0), &s)
	one := Draft{Creator: 1, Key: Key(1, 0), Topic: 3, Quality: 0.5, Clickbait: 0.5}
	two := Draft{Creator: 2, Key: Key(2, 0), Topic: 4, Quality: 0.5, Clickbait: 0.5}
	a.Publish(5, one)
	a.Publish(6, two)
	b.Publish(6, two)
	b.Publish(5, one)
	a.Truths[0].ID, a.Truths[1].ID = 1, 0 // which does depend on it
	assert.Equal(t, a.Truths[0], b.Truths[1])
	assert.Equal(t, a.Truths[1], b.Truths[0])
	assert.Equal(t, s[0], s[3])
	assert.NotEqual(t, a.Truths[0].Quality, a.Truths[1].Quality)
}

func TestUtility(t *testing.T) {
	post := Truth{Quality: 0.5, Clickbait: 0.4}
	for _, x := range []struct{ affinity, regret, want float32 }{
		{0.8, 0, 0.4},     // affinity x quality
		{-0.8, 0, -0.8},   // a good post does not soften a dislike
		{0.8, 0.25, 0.3},  // less regret x clickbait
		{-0.8, 0.5, -1.0}, // which adds to a dislike
		{0, 1, -0.4},
	} {
		assert.InDelta(t, x.want, post.Utility(x.affinity, x.regret), 1e-6, "%+v", x)
	}
}

func TestConfigRefusesWhatCannotBe(t *testing.T) {
	require.NoError(t, DefaultConfig().Validate())
	nan := math.NaN()
	for field, broken := range map[string]func(*Config){
		"topics": func(c *Config) { c.Topics = 1 }, "popularity": func(c *Config) { c.Popularity = nan },
		"spread": func(c *Config) { c.Spread = -1 }, "content_noise": func(c *Config) { c.ContentNoise = nan },
		"quality_noise": func(c *Config) { c.QualityNoise = 2 }, "clickbait_noise": func(c *Config) { c.ClickbaitNoise = -1 },
		"length": func(c *Config) { c.Length = 0 }, "length_sigma": func(c *Config) { c.LengthSigma = 4 },
		"life": func(c *Config) { c.Life = time.Minute },
	} {
		c := DefaultConfig()
		broken(&c)
		wrong := sim.Problems(c.Validate())
		require.Len(t, wrong, 1, field)
		assert.Equal(t, field, wrong[0].Field)
	}
}

func TestPolicyClasses(t *testing.T) {
	c := DefaultConfig()
	p, _ := posts(c, 2000, 0.5, 0.5)
	for _, post := range p.Truths {
		require.Equal(t, Benign, post.Class, "off by default")
	}
	before := p.Truths
	c.Violating, c.Borderline = 0.1, 0.2
	p, _ = posts(c, 2000, 0.5, 0.5)
	var violating, borderline []float64
	for i, post := range p.Truths {
		violating, borderline = append(violating, 0), append(borderline, 0)
		switch post.Class {
		case Violating:
			violating[i] = 1
		case Borderline:
			borderline[i] = 1
		}
		post.Class = Benign
		require.Equal(t, before[i], post, "the class is drawn apart from all else")
	}
	simtest.Agrees(t, violating, 0.1, "violating")
	simtest.Agrees(t, borderline, 0.2, "borderline")
	c.Violating = 0.9
	assert.Len(t, sim.Problems(c.Validate()), 1, "more than all posts")
}
