package ranking

import (
	"math"
	"slices"

	"feedloop/sim/num"
	"feedloop/system"
)

// linear is a logistic regression by head, trained by FTRL-proximal. Features
// are many and mostly rare: each has a rate of its own, which falls with what it
// has been through, and an example touches only the features that it has.
type linear struct {
	width, out int
	rates      num.ProximalRates
	state      [][]num.Proximal // by bank and feature; the last is the bias
	// What serves, packed from state: weights are width x outputs.
	weights, bias []float32
}

func newLinear(c FTRL, width, outputs int) *linear {
	m := &linear{
		width: width, out: outputs, rates: c.rates(),
		weights: make([]float32, width*outputs), bias: make([]float32, outputs),
	}
	for n := 0; n < outputs; n += num.Lanes {
		m.state = append(m.state, make([]num.Proximal, width+1))
	}
	return m
}

func (m *linear) outputs() int { return m.out }

func (m *linear) clone() model {
	c := *m
	c.state, c.weights, c.bias = slices.Clone(m.state), slices.Clone(m.weights), slices.Clone(m.bias)
	for b := range c.state {
		c.state[b] = slices.Clone(m.state[b])
	}
	return &c
}

func (m *linear) logits(dst, rows []float32, n int, _ *scratch) {
	num.Affine(dst, rows, n, m.width, m.weights, m.bias, m.out)
}

// work counts 8 for the prediction and the update of a coordinate.
func (m *linear) work() (score, learn int) { return m.width * m.out, m.width * m.out * 8 }

func (m *linear) learn(l *lesson) {
	features := newSparse(m.width)
	for i := range l.Rows {
		counted, counts := l.counted(i)
		if !counts {
			continue
		}
		features.read(l.Row(i))
		var z lanes
		m.sum(&z, features)
		m.descend(&z, l, i, counted)
		m.step(&z, features)
	}
	m.pack()
}

// sum sets z to the logits of an example.
func (m *linear) sum(z *lanes, features *sparse) {
	for b, state := range m.state {
		num.ProximalSum(bank(z, b), state, features.at, features.x)
		for h, bias := range state[m.width].W {
			z[b*num.Lanes+h] += bias
		}
	}
}

// descend turns the logits of an example into the gradient by them.
func (m *linear) descend(z *lanes, l *lesson, i int, counted system.Labels) {
	num.SigmoidSlice32(z[:len(m.state)*num.Lanes], z[:len(m.state)*num.Lanes])
	clear(z[m.out:])
	l.slope(z[:m.out], i, counted)
}

// step learns from the gradient by the logits. The base rate is not penalised.
func (m *linear) step(g *lanes, features *sparse) {
	free := m.rates
	free.L1, free.L2 = 0, 0
	for b, state := range m.state {
		num.ProximalStep(state, features.at, features.x, bank(g, b), &m.rates)
		num.ProximalStep(state[m.width:], []int32{0}, []float32{1}, bank(g, b), &free)
	}
}

// pack copies the weights to where they serve.
func (m *linear) pack() {
	for b, state := range m.state {
		first := b * num.Lanes
		for i := range m.width {
			copy(m.weights[i*m.out+first:(i+1)*m.out], state[i].W[:])
		}
		copy(m.bias[first:], state[m.width].W[:])
	}
}

func (m *linear) hash() uint64 { return fold(fold(basis, m.weights), m.bias) }

// sparse lists the features of an example that are not zero.
type sparse struct {
	at     []int32
	x      []float32
	places []int32   // buffer of at
	values []float32 // buffer of x
}

func newSparse(width int) *sparse {
	return &sparse{places: make([]int32, width), values: make([]float32, width)}
}

// read lists the features of a row. It writes every place and moves on only
// past those to keep, because a branch that luck decides is guessed wrongly.
func (s *sparse) read(row []float32) {
	places, values := s.places[:len(row)], s.values[:len(row)]
	n := 0
	for i, x := range row {
		places[n], values[n] = int32(i), x
		kept := 0
		if math.Float32bits(x)<<1 != 0 { // x != 0, by way of integers
			kept = 1
		}
		n += kept
	}
	s.at, s.x = places[:n], values[:n]
}
