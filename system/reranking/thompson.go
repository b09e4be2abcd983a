package reranking

import (
	"math"
	"slices"

	"feedloop/sim/num"
)

// race is Thompson sampling over the free rows of a page: each row's relevance
// is believed to be normal, with a spread that shrinks as its post is shown, and
// a row gets the slot as often as a draw from its belief beats a draw from every
// other's (Thompson, Biometrika 1933).
//
// The law of the winner is computed rather than simulated, because the
// propensity must be logged: with f the density of a row's belief and F the
// distribution of the others',
//
//	D(row) = integral of f_row(x) times the product of F_other(x) dx
//
// by the trapezoidal rule, whose error for such bell shapes is negligible at
// steps of half the smallest spread. The product is kept as a sum of logarithms
// on the grid, from which a row is taken away as it gets its slot.
type race struct {
	means, spreads []float64 // by row; a spread of 0 is a row that cannot win
	step           float64
	grid           []float64 // points that lie a step apart
	logs           []float64 // on the grid: sum over free rows of log F
	order          []float64 // reused
}

// Bounds of a race: how many spreads of a row's belief count, and by how much at
// most a spread shrinks, which bounds the grid.
const (
	tails       = 4.5
	mostShrunk  = 4
	stepsSpread = 2
)

// spreadAfter is how far the relevance of a post may lie from what is believed,
// after it was shown n times; it falls as that of a mean does, from a prior
// worth `worth` showings.
func spreadAfter(prior float64, n, worth uint32) float64 {
	return prior / min(math.Sqrt(1+float64(n)/float64(worth)), mostShrunk)
}

// begin starts a page of so many slots.
func (t *race) begin(means, spreads []float64, slots int) {
	t.means, t.spreads = means, spreads
	t.order = t.order[:0]
	widest, narrowest, high := 0.0, math.Inf(1), math.Inf(-1)
	for row, s := range spreads {
		if s > 0 {
			t.order = append(t.order, means[row])
			widest, narrowest, high = max(widest, s), min(narrowest, s), max(high, means[row])
		}
	}
	t.grid, t.logs = t.grid[:0], t.logs[:0]
	if len(t.order) == 0 || slots == 0 {
		return
	}
	// When all slots but one are filled, one of the best so many rows is free.
	slices.Sort(t.order)
	low := t.order[max(len(t.order)-slots, 0)] - tails*widest
	t.step = narrowest / stepsSpread
	for x := low; x <= high+tails*widest; x += t.step {
		t.grid = append(t.grid, low+float64(float64(len(t.grid))*t.step))
		t.logs = append(t.logs, 0)
	}
	for row := range spreads {
		t.add(int32(row), 1)
	}
}

// add adds a row to the product, times 1, or takes it away, times -1.
func (t *race) add(row int32, times float64) {
	mean, spread := t.means[row], t.spreads[row]
	if spread == 0 {
		return
	}
	logs := t.logs[:len(t.grid)]
	for i, x := range t.grid {
		z := (x - mean) / spread
		if z >= reach {
			break // and so is all that follows: a factor of 1
		}
		logs[i] += float64(times * logOf(z))
	}
}

// placed tells that a row has a slot.
func (t *race) placed(row int32) {
	t.add(row, -1)
	t.spreads[row] = 0
}

// reach is where a standard normal distribution ends, to ten digits; its
// logarithm is tabulated between -reach and reach, cells to a unit. Straight
// lines between the entries are wrong by 1/8 (1/cells)^2, far less than the grid.
const (
	reach = 6.5
	cells = 64
)

var logTable = func() (table [2*reach*cells + 2]float64) {
	for i := range table {
		table[i] = num.Log(num.NormCDF(float64(i)/cells - reach))
	}
	return table
}()

// logOf returns the logarithm of the standard normal distribution, below reach;
// below -reach that of a point there, which is no chance at all.
func logOf(z float64) float64 {
	at := (z + reach) * cells
	if at < 0 {
		at = 0
	}
	i := int(at)
	part := at - float64(i)
	return logTable[i] + float64(part*(logTable[i+1]-logTable[i]))
}

// share is the probability that a free row wins.
func (t *race) share(row int32) float64 {
	mean, spread := t.means[row], t.spreads[row]
	if spread == 0 {
		return 0
	}
	sum := 0.0
	for i, x := range t.grid {
		z := (x - mean) / spread
		if z > -reach && z < reach {
			sum += num.Exp(t.logs[i] - logOf(z) - float64(z*z)/2)
		}
	}
	const density = 0.3989422804014327 // 1 / sqrt(2 pi)
	return sum * density * t.step / spread
}

// pick returns the winner that belongs to u, and its share. What the grid has
// missed, less than one in ten thousand, goes to the likeliest: to its share it is
// nothing, and whoever weighs by the inverse of a share that is almost zero would
// see little else.
func (t *race) pick(u float64) (row int32, share float64) {
	for i, spread := range t.spreads {
		if spread == 0 {
			continue
		}
		own := t.share(int32(i))
		if u -= own; u < 0 {
			return int32(i), own
		}
		if own >= share {
			row, share = int32(i), own
		}
	}
	return row, share
}
