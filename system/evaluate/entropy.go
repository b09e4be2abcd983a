package evaluate

import (
	"math"

	"feedloop/sim/num"
)

// Entropy accumulates the log-loss of probabilities. The zero value is empty.
type Entropy struct {
	loss, positives, n float64
}

// Add takes a predicted probability and what came true.
func (e *Entropy) Add(p float64, positive bool) {
	e.loss += num.LogLoss(p, positive)
	e.n++
	if positive {
		e.positives++
	}
}

// Rows is the number of predictions.
func (e *Entropy) Rows() float64 { return e.n }

// Normalized returns the mean log-loss divided by that of always predicting the
// base rate (He et al., ADKDD 2014): 1 is worth nothing, lower is better. NaN
// without data or when all labels agree.
func (e *Entropy) Normalized() float64 {
	p := e.positives / e.n
	if !(p > 0 && p < 1) {
		return math.NaN()
	}
	base := -(float64(p*num.Log(p)) + float64((1-p)*num.Log(1-p)))
	return e.loss / e.n / base
}
