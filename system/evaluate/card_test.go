package evaluate

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"feedloop/sim/num"
)

// The golden rows, in one slice and in two.
func TestSlicesOfKnownValues(t *testing.T) {
	s := NewSlices(2, 5)
	for i, y := range labels {
		s.Add(i%2, probs[i], y)
	}
	assert.InDelta(t, .4660320018, s.All.Entropy.Normalized(), 1e-9)
	assert.InDelta(t, .9875, s.All.Calibration.Ratio(), 1e-12)
	assert.InDelta(t, .175, s.All.Calibration.Error(), 1e-12)
	assert.InDelta(t, 1, s.All.Separation.AUC(), 1e-12, "every positive is above every negative")
	// .9 .6 .1 .05 .4 with 1 1 0 0 0, and .2 .7 .3 .2 .5 with 0 1 0 0 1.
	assert.InDelta(t, 2.05/2, s.Of[0].Calibration.Ratio(), 1e-12)
	assert.InDelta(t, 1.9/2, s.Of[1].Calibration.Ratio(), 1e-12)
	worst, off := s.Worst()
	assert.Equal(t, 1, worst)
	assert.InDelta(t, math.Log(2/1.9), off, 1e-12)
	s.Add(7, .5, true)
	assert.EqualValues(t, 11, s.All.Entropy.Rows(), "what is in no slice counts in all")
	s.Reset()
	assert.Equal(t, NewSlices(2, 5), s)
	worst, off = s.Worst()
	assert.Equal(t, -1, worst)
	assert.True(t, math.IsNaN(off))
}

// The sketch is the area under the curve of the steps, which the slow one takes
// as scores; steps only tie what is nearer than 1/32 in log-odds.
func TestSeparationIsTheAreaOfSteps(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var s Separation
		rows := drawn(rt)
		for i := range rows {
			s.Add(rows[i].Score, rows[i].Positive)
			rows[i].Score = math.Floor(32 * num.Logit(min(max(rows[i].Score, 1e-6), 1-1e-6)))
		}
		same(rt, AUC(rows), s.AUC(), "area under the curve")
	})
}

func TestSeparationOfNoNumberIsNone(t *testing.T) {
	var s Separation
	s.Add(.5, true)
	s.Add(.2, false)
	assert.InDelta(t, 1, s.AUC(), 0)
	s.Add(math.NaN(), false)
	assert.True(t, math.IsNaN(s.AUC()))
}
