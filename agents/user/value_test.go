package user

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"feedloop/agents/content"
	"feedloop/sim"
)

// tiring are people who tire, of posts that they view to the end of a page.
func tiring() Config {
	c := steady()
	c.Satiation = Satiation{Gain: 0.1, HalfLife: 4 * time.Hour}
	c.Attention.Leave = -50
	return c
}

func TestEveryViewAddsToSatiationWithItsTopic(t *testing.T) {
	a := newApp(tiring())
	id := a.post(0, triedAffinity, tried)
	other := a.post(0, triedAffinity, content.Truth{Quality: 0.6, Clickbait: 0.5, Length: 20, Topic: 5})
	_, first := a.meet(0, id)
	_, second := a.meet(0, id)
	_, third := a.meet(0, id)
	_, fresh := a.meet(0, other)
	assert.InDelta(t, 0.1, first-second, 1e-6)
	assert.InDelta(t, 0.1, second-third, 1e-6)
	assert.InDelta(t, first, fresh, 1e-6, "of one topic, not of all")
	levels := a.people.Satiation(0, 0)
	assert.InDelta(t, 0.3, levels[2], 1e-6)
	assert.InDelta(t, 0.1, levels[5], 1e-6)
	assert.Equal(t, float32(0.1), a.people.SatiationGain())
}

func TestSatiationHalvesInAHalfLife(t *testing.T) {
	a := newApp(tiring())
	a.meet(0, a.post(0, triedAffinity, tried))
	for _, hours := range []float64{0, 1, 2, 4, 8, 24} {
		at := sim.Time(hours * float64(time.Hour))
		assert.InDelta(t, 0.1*math.Exp2(-hours/4), a.people.Satiation(0, at)[2], 1e-7, "after %v h", hours)
	}
}

// Looking leaves no trace, and time that stands still or is asked for late does
// not decay anything.
func TestLookingAtSatiationChangesNothing(t *testing.T) {
	looked, alone := newApp(tiring()), newApp(tiring())
	for _, a := range []*app{looked, alone} {
		a.meet(0, a.post(0, triedAffinity, tried))
	}
	for m := range 500 {
		looked.people.Satiation(0, sim.Time(m)*sim.Time(time.Minute)+7)
	}
	assert.Equal(t, alone.people.All[0], looked.people.All[0], "to the last bit")
}

// While a page is watched satiation does not decay; from then on it does.
func TestSatiationDecaysFromPageToPage(t *testing.T) {
	c := tiring()
	c.SessionsPerDay = 0 // nobody comes of their own accord
	a := newApp(c)
	a.endless(3, tried)
	who := &a.people.All[0]
	who.visiting = true
	a.people.Receive(a.page(a.people.Request(0)))
	assert.InDelta(t, 0.3, a.people.Satiation(0, 0)[2], 1e-6)
	who.visiting = false
	a.kernel.Run(sim.Time(4 * time.Hour))
	who.visiting, who.asked = true, a.kernel.Now()
	a.people.Receive(a.page(a.people.Request(0)))
	assert.InDelta(t, 0.3/2+0.3, a.people.Satiation(0, a.kernel.Now())[2], 0.001, "half of the old and all of the new")
}

// Noise makes of satiation a first-order autoregression from visit to visit: with g what
// is left of a level until the next one, its variance is noise^2 / (1 - g^2) and its
// correlation from one to the next g.
func TestSatiationWavers(t *testing.T) {
	c := tiring()
	c.Count, c.SessionsPerDay = 200, 0
	c.Satiation = Satiation{HalfLife: 4 * time.Hour, Noise: 0.1}
	a := newApp(c)
	var square, product, n float64
	for visit := range 40 {
		a.kernel.Run(sim.Time(visit) * sim.Time(4*time.Hour))
		for i := range a.people.All {
			who := &a.people.All[i]
			before := who.satiated
			who.visit = uint32(visit)
			a.people.waver(who, a.kernel.Now())
			for k, level := range who.satiated {
				if visit >= 20 { // stationary
					square, product, n = square+float64(level*level), product+float64(level*before[k]), n+1
				}
			}
		}
	}
	assert.InEpsilon(t, 0.1*0.1/(1-0.5*0.5), square/n, 0.03, "64,000 levels, some 40,000 of them independent: 4 standard deviations")
	assert.InDelta(t, 0.5, product/square, 0.02)
}

func TestTopicsBeyondSixteenShareLevels(t *testing.T) {
	assert.Equal(t, SatiationSlot(3), SatiationSlot(19))
	assert.NotEqual(t, SatiationSlot(3), SatiationSlot(4))
}
