package census

import (
	"math"
	"slices"

	"feedloop/sim/record"
	"feedloop/sim/rng"
)

// Shares writes the Lorenz curve of what each of many gets: at x the part of the
// whole that goes to the poorest share x. Beside it stands the curve of what they
// were due, in any unit, each with the luck of a Poisson draw.
func Shares(t *record.Table, marginal string, got, due []float64) {
	if len(got) < few {
		return
	}
	whole, owed := 0.0, 0.0
	for i := range got {
		whole += got[i]
		owed += due[i]
	}
	if whole == 0 || owed == 0 {
		return
	}
	means := make([]float64, len(due))
	for i, d := range due {
		means[i] = d * whole / owed
	}
	a, b := lorenz(got), lorenz(poissons(means))
	for i := 0; i <= grid; i++ {
		t.Add(marginal, float64(i)/grid, a[i], b[i], float64(len(got)))
	}
}

// grid is the number of steps of a curve.
const grid = 40

// lorenz returns the curve of some numbers at the steps of the grid.
func lorenz(xs []float64) [grid + 1]float64 {
	sorted := slices.Sorted(slices.Values(xs))
	sums := make([]float64, len(sorted)+1)
	for i, x := range sorted {
		sums[i+1] = sums[i] + x
	}
	var curve [grid + 1]float64
	for i := range curve {
		at := float64(i) / grid * float64(len(sorted))
		k := min(int(at), len(sorted)-1)
		curve[i] = (sums[k] + float64((at-float64(k))*sorted[k])) / sums[len(sorted)]
	}
	return curve
}

// poissons replaces means by numbers that lie as Poisson draws of them would:
// each takes a quantile of its own, evenly spread over neighbours by the golden
// ratio.
func poissons(means []float64) []float64 {
	out := make([]float64, len(means))
	for i, mean := range means {
		_, u := math.Modf(float64(i)*0.6180339887498949 + 0.5)
		out[i] = float64(rng.Poisson(u, mean))
	}
	return out
}
