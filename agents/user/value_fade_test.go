package user

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// What people like about a post fades with its age and with a language that they
// do not speak; what they dislike, and regret, stay.
func TestValueFades(t *testing.T) {
	posts := content.DefaultConfig()
	posts.Ageing.HalfLife = sim.Day
	posts.Languages = []content.Language{{Name: "a", Share: 1}, {Name: "b"}}
	c := steady()
	c.Taste.Foreign = 0.25
	require.NoError(t, posts.Validate())
	a := among(c, posts)
	foreign := tried
	foreign.Language = 1
	liked, abroad, disliked := a.post(0, triedAffinity, tried), a.post(0, triedAffinity, foreign), a.post(0, -triedAffinity, foreign)
	value := func(post system.PostID) float64 { return float64(a.people.Utility(0, &a.posts.Truths[post])) }
	assert.InDelta(t, triedValue, value(liked), 1e-6)
	assert.InDelta(t, 0.25*0.3*0.6-0.25*0.5, value(abroad), 1e-6)
	assert.InDelta(t, -0.3-0.25*0.5, value(disliked), 1e-6)
	a.kernel.Run(2*sim.Time(sim.Day) - 1)
	assert.InDelta(t, 0.25*0.3*0.6-0.25*0.5, value(liked), 1e-6, "two half-lives")
	assert.InDelta(t, 0.0625*0.3*0.6-0.25*0.5, value(abroad), 1e-6)
	assert.InDelta(t, -0.3-0.25*0.5, value(disliked), 1e-6)
	_, felt := a.meet(0, abroad)
	assert.InDelta(t, value(abroad), felt, 1e-6, "people feel it as the yardsticks do")
}

// First languages come by share, a second one to some, and who speaks what is
// public.
func TestPeopleSpeak(t *testing.T) {
	posts := content.DefaultConfig()
	posts.Languages = []content.Language{{Name: "a", Share: 0.7}, {Name: "b", Share: 0.3}}
	c := steady()
	c.Count, c.Taste.Bilingual = 6000, 0.2
	a := among(c, posts)
	var one, both []float64
	for i := range a.people.All {
		who := &a.people.All[i]
		require.NotZero(t, who.speaks)
		require.Equal(t, who.speaks, a.people.Public(system.PersonID(i), nil, 0, nil).Languages)
		one, both = append(one, 0), append(both, 0)
		switch who.speaks {
		case system.Languages(0).With(0):
			one[i] = 1
		case system.Languages(0).With(0).With(1):
			both[i] = 1
		}
	}
	// Eight tries miss the other language once in 0.7^7: by a twelfth of those who
	// speak the first.
	missed := 0.7*pow7(0.7) + 0.3*pow7(0.3)
	simtest.Agrees(t, one, 0.8*0.7+0.2*0.7*pow7(0.7), "speak the first alone")
	simtest.Agrees(t, both, 0.2*(1-missed), "speak both")
	assert.Zero(t, newApp(steady()).people.All[0].speaks, "in a world of one language nobody needs to say so")
}

func pow7(x float64) float64 { return x * x * x * x * x * x * x }
