package user

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"feedloop/agents/content"
	"feedloop/system"
)

// Nobody watches for ever: a visit has an end even where the hazard has none.
func TestAVisitEnds(t *testing.T) {
	for surface, want := range map[Surface]int{FullScreen: viewsPerVisit, List: 5 * 60} { // more might be over it, were its page long
		c := steady()
		c.Attention = Attention{Leave: -50, Patience: time.Hour, Surface: surface, Curve: Curve{Form: Power}}
		c.Choice.Engage = 50 // and every reaction there is
		c.Choice.Like, c.Choice.Share, c.Choice.Follow = certain, certain, certain
		c.Choice.Hide, c.Choice.Comment, c.Choice.Report, c.Choice.Pause = certain, certain, certain, certain
		a := newApp(c)
		a.endless(60, tried)
		a.days(2)
		views := map[uint32]int{}
		for _, events := range a.reports {
			for _, e := range events {
				if e.Kind == system.Viewed {
					views[e.Visit]++
				}
			}
		}
		longest := 0
		for visit, n := range views {
			assert.LessOrEqual(t, n, viewsPerVisit, "%s, visit %d", surface, visit)
			longest = max(longest, n)
		}
		assert.Equal(t, want, longest, "the bound was met: %s", surface)
	}
}

// Who was drawn away returns home, whether or not chance moves taste too.
func TestTasteIsPulledHome(t *testing.T) {
	c := steady() // no drift
	c.Taste.Pull = 0.5
	a := newApp(c)
	who := &a.people.All[0]
	who.Taste = *unit(content.Vector{1})
	away := content.Affinity(&who.Taste, &who.home)
	a.people.drift(who, 1)
	nearer := content.Affinity(&who.Taste, &who.home)
	assert.Greater(t, nearer, away)
	a.people.drift(who, 2)
	assert.Greater(t, content.Affinity(&who.Taste, &who.home), nearer)

	c.Taste.Pull = 1
	a = newApp(c)
	who = &a.people.All[0]
	who.Taste = *unit(content.Vector{1})
	a.people.drift(who, 1)
	assert.InDeltaSlice(t, who.home[:], who.Taste[:], 1e-6, "all the way in a day")
}
