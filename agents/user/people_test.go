package user

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
)

func TestCohortsSplitThePeople(t *testing.T) {
	c := steady()
	c.Count = 10
	c.Cohorts = []Cohort{{Name: "a", Share: 0.25}, {Name: "b", Share: 0.5}, {Name: "c", Share: 0.25}}
	require.NoError(t, c.Validate())
	var sizes [3]int
	for i, who := range newApp(c).people.All {
		cohort, k := int(who.Key>>24), int(who.Key&(1<<24-1))
		assert.Equal(t, sizes[cohort], k, "person %d: numbered within the cohort", i)
		sizes[cohort]++
	}
	assert.Equal(t, 10, sizes[0]+sizes[1]+sizes[2], "rounding loses nobody")
	assert.Equal(t, [3]int{3, 5, 2}, sizes)
}

// A person is (cohort, k): the same, whoever else there is.
func TestNewcomersChangeNobody(t *testing.T) {
	people := func(count int, shares ...sim.Share) map[uint64]Person {
		c := steady()
		c.Count = count
		for i, share := range shares {
			c.Cohorts = append(c.Cohorts, Cohort{Name: string(rune('a' + i)), Share: share})
		}
		require.NoError(t, c.Validate())
		all := map[uint64]Person{}
		for _, who := range newApp(c).people.All {
			all[who.Key] = who
		}
		return all
	}
	base := people(40, 0.5, 0.5)
	for name, more := range map[string]map[uint64]Person{
		"a larger first cohort": people(60, 40.0/60, 20.0/60), "a third cohort": people(50, 0.4, 0.4, 0.2),
	} {
		require.Greater(t, len(more), len(base))
		for key, who := range base {
			assert.Equal(t, who, more[key], name)
		}
	}
}

func TestAnotherReplicateHasOtherPeople(t *testing.T) {
	a := newApp(steady()).people.All[0]
	c := steady()
	c.Count = 2
	b := newApp(c).people.All[1]
	assert.NotEqual(t, a.Taste, b.Taste)
}

func TestConfigRefusesWhatCannotBe(t *testing.T) {
	require.NoError(t, DefaultConfig().Validate())
	nan := math.NaN()
	for field, broken := range map[string]func(*Config){
		"count": func(c *Config) { c.Count = -1 }, "sessions_per_day": func(c *Config) { c.SessionsPerDay = nan },
		"taste.topics": func(c *Config) { c.Taste.Topics = 0 }, "taste.noise": func(c *Config) { c.Taste.Noise = -1 },
		"taste.drift": func(c *Config) { c.Taste.Drift = nan }, "taste.pull": func(c *Config) { c.Taste.Pull = 2 },
		"taste.influence": func(c *Config) { c.Taste.Influence = -1 }, "taste.regret": func(c *Config) { c.Taste.Regret = 9 },
		"taste.attachment": func(c *Config) { c.Taste.Attachment = nan },
		"satiation.gain":   func(c *Config) { c.Satiation.Gain = -1 }, "satiation.half_life": func(c *Config) { c.Satiation.HalfLife = 0 },
		"attention.patience": func(c *Config) { c.Attention.Patience = 0 }, "choice.glance": func(c *Config) { c.Choice.Glance = 0 },
		"choice.watch_sigma": func(c *Config) { c.Choice.WatchSigma = nan }, "return.memory": func(c *Config) { c.Return.Memory = 1 },
		"return.peak_hour": func(c *Config) { c.Return.PeakHour = 24 }, "return.swing": func(c *Config) { c.Return.Swing = 2 },
		"attention.leave": func(c *Config) { c.Attention.Leave = nan }, "choice.watch": func(c *Config) { c.Choice.Watch = 1e300 },
		"choice.pause.base": func(c *Config) { c.Choice.Pause.Base = -101 }, "choice.hide.per_clickbait": func(c *Config) { c.Choice.Hide.PerClickbait = 101 },
		"return.churn_slope": func(c *Config) { c.Return.ChurnSlope = math.Inf(1) }, "survey.response": func(c *Config) { c.Survey.Response = nan },
		"cohorts":         func(c *Config) { c.Cohorts = []Cohort{{Name: "a", Share: 0.5}} },
		"cohorts[0].name": func(c *Config) { c.Cohorts = []Cohort{{Share: 1}} },
		"cohorts[1].name": func(c *Config) { c.Cohorts = []Cohort{{Name: "a", Share: 0.5}, {Name: "a", Share: 0.5}} },
		"cohorts[0].sessions_per_day": func(c *Config) {
			c.Cohorts = []Cohort{{Name: "a", Share: 1, SessionsPerDay: new(nan)}}
		},
	} {
		c := DefaultConfig()
		broken(&c)
		wrong := sim.Problems(c.Validate())
		require.Len(t, wrong, 1, field)
		assert.Equal(t, field, wrong[0].Field)
	}
}
