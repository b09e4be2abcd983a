package evaluate

import "math"

// Card measures the same predictions in every way.
type Card struct {
	Entropy     Entropy
	Calibration *Calibration
	Separation  Separation
}

// NewCard returns an empty card whose calibration has n bins.
func NewCard(n int) *Card { return &Card{Calibration: NewCalibration(n)} }

// Add takes a predicted probability and what came true.
func (c *Card) Add(p float64, positive bool) {
	c.Entropy.Add(p, positive)
	c.Calibration.Add(p, positive)
	c.Separation.Add(p, positive)
}

// Reset empties the card and keeps its memory.
func (c *Card) Reset() {
	c.Entropy, c.Separation = Entropy{}, Separation{}
	c.Calibration.Reset()
}

// Slices measures predictions by slice of the data and over all of it: a model
// that is right on the whole can be wrong about every part.
type Slices struct {
	// All is over all slices, Of by slice.
	All *Card
	Of  []*Card
}

// NewSlices returns empty cards for n slices, whose calibration has so many bins.
func NewSlices(n, bins int) *Slices {
	s := &Slices{All: NewCard(bins)}
	for range n {
		s.Of = append(s.Of, NewCard(bins))
	}
	return s
}

// Add takes a prediction for a slice; one out of range counts in All alone.
func (s *Slices) Add(slice int, p float64, positive bool) {
	s.All.Add(p, positive)
	if slice >= 0 && slice < len(s.Of) {
		s.Of[slice].Add(p, positive)
	}
}

// Worst returns the slice whose predictions are furthest off what came true, as
// a ratio, and the logarithm of that ratio without its sign; -1 and NaN where no
// slice has positives.
func (s *Slices) Worst() (slice int, off float64) {
	slice, off = -1, math.NaN()
	for i, c := range s.Of {
		if d := c.Calibration.Off(); d > off || slice < 0 && !math.IsNaN(d) {
			slice, off = i, d
		}
	}
	return slice, off
}

// Reset empties all cards.
func (s *Slices) Reset() {
	s.All.Reset()
	for _, c := range s.Of {
		c.Reset()
	}
}
