package user

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// Who answers depends on what they would say, so that the mean of the answers
// is the mean of satisfaction weighted by the chance to answer, plus the bias.
func TestSurveysAreBiasedAsConfigured(t *testing.T) {
	c := steady()
	c.Count = 20_000
	c.Survey = Survey{Share: 0.5, Response: -1, ResponseSlope: 3, ResponseExtreme: 1, Bias: 0.05, Noise: 0.2}
	a := newApp(c)
	var asked, said []float64
	weights, weighted, truth := 0.0, 0.0, 0.0
	for i := range a.people.All {
		who := &a.people.All[i]
		satisfaction := float64(i%11-5) / 20 // -0.25 to 0.25
		who.Satisfaction = float32(satisfaction)
		chance := odds(-1 + 3*satisfaction + math.Abs(satisfaction))
		weights, weighted, truth = weights+chance, weighted+chance*satisfaction, truth+satisfaction
		a.people.events = append(a.people.events[:0], system.Event{Person: 1, Kind: system.Liked, Watch: 3, Post: 9, Position: 2})
		a.people.answer(who)
		asked = append(asked, float64(len(a.people.events)-1)-0.5*chance)
		if len(a.people.events) == 2 {
			e := a.people.events[1]
			require.Equal(t, system.Answered, e.Kind)
			require.Zero(t, e.Watch)
			require.EqualValues(t, 9, e.Post, "asked after this post")
			said = append(said, float64(e.Answer))
		}
	}
	simtest.Agrees(t, asked, 0, "answers beyond their chance")
	simtest.Agrees(t, said, weighted/weights+0.05, "the mean answer")
	assert.Greater(t, weighted/weights, truth/float64(c.Count)+0.01, "which is not the mean satisfaction")
}

func TestASurveyIsAnsweredOnTheWayOut(t *testing.T) {
	c := steady()
	c.Count, c.Survey.Share, c.Survey.Response = 50, 1, 50
	a := newApp(c)
	a.endless(10, tried)
	a.days(3)
	answers, ids := map[visitOf]int{}, map[uint64]bool{}
	for _, events := range a.reports {
		for i, e := range events {
			require.False(t, ids[e.ID])
			ids[e.ID] = true
			if e.Kind == system.Answered {
				require.Equal(t, len(events)-1, i, "the last thing they do")
				answers[visitOf{e.Person, e.Visit}]++
			}
		}
	}
	require.Greater(t, len(answers), 100)
	for visit, n := range answers {
		assert.Equal(t, 1, n, "%v", visit)
	}
}

// farm is a graph that counts what people share.
type farm struct{ shares [400]int }

func (f *farm) Shared(from system.PersonID, _ system.PostID) { f.shares[from]++ }
func (f *farm) Parted(system.PersonID)                       {}

func TestBotsPromoteTheirClients(t *testing.T) {
	c := steady()
	c.Count = 400
	c.Bots.Share, c.Bots.Clients = 0.3, 0.2
	a := newApp(c)
	spread := &farm{}
	a.people.Graph = spread
	a.endless(10, tried)
	credited := map[system.CreatorID]bool{}
	a.people.Watched = func(post *content.Truth) { credited[post.Creator] = true }
	bots := 0
	for i := range a.people.All {
		if a.people.All[i].bot {
			bots++
		}
	}
	simtest.Agrees(t, ones(bots, 400), 0.3, "bots")
	a.days(3)
	visits := map[visitOf]float64{}
	promoted, whole := map[bool][]float64{}, 0
	for _, events := range a.reports {
		if !a.people.All[events[0].Person].bot {
			continue
		}
		for _, e := range events {
			paid := a.people.pays(e.Creator)
			switch e.Kind {
			case system.Viewed:
				visits[visitOf{e.Person, e.Visit}]++
				require.Equal(t, paid, credited[e.Creator], "whoever pays for it has an audience")
				if paid {
					require.Equal(t, e.Length, e.Watch)
					whole++
				}
			case system.Liked:
				promoted[paid] = append(promoted[paid], 1)
			}
		}
	}
	assert.Len(t, promoted[true], whole, "whatever is paid for is liked")
	for id, shares := range spread.shares {
		if a.people.All[id].bot {
			whole -= shares
		}
	}
	assert.Zero(t, whole, "and comes to whoever follows the bot")
	assert.Empty(t, promoted[false])
	var posts []float64
	for _, n := range visits { // ordered: a mean does not depend on the order
		posts = append(posts, n)
	}
	simtest.Agrees(t, posts, c.Bots.Posts, "posts in a visit")
}

// ones returns n ones among size numbers.
func ones(n, size int) []float64 {
	out := make([]float64, size)
	for i := range n {
		out[i] = 1
	}
	return out
}

// Nobody's luck and no truth about people moves when bots move in beside them.
func TestBotsAreNoPeople(t *testing.T) {
	c := steady()
	c.Count, c.Bots.Share = 200, 0.5
	c.Survey.Share, c.Survey.Response = 1, 50
	a := newApp(c)
	a.endless(5, tried)
	a.days(2)
	impressions := 0.0
	for _, events := range a.reports {
		for _, e := range events {
			require.False(t, e.Kind == system.Answered && a.people.All[e.Person].bot, "nobody is there to answer")
			if e.Kind == system.Viewed && !a.people.All[e.Person].bot {
				impressions++
			}
		}
	}
	a.rec.Tick(sim.Time(2 * sim.Day))
	result := a.rec.Result()
	assert.Equal(t, impressions, result.Total(Impressions.Name))
	assert.InDelta(t, triedValue, result.Total(ValuePerImpression.Name), 1e-6)
	assert.Greater(t, a.people.Met(), impressions)
}

// A diet moves exposure to its fixed point, (1 - 2 clickbait) / (1 - memory),
// and appetite with it.
func TestHabit(t *testing.T) {
	c := steady()
	c.Habit = Habit{Lure: 0.25, Sensitivity: 0.1, Memory: 0.7}
	a := newApp(c)
	who := &a.people.All[0]
	kale, choc := tried, tried
	kale.Clickbait, choc.Clickbait = 0, 1
	assert.InDelta(t, 1.25, a.people.appetite(who, &choc), 1e-6, "nothing eaten yet")
	for range 100 {
		a.people.appetite(who, &choc)
	}
	assert.InDelta(t, -1/0.3, who.exposure, 1e-5)
	assert.InDelta(t, 1.25*2*odds(-0.1/0.3), a.people.appetite(who, &choc), 1e-6)
	for range 100 {
		a.people.appetite(who, &kale)
	}
	assert.InDelta(t, 2*odds(0.1/0.3), a.people.appetite(who, &kale), 1e-6)
	assert.EqualValues(t, 1, newApp(steady()).people.appetite(who, &choc), "off by default")
}

func TestSurveysHabitsAndBotsRefuseWhatCannotBe(t *testing.T) {
	for field, broken := range map[string]func(*Config){
		"survey.share": func(c *Config) { c.Survey.Share = 2 }, "survey.bias": func(c *Config) { c.Survey.Bias = 2 },
		"survey.noise": func(c *Config) { c.Survey.Noise = math.NaN() }, "habit.lure": func(c *Config) { c.Habit.Lure = -1 },
		"habit.sensitivity": func(c *Config) { c.Habit.Sensitivity = 11 }, "habit.memory": func(c *Config) { c.Habit.Memory = 1 },
		"bots.share": func(c *Config) { c.Bots.Share = -1 }, "bots.clients": func(c *Config) { c.Bots.Clients = 2 },
		"bots.visits_per_day": func(c *Config) { c.Bots.VisitsPerDay = 61 }, "bots.posts": func(c *Config) { c.Bots.Posts = 0 },
		"bots.dwell": func(c *Config) { c.Bots.Dwell = 0 },
	} {
		c := DefaultConfig()
		broken(&c)
		wrong := sim.Problems(c.Validate())
		require.Len(t, wrong, 1, field)
		assert.Equal(t, field, wrong[0].Field)
	}
}
