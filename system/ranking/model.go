package ranking

import (
	"math"

	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

// heads is the number of probabilities. They fill one vector.
const heads = int(system.Heads)

// A model has an output for every head and, where it is wanted, one for the
// expected watch behind them. In training they lie in vectors, the banks.
const (
	banks = 2
	_     = uint(num.Lanes - heads)
)

// lanes are the numbers of all outputs, in banks.
type lanes = [banks * num.Lanes]float32

// bank returns vector b of the lanes.
func bank(z *lanes, b int) *num.Row { return (*num.Row)(z[b*num.Lanes:]) }

// model is what a family has learned, with the state of its optimiser. Once it
// has been handed over it does not change: training continues on a clone.
type model interface {
	// outputs is their number.
	outputs() int
	// logits sets dst, n x outputs, to the log-odds of every output for n rows of
	// features. A row's bits depend on nothing but the row.
	logits(dst, rows []float32, n int, s *scratch)
	// learn takes one pass over the examples, in their order.
	learn(l *lesson)
	// work returns the multiply-adds to score a row and to learn from one.
	work() (score, learn int)
	clone() model
	hash() uint64
}

// newModel returns an untrained model of the family.
func newModel(c Config, src rng.Source, width int) model {
	outputs := heads
	if c.Value.watches() {
		outputs++
	}
	switch c.Family {
	case FM:
		return newMachine(c, src, width, outputs)
	case MLP:
		return newNetwork(c.MLP, src, width, outputs)
	}
	return newLinear(c.FTRL, width, outputs)
}

// scratch holds the buffers of a caller: models have none, because one may
// serve and be evaluated beside the loop at the same time.
type scratch struct{ a, b, c []float32 }

// sized returns a buffer of n numbers, kept for the next time.
func sized(buffer *[]float32, n int) []float32 {
	*buffer = grow(*buffer, n)
	return *buffer
}

// basis is where hashes start (FNV-1a).
const basis = uint64(14695981039346656037)

// fold continues a hash over numbers.
func fold(h uint64, numbers []float32) uint64 {
	for _, x := range numbers {
		h = (h ^ uint64(math.Float32bits(x))) * 1099511628211
	}
	return h
}
