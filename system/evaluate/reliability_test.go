package evaluate

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim/rng"
)

var reliabilityPurpose = rng.NewPurpose("evaluate.reliability_test")

// Every prediction is counted, in a step that holds it, however near it is to 0
// or 1; steps follow each other, and four of equal width fill an octave.
func TestReliabilitySteps(t *testing.T) {
	src, r := rng.New(1, 0), &Reliability{}
	var ps []float64
	const n = 20_000
	for i := range n {
		odds := math.Exp2(40*src.Uniform(reliabilityPurpose, 0, uint64(i)) - 20)
		p := float32(odds / (1 + odds))
		ps = append(ps, float64(p))
		r.Add(p, i%3 == 0)
	}
	count, predicted, positives, last := 0.0, 0.0, 0.0, 0.0
	r.Steps(func(from, to, n, p, came float64) {
		assert.GreaterOrEqual(t, from, last)
		assert.Greater(t, to, from)
		// Odds are rounded to a float32, which near 1 is coarse for them.
		assert.GreaterOrEqual(t, p/n, from-1e-6)
		assert.Less(t, p/n, to+1e-6)
		ratio := to / (1 - to) / (from / (1 - from))
		assert.True(t, ratio > 1.14 && ratio < 1.26, "8/7 to 5/4, not %v", ratio)
		own := 0.0
		for _, x := range ps {
			if x >= from && x < to {
				own++
			}
		}
		assert.InDelta(t, own, n, 3, "but for rounding at the ends")
		last = to
		count, predicted, positives = count+n, predicted+p, positives+came
	})
	sum := 0.0
	for _, p := range ps {
		sum += p
	}
	assert.EqualValues(t, n, count)
	assert.InDelta(t, sum, predicted, 1e-6)
	assert.EqualValues(t, (n+2)/3, positives)
}

func TestReliabilityKeepsTheSurest(t *testing.T) {
	r := &Reliability{}
	for _, p := range []float32{0, 1e-30, 1, float32(math.NaN())} {
		r.Add(p, true)
	}
	var counts, ends []float64
	r.Steps(func(from, to, n, _, _ float64) { counts, ends = append(counts, n), append(ends, from, to) })
	assert.Equal(t, []float64{2, 2}, counts, "in the outermost steps")
	require.Len(t, ends, 4)
	assert.Zero(t, ends[0])
	assert.InEpsilon(t, 5./4/(1<<24), ends[1], 1e-6)
	assert.InEpsilon(t, 8./7/(1<<24), 1-ends[2], 1e-6)
	assert.EqualValues(t, 1, ends[3])
	assert.Zero(t, testing.AllocsPerRun(10, func() { r.Add(.3, false) }))
}
