package census

import (
	"feedloop/sim/num"
	"feedloop/sim/record"
)

// Tail writes which share of many has at least 1, 2, 4 and so on of something,
// beside the Poisson law that equal chances would give. A power law falls as a
// straight line where both axes are logarithmic.
func Tail(t *record.Table, marginal string, counts []float64) {
	if len(counts) < few {
		return
	}
	sum := 0.0
	for _, n := range counts {
		sum += n
	}
	mean := sum / float64(len(counts))
	for k := 1.0; ; k *= 2 {
		have := 0.0
		for _, n := range counts {
			if n >= k {
				have++
			}
		}
		if have == 0 {
			return
		}
		t.Add(marginal, k, have/float64(len(counts)), num.GammaCDF(k, mean), float64(len(counts)))
	}
}
