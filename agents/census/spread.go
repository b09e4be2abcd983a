package census

import "feedloop/sim/record"

// Spread compares a histogram with the mean of the distributions that its
// numbers were drawn from.
type Spread struct {
	from, width float64
	perUnit     float64
	counts      []float64
	below       []float64 // sums of the chances to lie below the upper end of each bin
	n, asked    float64
	sum         float64
}

// NewSpread cuts a range into n bins; what lies outside counts in the outermost.
func NewSpread(from, to float64, n int) Spread {
	return Spread{from: from, width: (to - from) / float64(n), perUnit: float64(n) / (to - from), counts: make([]float64, n), below: make([]float64, n)}
}

// Add counts a number.
func (s *Spread) Add(x float64) {
	s.counts[bin(x, s.from, s.perUnit, len(s.counts))]++
	s.sum += x
	s.n++
}

// Expect adds a distribution, not necessarily one for every number: below tells
// the chance of a number up to x.
func (s *Spread) Expect(below func(x float64) float64) {
	s.asked++
	for i := range s.below[:len(s.below)-1] {
		s.below[i] += below(s.from + float64(float64(i+1)*s.width))
	}
	s.below[len(s.below)-1]++
}

// Mean is the mean of the numbers.
func (s *Spread) Mean() float64 { return s.sum / s.n }

// Reset forgets all numbers.
func (s *Spread) Reset() {
	clear(s.counts)
	clear(s.below)
	s.n, s.asked, s.sum = 0, 0, 0
}

// Rows writes the share of the numbers in each bin, at its middle.
func (s *Spread) Rows(t *record.Table, marginal string) {
	if s.n < few {
		return
	}
	before := 0.0
	for i, count := range s.counts {
		below := s.below[i] / s.asked
		t.Add(marginal, middle(s.from, s.width, i), count/s.n, below-before, s.n)
		before = below
	}
}
