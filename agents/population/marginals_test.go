package population_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/oracle"
	"feedloop/agents/population"
	"feedloop/agents/user"
	"feedloop/sim"
)

// What people do follows the formulas that the scenario sets, marginal by
// marginal, under a feed that shows anything and one that knows them, and on
// either surface. A row may lie four and a half standard deviations of a share
// beside its law.
func TestMarginalsFollowTheirFormulas(t *testing.T) {
	for name, change := range map[string]func(*population.Config){
		"reels": func(*population.Config) {},
		"list": func(c *population.Config) {
			c.Users.Attention.Surface, c.Users.Attention.Leave = user.List, -0.5
		},
		"restless": func(c *population.Config) {
			c.Users.Return.Weekend, c.Users.Return.Churn, c.Users.Return.Reactivation = 1.8, -3, 0.1
			c.Users.Choice.Rewatch, c.Users.Choice.Pause.Base = 0.3, -2
			c.Users.Habit.Lure, c.Users.Habit.Sensitivity = 0.25, 0.05
			c.Users.Bots.Share, c.Users.Zones = 0.1, []float64{-12, 5.75, 14}
		},
	} {
		for _, kind := range []oracle.Kind{oracle.Random, oracle.Best} {
			t.Run(name+"/"+string(kind), func(t *testing.T) {
				c := population.DefaultConfig()
				c.Users.Count, c.Creators.Count, c.Users.Return.Churn = 250, 200, -4 // so that some do leave
				change(&c)
				require.NoError(t, c.Validate())
				w := settled(c, kind)
				w.kernel.Run(sim.Time(7 * sim.Day))
				follow(t, w)
			})
		}
	}
}

// follow holds the marginals of a world against their laws.
func follow(t *testing.T, w *alone) {
	t.Helper()
	table := w.people.People.Marginals()
	names, x := table.Strings("marginal"), table.Floats("x")
	observed, expected, weight := table.Floats("observed"), table.Floats("expected"), table.Floats("weight")
	found := map[string]int{}
	for i, name := range names {
		if name == "post_lorenz" || name == "creator_lorenz" || name == "followers" {
			continue
		}
		found[name]++
		p, n := expected[i], weight[i]
		variance := p * (1 - p)
		switch name {
		case "watch_share":
			n /= 211 // the law is taken at one impression in so many
		case "gap":
			n /= 11
		case "departed": // a sum of rare chances, which may come to more than one
			variance = p
		case "visit_length": // a product of shares: n was larger before
			n = max(n, weight[slices.Index(names, name)]*p)
		}
		assert.InDelta(t, p, observed[i], 4.5*math.Sqrt(variance/n)+0.5/weight[i], "%s at %v, of %v", name, x[i], weight[i])
	}
	for _, name := range []string{"watch_share", "staying", "like", "hide", "visit_length", "daily_curve", "gap", "return", "churn", "departed"} {
		assert.Greater(t, found[name], 1, name)
	}
}

// Equal chances give every post the same, up to luck; a feed that knows people
// does not.
func TestLorenzCurves(t *testing.T) {
	gap := func(kind oracle.Kind, marginal string) (most float64) {
		c := population.DefaultConfig()
		c.Users.Count, c.Creators.Count, c.Posts.Life = 200, 150, 24*3600e9
		w := settled(c, kind)
		w.kernel.Run(sim.Time(5 * sim.Day))
		table := w.people.People.Marginals()
		observed, expected := table.Floats("observed"), table.Floats("expected")
		for i, name := range table.Strings("marginal") {
			if name == marginal {
				most = max(most, math.Abs(expected[i]-observed[i]))
			}
		}
		return most
	}
	assert.Less(t, gap(oracle.Random, "post_lorenz"), 0.03, "the daily wave and the luck of 1,500 posts")
	assert.Less(t, gap(oracle.Random, "creator_lorenz"), 0.03)
	assert.Greater(t, gap(oracle.Best, "post_lorenz"), 0.1)
	assert.Greater(t, gap(oracle.Best, "creator_lorenz"), 0.1)
}
