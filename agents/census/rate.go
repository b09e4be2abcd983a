package census

import (
	"math"

	"feedloop/sim/record"
)

// Rate compares how often something came with the chances it was given, by a
// cause: returns by satisfaction, follows by value.
type Rate struct {
	from, width, perUnit float64
	bins                 []rateBin
}

type rateBin struct{ trials, chances, hits float64 }

// NewRate cuts the range of the cause into n bins; what lies outside counts in
// the outermost.
func NewRate(from, to float64, n int) Rate {
	return Rate{from: from, width: (to - from) / float64(n), perUnit: float64(n) / (to - from), bins: make([]rateBin, n)}
}

// Add counts a trial.
func (r *Rate) Add(cause, chance float64, hit bool) {
	b := &r.bins[bin(cause, r.from, r.perUnit, len(r.bins))]
	b.trials++
	b.chances += chance
	if hit {
		b.hits++
	}
}

// Reset forgets all trials.
func (r *Rate) Reset() { clear(r.bins) }

// few is the number of observations below which a sample says nothing, rare that
// of expected outcomes below which the share of a bin is mostly luck.
const few, rare = 30, 5

// Rows writes the bins that say something, each at its middle.
func (r *Rate) Rows(t *record.Table, marginal string) {
	for i, b := range r.bins {
		if b.trials >= few && b.chances >= rare {
			t.Add(marginal, middle(r.from, r.width, i), b.hits/b.trials, b.chances/b.trials, b.trials)
		}
	}
}

// Survival writes the share that is left after each bin where nothing ever comes
// twice: trials are the decisions of those who are still there, in bins of one
// decision each.
func (r *Rate) Survival(t *record.Table, marginal string) {
	left, expected := 1.0, 1.0
	for i, b := range r.bins[:len(r.bins)-1] {
		if b.trials < few {
			break
		}
		left *= 1 - b.hits/b.trials
		expected *= 1 - b.chances/b.trials
		t.Add(marginal, middle(r.from, r.width, i)+r.width/2, left, expected, b.trials)
	}
}

// Sums writes how many outcomes there were up to the end of each bin, by head,
// where the cause is time. It says something where outcomes are too rare for the
// share of any bin to.
func (r *Rate) Sums(t *record.Table, marginal string, heads int) {
	n, hits, chances := float64(heads), 0.0, 0.0
	last := len(r.bins)
	for last > 0 && r.bins[last-1].trials == 0 {
		last--
	}
	for i, b := range r.bins[:last] {
		hits, chances = hits+b.hits, chances+b.chances
		t.Add(marginal, middle(r.from, r.width, i)+r.width/2, hits/n, chances/n, n)
	}
}

// bin is the number of the bin that holds x, kept within n. An end belongs to the
// bin below it, but for rounding.
func bin(x, from, perUnit float64, n int) int {
	const rounding = 1e-9
	return min(max(int(float64((x-from)*perUnit)-rounding), 0), n-1)
}

// middle is where a bin is drawn, in as many digits as anybody reads.
func middle(from, width float64, i int) float64 {
	return math.Round((from+float64((float64(i)+0.5)*width))*1e6) / 1e6
}
