package evaluate

import (
	"math"

	"feedloop/sim/num"
)

// Separation sketches the area under the curve in constant memory: positives and
// negatives by steps of 1/32 of the log-odds, within which they tie. The zero
// value is empty.
type Separation struct {
	positives, negatives [steps]float64
	broken               bool // by a prediction that is no number
}

// The log-odds from -16 to 16, which all probabilities but the surest have.
const (
	furthest = 16
	perUnit  = 32
	steps    = 2 * furthest * perUnit
)

// Add takes a predicted probability and what came true.
func (s *Separation) Add(p float64, positive bool) {
	if math.IsNaN(p) {
		s.broken = true
		return
	}
	z := (num.Logit(min(max(p, 1e-9), 1-1e-9)) + furthest) * perUnit
	if i := min(max(int(z), 0), steps-1); positive {
		s.positives[i]++
	} else {
		s.negatives[i]++
	}
}

// Pairs returns the pairs of a positive and a negative, and those in which the
// positive scored higher, ties counting half.
func (s *Separation) Pairs() (won, pairs float64) {
	below, positives := 0.0, 0.0
	for i, n := range s.negatives {
		won += float64(s.positives[i] * (below + n/2))
		below += n
		positives += s.positives[i]
	}
	if s.broken {
		won = math.NaN()
	}
	return won, below * positives
}

// AUC returns the share of pairs that were won, NaN without any.
func (s *Separation) AUC() float64 {
	won, pairs := s.Pairs()
	return won / pairs
}
