package evaluate

import "math"

// Reliability sketches what came true by what was predicted, for a reliability
// diagram, in constant memory: by steps of the odds, which are nearly as fine for
// the rarest outcome as for the surest. Four of equal width fill an octave, so that
// a step ends at 5/4, 6/5, 7/6 or 8/7 of the odds at which it begins. The zero value
// is empty.
type Reliability struct {
	steps [2 * octaves * perOctave]bin
}

// The odds from 2^-24 to 2^24; what lies beyond is in the first and the last step.
// A step is the exponent of a float32 and the first two bits of its fraction, so that
// finding it takes no logarithm.
const (
	octaves   = 24
	perOctave = 4
	stepBits  = 23 - 2                            // those of the fraction that a step ignores
	firstStep = (127 - octaves) << 23 >> stepBits // that of the lowest odds
)

// Add takes a predicted probability and what came true.
func (r *Reliability) Add(p float32, positive bool) {
	step := int(math.Float32bits(p/(1-p)) >> stepBits)
	b := &r.steps[min(max(step-firstStep, 0), len(r.steps)-1)]
	b.predicted += float64(p)
	b.n++
	if positive {
		b.positives++
	}
}

// Steps calls f for every step that has predictions, from the lowest up: the
// probabilities from which to which it reaches, how many predictions there are,
// and the sums of what they promised and of what came true.
func (r *Reliability) Steps(f func(from, to, n, predicted, positives float64)) {
	for i, b := range r.steps {
		if b.n > 0 {
			f(beginning(i), beginning(i+1), b.n, b.predicted, b.positives)
		}
	}
}

// beginning is the probability at which the i-th step begins, and the one before
// it ends.
func beginning(i int) float64 {
	switch i {
	case 0:
		return 0
	case len(Reliability{}.steps):
		return 1
	}
	odds := float64(math.Float32frombits(uint32(i+firstStep) << stepBits))
	return odds / (1 + odds)
}
