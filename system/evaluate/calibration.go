package evaluate

import (
	"math"

	"feedloop/sim/num"
)

// Calibration compares sums of predicted probabilities with what came true,
// overall and by bins of equal width. The zero value has no bins; see
// [NewCalibration].
type Calibration struct {
	bins []bin
}

type bin struct{ predicted, positives, n float64 }

// NewCalibration returns an empty calibration with n bins over 0 to 1.
func NewCalibration(n int) *Calibration { return &Calibration{bins: make([]bin, n)} }

// Add takes a predicted probability and what came true.
func (c *Calibration) Add(p float64, positive bool) {
	b := &c.bins[min(max(int(p*float64(len(c.bins))), 0), len(c.bins)-1)]
	b.predicted += p
	b.n++
	if positive {
		b.positives++
	}
}

// Ratio returns predicted over observed positives: above 1 the model promises
// too much. NaN without positives.
func (c *Calibration) Ratio() float64 {
	var all bin
	for _, b := range c.bins {
		all.predicted += b.predicted
		all.positives += b.positives
	}
	if all.positives == 0 {
		return math.NaN()
	}
	return all.predicted / all.positives
}

// Reset empties the bins.
func (c *Calibration) Reset() { clear(c.bins) }

// Off is the distance of the ratio from 1, as a logarithm: twice as many and half
// as many are equally far off. NaN without positives.
func (c *Calibration) Off() float64 { return math.Abs(num.Log(c.Ratio())) }

// Gap returns the sum over bins of the distance between what was predicted and
// what came true, and the number of predictions: the error is their quotient.
func (c *Calibration) Gap() (gap, n float64) {
	for _, b := range c.bins {
		gap += math.Abs(b.predicted - b.positives)
		n += b.n
	}
	return gap, n
}

// Error returns the expected calibration error: the mean over predictions of
// the distance between a bin's mean prediction and its rate.
func (c *Calibration) Error() float64 {
	gap, n := c.Gap()
	return gap / n
}

// Bins calls f for every bin with its mean prediction, its rate and its size.
func (c *Calibration) Bins(f func(predicted, rate, n float64)) {
	for _, b := range c.bins {
		f(b.predicted/b.n, b.positives/b.n, b.n)
	}
}
