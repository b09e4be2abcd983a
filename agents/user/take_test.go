package user

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// choosy are people who take the best of a list and then leave.
func choosy() Config {
	c := steady()
	c.Attention.Surface, c.Attention.Curve, c.Attention.Leave = List, Curve{Form: Power, Decay: 0.8}, 30
	c.Choice.Rule, c.Choice.Engage, c.Choice.Watch, c.Choice.WatchValue, c.Choice.WatchSigma = Best, 30, 0, 0, 0
	c.Return.Arrivals, c.Return.Base, c.Return.Slope, c.Return.Churn, c.SessionsPerDay = rng.EvenArrivals, 30, 0, -30, 1
	return c
}

// lasting is newApp where posts live for as long as anybody looks.
func lasting(c Config) *app {
	posts := content.DefaultConfig()
	posts.Life = 365 * sim.Day
	return among(c, posts)
}

// A list of a thousand posts whose utilities are known: what is taken is the
// argmax of utility x rank^-0.8 among what was not taken before, day after day.
func TestTheBestForItsPlaceIsTakenOnce(t *testing.T) {
	a := lasting(choosy())
	src, purpose := rng.New(3, 0), rng.NewPurpose("test.utilities")
	utility := make([]float64, 1000)
	var list []system.PostID
	for i := range utility {
		utility[i] = 0.01 + 0.9*src.Uniform(purpose, 0, uint64(i))
		list = append(list, a.post(0, float32(utility[i]), content.Truth{Quality: 1, Length: 20}))
	}
	a.choose = func(system.Request) []system.PostID { return list }
	const days = 300
	a.days(days)
	require.Len(t, a.requests, days, "even visits: one a day")
	taken, deep := map[int]bool{}, 0
	for day, events := range a.reports {
		want, best := -1, 0.0
		for i, u := range utility {
			if pull := u * math.Pow(float64(i+1), -0.8); pull > best && !taken[i] {
				want, best = i, pull
			}
		}
		taken[want] = true
		require.Equal(t, list[want], events[0].Post, "day %d", day)
		require.Equal(t, min(want, system.Positions-1), int(events[0].Position))
		require.Equal(t, float32(20), events[0].Watch, "what is taken is watched")
		if want >= system.Positions {
			deep++
		}
		for _, e := range events {
			require.Equal(t, list[want], e.Post, "nothing else is met")
		}
	}
	assert.NotZero(t, deep, "some lay deeper than an event can say")
	assert.Equal(t, float64(days), a.people.Met())
}

func TestNothingIsTakenWhereAllHasBeen(t *testing.T) {
	a := lasting(choosy())
	only := a.post(0, 0.5, content.Truth{Quality: 1, Length: 20})
	a.choose = func(system.Request) []system.PostID { return []system.PostID{only} }
	told := 0
	a.people.Took = func(who system.PersonID, post system.PostID) { told++ }
	a.days(3)
	assert.Len(t, a.requests, 3)
	assert.Equal(t, 1, told)
	assert.Equal(t, 1.0, a.people.Met())
}

// What people know of utility has the mean and spread that were asked for.
func TestKnownShares(t *testing.T) {
	c := choosy()
	c.Choice.Known, c.Choice.KnownSpread = 0.7, 0.05
	a := newApp(c)
	var shares, squares []float64
	for post := range uint64(4000) {
		x := a.people.known(&a.people.All[0], post)
		shares, squares = append(shares, x), append(squares, (x-0.7)*(x-0.7))
	}
	simtest.Agrees(t, shares, 0.7, "mean")
	simtest.Agrees(t, squares, 0.0025, "variance")
	c.Choice.KnownSpread = 0
	assert.Equal(t, 0.7, newApp(c).people.known(&a.people.All[0], 1))
}

func TestTheBestIsOfAList(t *testing.T) {
	c := choosy()
	require.NoError(t, c.Validate())
	c.Attention.Surface = FullScreen
	assert.Equal(t, "choice.rule", sim.Problems(c.Validate())[0].Field)
}

// Where nothing further down can be better nobody looks, and misses nothing: among posts
// made of attributes what is taken is what a look at the whole list would take.
func TestWhoStopsLookingMissesNothing(t *testing.T) {
	what := content.DefaultConfig()
	what.Law, what.Topics, what.Attributes, what.Life = content.Simplex, 12, 12, 365*sim.Day
	c := choosy()
	c.Count, c.Choice.Known, c.Choice.KnownSpread = 5, 0.9, 0.2
	a := among(c, what)
	a.posts = content.New(what, rng.New(1, 0), &door{})
	a.people.posts = a.posts
	page := &system.Page{}
	for n := range uint32(300) {
		a.posts.Publish(0, content.Draft{Key: content.Key(1, n), Quality: 0.9})
		page.Items = append(page.Items, system.Item{Post: system.PostID(n)})
	}
	for id := range a.people.All {
		who, taken := &a.people.All[id], map[int]bool{}
		page.Person = system.PersonID(id)
		for range 250 {
			want, best := -1, 0.0
			for i := range page.Items {
				post := &a.posts.Truths[page.Items[i].Post]
				pull := float64(a.people.Utility(page.Person, post)) * c.Attention.Curve.At(i) * a.people.known(who, post.Key)
				if !taken[i] && pull > best {
					want, best = i, pull
				}
			}
			taken[want] = true
			require.Equal(t, want, a.people.take(who, page))
		}
	}
}
