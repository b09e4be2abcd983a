package population

import (
	"math"
	"testing"

	"feedloop/sim/rng"
	"feedloop/sim/simtest"
)

// Fame is a Pareto variate of index exponent - 1: the logarithm of it over the
// least is exponential, of mean 1/(exponent-1).
func TestFameShowsItsExponent(t *testing.T) {
	const n = 20_000
	src := rng.New(1, 0)
	c := circles{Graph: Graph{Exponent: 2.5}}
	sums := c.fame(n, func(i int) float64 { return src.Uniform(famePurpose, uint64(i), 0) })
	fame, least := make([]float64, n), math.Inf(1)
	for i := range fame {
		fame[i] = sums[i]
		if i > 0 {
			fame[i] -= sums[i-1]
		}
		least = min(least, fame[i])
	}
	for i := range fame {
		fame[i] = math.Log(fame[i] / least)
	}
	simtest.Identifies(t, fame, 2.5, func(x float64) float64 { return 1 / (x - 1) }, "exponent")
}
