package ranking

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/evaluate"
)

// spread returns the pooled rates by step.
func spread(rates []float64) (out []float64) {
	var steps []step
	for i, r := range rates {
		steps = append(steps, step{float64(i), r, 1})
	}
	for _, s := range pool(steps) {
		for range int(s.n) {
			out = append(out, s.rate)
		}
	}
	return out
}

// Worked out by hand: 4 5 1 are pooled, and so are 8 7.
func TestPoolingByHand(t *testing.T) {
	got := spread([]float64{4, 5, 1, 6, 8, 7})
	for i, want := range []float64{10. / 3, 10. / 3, 10. / 3, 6, 7.5, 7.5} {
		assert.InDelta(t, want, got[i], 1e-12)
	}
}

// The closed form: at every step the highest over starts, of the lowest over
// ends, of the means of the runs around it.
func TestPoolingIsTheMaximumOfMinima(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rates := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 20).Draw(rt, "rates")
		got := spread(rates)
		for i := range rates {
			best := math.Inf(-1)
			for a := range i + 1 {
				least := math.Inf(1)
				for b := i; b < len(rates); b++ {
					sum := 0.0
					for _, r := range rates[a : b+1] {
						sum += r
					}
					least = min(least, sum/float64(b+1-a))
				}
				best = max(best, least)
			}
			assert.InDelta(rt, best, got[i], 1e-9)
		}
	})
}

// A curve rises, so that no two candidates change places or tie.
func TestCurvesKeepTheOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, 400).Draw(rt, "n")
		z, y := make([]float64, n), make([]float64, n)
		for i := range n {
			z[i] = rapid.Float64Range(-6, 6).Draw(rt, "z")
			y[i] = float64(rapid.IntRange(0, 1).Draw(rt, "y"))
		}
		c := isotonic(z, y, slices.Repeat([]float64{.3}, n))
		assert.True(rt, slices.IsSorted(c.x))
		assert.True(rt, slices.IsSorted(c.y))
		for at := float32(-8); at < 8; at += .25 {
			if n == 0 {
				assert.Equal(rt, at, c.at(at))
			}
			assert.Less(rt, c.at(at), c.at(at+.25))
		}
	})
	assert.True(t, math.IsNaN(float64((&curve{[]float32{0, 1}, []float32{0, 1}}).at(float32(math.NaN())))))
}

// Log-odds that are bent, as no line can put right, mean what they say after the
// curve: the calibration error of 20,000 rows falls below .015, of which .01 is
// the chance of ten bins, and that of the line does not.
func TestCurvesPutRightWhatLinesCannot(t *testing.T) {
	w := additive(8)
	bend := func(z float64) float64 { return max(z, 4*z) } // too sure of what is likely
	after := func(way Calibration) float64 {
		l := newLayer(1)
		rows := func(first int) (z, y []float64) {
			data := w.examples(first, 20_000)
			for i := range data.Rows {
				z = append(z, bend(w.logit(data.Row(i), 0)))
				y = append(y, float64(data.Rows[i].Labels.Of(system.Play)))
			}
			return z, y
		}
		z, y := rows(0)
		if way != Uncalibrated {
			l.fit(way, 0, z, y)
		}
		bins := evaluate.NewCalibration(10)
		z, y = rows(20_000)
		for i := range z {
			row := make([]float32, heads)
			row[0] = float32(z[i])
			l.apply(row, heads)
			bins.Add(float64(num.Sigmoid32(row[0])), y[i] == 1)
		}
		return bins.Error()
	}
	assert.Greater(t, after(Uncalibrated), .05)
	assert.Greater(t, after(Platt), .015)
	assert.Less(t, after(Isotonic), .015)
}

// The whole promise is what came true, of a rare head too, whose probabilities
// are all small and differ by a lot, and of a hold-out with two positives; knots
// that are joined by lines promise up to a fifth more.
func TestCurvesPromiseWhatComesTrue(t *testing.T) {
	for _, n := range []int{300, 1000, 4000} {
		var z, y, said []float64
		for i := range n {
			u, v := testSource.Uniforms(plantedPurpose, uint64(i), 8888)
			z, y, said = append(z, rng.Normal(u, -5, 1.5)), append(y, 0), append(said, 0)
			if said[i] = num.Sigmoid(z[i]); v < said[i] {
				y[i] = 1
			}
		}
		c, promised, positives := isotonic(z, y, said), 0.0, 0.0
		for i, x := range z {
			promised += num.Sigmoid(float64(c.at(float32(x))))
			positives += y[i]
		}
		assert.InEpsilon(t, positives, promised, .005, "five steps of Newton, %d rows", n)
	}
}
