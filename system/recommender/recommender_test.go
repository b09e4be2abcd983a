package recommender

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// Non-negative least squares has one certificate: the slope is nowhere negative, and
// zero wherever a weight is positive (Karush, Kuhn and Tucker). Among all subsets of
// weights that may be positive, solved one by one, none comes nearer.
func TestNonNegativeLeastSquares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		rows := rapid.IntRange(n, 3*n+5).Draw(t, "rows")
		numbers := rapid.Float64Range(0, 1)
		a := rapid.SliceOfN(rapid.SliceOfN(numbers, n, n), rows, rows).Draw(t, "a")
		y := rapid.SliceOfN(rapid.SampledFrom([]float64{0, 0, 1}), rows, rows).Draw(t, "y")
		h, b := make([][]float64, n), make([]float64, n)
		for i := range n {
			h[i] = make([]float64, n)
			for r := range rows {
				b[i] += a[r][i] * y[r]
				for j := range n {
					h[i][j] += a[r][i] * a[r][j]
				}
			}
			h[i][i] += 0.05 // well-posed, whatever was drawn
		}
		w := nonNegative(h, b)
		for i := range w {
			slope := product(h[i], w) - b[i]
			require.GreaterOrEqual(t, w[i], 0.0)
			require.Greater(t, slope, -1e-6)
			if w[i] > 0 {
				require.InDelta(t, 0, slope, 1e-6)
			}
		}
	})
}

// platform is a small world: people who receive, and posts that are published.
type platform struct {
	kernel    *sim.Kernel
	catalogue *system.Catalogue
	people    []system.Person
	feed      *Feed
	pages     []system.Page
}

// Receive implements [system.Audience].
func (p *platform) Receive(page *system.Page) {
	kept := *page
	kept.Items = slices.Clone(page.Items)
	p.pages = append(p.pages, kept)
}

// truth is what a post is worth to a person in these tests.
func truth(person system.PersonID, post system.PostID) float32 {
	return float32((uint32(post)*7 + uint32(person)*3) % 101)
}

// attributes have each post made of one of five, and a little of the next.
func attributes(post system.PostID) []float32 {
	v := make([]float32, 5)
	v[post%5], v[(post+1)%5] = 0.9, 0.1
	return v
}

func newPlatform(c Config, people int) *platform {
	p := &platform{kernel: sim.New(sim.Options{}), catalogue: system.NewCatalogue(100 * sim.Day)}
	for i := range people {
		p.people = append(p.people, system.Person{ID: system.PersonID(i), Key: uint64(i)})
	}
	for i := range p.people { // a ring
		p.people[i].Friends = []system.PersonID{system.PersonID((i + 1) % people)}
	}
	w := World{Catalogue: p.catalogue, People: p.people, Attributes: attributes, Truth: truth}
	p.feed = New(p.kernel, c, rng.New(1, 0), w, time.Second)
	p.feed.Audience = p
	return p
}

// publish adds posts now.
func (p *platform) publish(n int) {
	for range n {
		p.catalogue.Add(system.Post{Key: uint64(p.catalogue.Len()), At: p.kernel.Now()})
	}
}

// took lets the log tell that somebody watched a post to its end.
func (p *platform) took(person system.PersonID, post system.PostID) {
	p.feed.Consume(&system.Event{Person: person, Post: post, Kind: system.Viewed, Watch: 20, Length: 20})
}

// list asks for somebody's list.
func (p *platform) list(person system.PersonID, visit uint32) system.Page {
	p.feed.Ask(system.Request{Person: person, Key: p.people[person].Key, Visit: visit, At: p.kernel.Now()})
	p.kernel.Run(p.kernel.Now().Add(time.Second))
	return p.pages[len(p.pages)-1]
}

// until runs to a time of day n.
func (p *platform) until(day float64) { p.kernel.Run(sim.Time(day * float64(sim.Day))) }

func posts(items []system.Item) []system.PostID {
	var out []system.PostID
	for _, item := range items {
		out = append(out, item.Post)
	}
	return out
}

func TestBeforeTheFirstTrainingAListHasTheNewestPosts(t *testing.T) {
	c := DefaultConfig()
	c.Newest = 4
	p := newPlatform(c, 2)
	assert.Equal(t, system.EmptyPage, p.list(0, 0).Rung)
	p.publish(9)
	assert.ElementsMatch(t, []system.PostID{5, 6, 7, 8}, posts(p.list(0, 1).Items))
}

// After it, a list has every post that the training knew, best first, and the newest
// of the others between them, each place as likely as another.
func TestAListHasAllThatIsKnownAndTheNewest(t *testing.T) {
	c := DefaultConfig()
	c.Family, c.Newest = Ideal, 5
	p := newPlatform(c, 2)
	p.publish(30)
	p.until(1)
	p.publish(8) // in the moment of the training, and too young for it
	p.until(1.1)
	var places []float64
	heads := map[system.PostID]int{}
	for visit := range uint32(600) {
		page := p.list(1, visit)
		require.Len(t, page.Items, 35)
		require.Equal(t, uint32(1), page.ModelVersion)
		var known, newest []system.PostID
		for i, item := range page.Items {
			if item.Post < 30 {
				known = append(known, item.Post)
				continue
			}
			newest = append(newest, item.Post)
			places = append(places, float64(i))
		}
		require.True(t, slices.IsSortedFunc(known, func(a, b system.PostID) int { return int(truth(1, b) - truth(1, a)) }))
		require.Len(t, known, 30)
		require.ElementsMatch(t, []system.PostID{33, 34, 35, 36, 37}, newest)
		heads[newest[0]]++
	}
	simtest.Agrees(t, places, 17, "the mean place of the newest is the middle")
	for post, times := range heads { // 120 each, standard deviation 10
		assert.InDelta(t, 120, times, 45, "post %d comes first among the newest", post)
	}
}

// Scores by hand: 0 and 1 took post 2, 1 alone post 4, 3 alone post 0.
func TestFamiliesScoreWhatWasTaken(t *testing.T) {
	for family, want := range map[Family]func(person system.PersonID, post system.PostID) float64{
		Popularity: func(_ system.PersonID, post system.PostID) float64 { return []float64{1, 0, 2, 0, 1, 0}[post] },
		// Friends are the next of a ring, and oneself.
		Social: func(person system.PersonID, post system.PostID) float64 {
			return [][]float64{{0, 0, 2, 0, 1, 0}, {0, 0, 1, 0, 1, 0}, {1, 0, 0, 0, 0, 0}, {1, 0, 1, 0, 0, 0}}[person][post]
		},
		Ideal: func(person system.PersonID, post system.PostID) float64 { return float64(truth(person, post)) },
	} {
		c := DefaultConfig()
		c.Family = family
		p := newPlatform(c, 4)
		p.publish(6)
		for range 2 { // a second time is not another person
			p.took(0, 2)
			p.took(1, 2)
		}
		p.took(1, 4)
		p.took(3, 0)
		p.feed.Consume(&system.Event{Person: 2, Post: 5, Kind: system.Viewed, Watch: 1, Length: 20}) // a glance
		p.until(1)
		for person := range system.PersonID(4) {
			for post := range system.PostID(6) {
				assert.Equal(t, want(person, post), p.feed.family.score(person, post), "%s, person %d, post %d", family, person, post)
			}
		}
	}
}

// Somebody who took what is made of one attribute is recommended more of it.
func TestContentFollowsAttributes(t *testing.T) {
	c := DefaultConfig()
	c.Family = Content
	p := newPlatform(c, 3)
	p.publish(40)
	for _, post := range []system.PostID{3, 8, 13, 18} { // of attribute 3, and a little of 4
		p.took(0, post)
		p.took(2, post)
	}
	p.took(1, 0)
	p.until(1)
	page := p.list(0, 0)
	for _, post := range posts(page.Items)[:8] {
		assert.Equal(t, system.PostID(3), post%5)
	}
	near := p.feed.Nearest()
	require.Len(t, near, 1)
	assert.Equal(t, system.PersonID(2), near[0].Nearest[0])
	assert.Equal(t, system.PersonID(0), near[0].Nearest[2])
}

// Equals come in an order of chance, another one in every request and for everybody.
func TestTiesAreOfChance(t *testing.T) {
	p := newPlatform(DefaultConfig(), 2)
	p.publish(12)
	p.until(1)
	var first []float64
	for visit := range uint32(500) {
		first = append(first, float64(p.list(0, visit).Items[0].Post))
	}
	simtest.Agrees(t, first, 5.5, "mean of the first of twelve")
	assert.NotEqual(t, posts(p.list(0, 1000).Items), posts(p.list(1, 1000).Items))
	assert.Equal(t, posts(p.list(0, 7).Items), posts(p.list(0, 7).Items))
}

// Vectors of uniform variates: two people's scores of the same posts have a
// correlation of 3/4, since half of each vector is its mean; a shuffle would have 0.
func TestRandomListsAreAlike(t *testing.T) {
	c := DefaultConfig()
	c.Family = Random
	p := newPlatform(c, 200)
	p.publish(400)
	p.until(1)
	before := p.feed.family.score(0, 0)
	mean := 0.0
	for person := system.PersonID(0); person < 200; person += 2 {
		mean += correlation(400, func(i int) (float64, float64) {
			return p.feed.family.score(person, system.PostID(i)), p.feed.family.score(person+1, system.PostID(i))
		}) / 100
	}
	assert.InDelta(t, 0.75, mean, 0.03, "a hundred pairs, with standard deviations of .07")
	p.until(2)
	assert.NotEqual(t, before, p.feed.family.score(0, 0), "every training has new ones")
}

// correlation of n pairs.
func correlation(n int, pair func(i int) (x, y float64)) float64 {
	var sx, sy, sxx, syy, sxy float64
	for i := range n {
		x, y := pair(i)
		sx, sy, sxx, syy, sxy = sx+x, sy+y, sxx+x*x, syy+y*y, sxy+x*y
	}
	m := float64(n)
	return (sxy - sx*sy/m) / math.Sqrt((sxx-sx*sx/m)*(syy-sy*sy/m))
}

func TestTrainingsByTheClock(t *testing.T) {
	c := DefaultConfig()
	c.Start, c.Every = 3*sim.Day, 0
	p := newPlatform(c, 3)
	p.publish(1)
	p.until(9)
	require.Len(t, p.feed.Nearest(), 1)
	assert.Equal(t, sim.Time(3*sim.Day), p.feed.Nearest()[0].At)
	c.Every = sim.Day
	p = newPlatform(c, 3)
	p.until(9)
	assert.Len(t, p.feed.Nearest(), 7)
	c.Family = Ideal
	p = newPlatform(c, 3)
	p.until(9)
	assert.Empty(t, p.feed.Nearest(), "the ideal finds nobody like anybody")
}

func TestConfigRefusesWhatCannotBe(t *testing.T) {
	require.NoError(t, DefaultConfig().Validate())
	for field, broken := range map[string]func(*Config){
		"family": func(c *Config) { c.Family = "best" }, "start": func(c *Config) { c.Start = -1 },
		"every": func(c *Config) { c.Every = time.Second }, "newest": func(c *Config) { c.Newest = -1 },
	} {
		c := DefaultConfig()
		broken(&c)
		wrong := sim.Problems(c.Validate())
		require.Len(t, wrong, 1, field)
		assert.Equal(t, field, wrong[0].Field)
	}
}
