package view

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/system"
)

// decayed is the closed form: every event counts 2^-(age / half-life).
func decayed(events []system.Event, now sim.Time, halfLife time.Duration) (n [counts]float64) {
	for i := range events {
		e := &events[i]
		weight := math.Exp2(-float64(now.Sub(e.At)) / float64(halfLife))
		labels := system.LabelsOf(e)
		switch e.Kind {
		case system.Viewed:
			n[impressions] += weight
			n[plays] += weight * float64(labels.Of(system.Play))
			n[longViews] += weight * float64(labels.Of(system.LongView))
			whole := e.Watch >= e.Length
			if whole {
				n[finishes] += weight
			} else if e.Watch < 2 {
				n[skips] += weight
			}
			n[watched] += weight * min(float64(e.Watch)/float64(e.Length), 1)
		case system.Liked:
			n[likes] += weight
		case system.Shared:
			n[shares] += weight
		case system.Followed:
			n[follows] += weight
		case system.Hid:
			n[hides] += weight
		}
	}
	return n
}

// lazily is how far a tally may be off for being brought forward only every
// thousandth of a half-life: 2^(1/1024) - 1 = .07 %, and float32 adds 1e-7 a step.
const lazily = .0007 + 1e-4

func TestTallyAgainstTheClosedForm(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		halfLife := time.Duration(rapid.Int64Range(1, 1e6).Draw(rt, "half-life")) * time.Second
		var tally Tally
		var events []system.Event
		now := sim.Time(0)
		for range rapid.IntRange(1, 60).Draw(rt, "events") {
			gap := float64(halfLife) * rapid.SampledFrom([]float64{0, 1e-5, 9e-4, 1.1e-3, .01, .3, 1, 7}).Draw(rt, "gap")
			now = now.Add(time.Duration(gap))
			e := system.Event{
				At: now, Kind: system.EventKind(rapid.IntRange(0, int(system.EventKinds)-1).Draw(rt, "kind")),
				Watch: float32(rapid.IntRange(0, 30).Draw(rt, "watch")), Length: 25,
			}
			d := DeltaOf(&e)
			tally.Add(&d, now, halfLife)
			events = append(events, e)
		}
		want := decayed(events, now, halfLife)
		tally = tally.AsOf(now, halfLife)
		for c := range counts {
			assert.InEpsilon(rt, 1+want[c], 1+float64(tally.N[c]), lazily, "count %d", c)
		}
	})
}

func TestOddsAreRelativeToEverybodyAndShrunk(t *testing.T) {
	everybody := Tally{N: [counts]float32{impressions: 990, likes: 100 - .3, hides: 0}}
	p := PriorsOf(&everybody)
	assert.InDelta(t, .1, p.mean[likes], 1e-6, "(99.7 + 10 x .03) / (990 + 10)")
	assert.Equal(t, float32(1e-4), p.mean[hides], "away from 0")
	const m = 8
	logit := func(x float64) float64 { return math.Log(x / (1 - x)) }
	unknown := Tally{}
	assert.InDelta(t, 0, unknown.odds(likes, &p, m), 1e-6, "unknown is average")
	liked := Tally{N: [counts]float32{impressions: 12, likes: 4.2}}
	assert.InDelta(t, logit(.25)-logit(.1), liked.odds(likes, &p, m), 1e-5, "(4.2 + 8 x .1) / (12 + 8) = .25")
	adored := Tally{N: [counts]float32{impressions: 1, likes: 50}} // a burst of likes for views not read yet
	assert.False(t, math.IsInf(float64(adored.odds(likes, &p, m)), 0))
}
