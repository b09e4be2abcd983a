package population_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/oracle"
	"feedloop/agents/population"
	"feedloop/sim"
	"feedloop/system"
)

// Under a feed that ignores behaviour people do not meet each other: however
// many there are, everybody's history is the same to the last bit, with every
// part switched on.
func TestMorePeopleChangeNobodysHistory(t *testing.T) {
	histories := func(people int) map[uint64][]system.Event {
		c := population.DefaultConfig()
		c.Users.Count, c.Creators.Count = people, 60
		c.Users.Bots.Share, c.Users.Survey.Share, c.Users.Joining.Share = 0.1, 0.5, 0.2
		c.Users.Return.Excitation.Jump, c.Users.Return.Weekend, c.Users.Return.Reactivation = 1, 1.5, 0.1
		c.Users.Habit.Lure, c.Users.Habit.Sensitivity = 0.2, 0.1
		c.Users.Annoyance.Wait, c.Users.Annoyance.Repeated = 0.01, 0.1
		c.Users.Choice.Comment.Base, c.Users.Choice.Report.Base, c.Users.Choice.Pause.Base = -3, -5, -3
		c.Graph.Exponent, c.Graph.Rewiring = 2.5, 0.3
		c.Creators.Newcomers, c.Posts.Violating = 3, 0.05
		require.NoError(t, c.Validate())
		w := settled(c, oracle.Random)
		out := map[uint64][]system.Event{}
		w.people.People.Reporter = reporter(func(e *system.Event) {
			key := w.people.People.All[e.Person].Key
			out[key] = append(out[key], *e)
		})
		w.kernel.Run(sim.Time(4 * sim.Day))
		return out
	}
	few, many := histories(40), histories(90)
	assert.Greater(t, len(many), len(few))
	kinds := map[system.EventKind]bool{}
	for key, history := range few {
		require.Equal(t, history, many[key])
		for _, e := range history {
			kinds[e.Kind] = true
		}
	}
	assert.Len(t, kinds, int(system.EventKinds)-2, "every kind of event was there to compare, but for those between people")
}

// Creators who learn are the one thing that ties people together without a
// stack: who watches moves what is uploaded next.
func TestCreatorsWhoLearnAreMovedByPeople(t *testing.T) {
	clickbait := func(learning, appeal float64) (sum float64) {
		c := population.DefaultConfig()
		c.Users.Count, c.Creators.Count, c.Creators.Learning = 80, 40, learning
		c.Users.Choice.Promise = appeal
		w := settled(c, oracle.Random)
		w.kernel.Run(sim.Time(6 * sim.Day))
		for _, c := range w.people.Creators.All {
			sum += c.Clickbait / float64(len(w.people.Creators.All))
		}
		return sum
	}
	still := clickbait(0, 3)
	assert.Equal(t, still, clickbait(0, 0), "who does not learn stays as they are")
	assert.Greater(t, clickbait(0.01, 3), still+0.01, "where promises keep people, more is promised")
}
