package ranking

import (
	"fmt"
	"math"
	"slices"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
)

// Network describes the neural network.
type Network struct {
	// Hidden are the widths of the layers that all heads share. Default [64, 32],
	// 1 to 8 layers of 1 to 4096.
	Hidden []int `yaml:"hidden"`
	// Batch is the number of examples in a step. Default 8, 1 to 4096.
	Batch int `yaml:"batch"`
	// Alpha and Beta set AdaGrad's rate alpha / (beta + sqrt(sum of squared
	// gradients)). Defaults 0.05 and 0.1.
	Alpha float64 `yaml:"alpha"`
	Beta  float64 `yaml:"beta"`
}

func (c Network) check() error {
	var v sim.Check
	v.That(len(c.Hidden) >= 1 && len(c.Hidden) <= 8, "hidden", fmt.Sprint(len(c.Hidden), " layers"), "1 to 8 layers")
	for i, n := range c.Hidden {
		v.That(n >= 1 && n <= 4096, fmt.Sprintf("hidden[%d]", i), n, "1 to 4096")
	}
	v.That(c.Batch >= 1 && c.Batch <= 4096, "batch", c.Batch, "1 to 4096")
	v.That(c.Alpha > 0 && c.Alpha <= 10, "alpha", c.Alpha, "more than 0, at most 10")
	v.That(c.Beta > 0, "beta", c.Beta, "more than 0")
	return v.Err()
}

// network is a multi-layer perceptron: hidden layers of rectified linear units
// that all heads share, and on top a linear output for each.
//
//	features ─▶ hidden ─▶ hidden ─┬▶ play
//	                              ├▶ long view
//	                              └▶ …
type network struct {
	config  Network
	layers  []dense
	learned bool // from a first pass
}

// dense is a layer: outputs = inputs weights + bias.
type dense struct {
	in, out       int
	weights, bias []float32 // weights are in x out
	// AdaGrad's sums for both.
	weightSums, biasSums []float32
}

var networkPurpose = rng.NewPurpose("ranking.weights.mlp")

// newNetwork draws the initial weights of hidden layers with variance 2 / inputs,
// which keeps the size of signals from layer to layer (He et al., ICCV 2015). The
// heads start at zero: at first they know the base rates and nothing more.
func newNetwork(c Network, src rng.Source, width, outputs int) *network {
	m := &network{config: c}
	in := width
	for i, out := range c.Hidden {
		l := newDense(in, out)
		spread := math.Sqrt(2 / float64(in))
		for j := range l.weights {
			u := src.Uniform(networkPurpose, uint64(i)<<32|uint64(j), 0)
			l.weights[j] = float32(rng.Normal(u, 0, spread))
		}
		m.layers = append(m.layers, l)
		in = out
	}
	m.layers = append(m.layers, newDense(in, outputs))
	return m
}

func (m *network) outputs() int { return m.layers[len(m.layers)-1].out }

func newDense(in, out int) dense {
	return dense{
		in: in, out: out, weights: make([]float32, in*out), bias: make([]float32, out),
		weightSums: make([]float32, in*out), biasSums: make([]float32, out),
	}
}

func (m *network) clone() model {
	c := *m
	c.layers = slices.Clone(m.layers)
	for i := range c.layers {
		l := &c.layers[i]
		l.weights, l.bias = slices.Clone(l.weights), slices.Clone(l.bias)
		l.weightSums, l.biasSums = slices.Clone(l.weightSums), slices.Clone(l.biasSums)
	}
	return &c
}

func (m *network) logits(dst, rows []float32, n int, s *scratch) {
	here, next := &s.a, &s.b
	last := len(m.layers) - 1
	for i := range m.layers[:last] {
		l := &m.layers[i]
		out := sized(next, n*l.out)
		l.forward(out, rows, n)
		num.Rectify(out, l.bias, n)
		rows, here, next = out, next, here
	}
	m.layers[last].forward(dst, rows, n)
	num.AddBias(dst, m.layers[last].bias, n)
}

// forward sets dst to the outputs for n rows, without the bias.
func (l *dense) forward(dst, rows []float32, n int) {
	num.MatMul(dst, rows, l.weights, n, l.in, l.out)
}

// work counts a forward pass, twice as much for the way back, and 8 for the
// update of a weight once a batch.
func (m *network) work() (score, learn int) {
	for i := range m.layers {
		score += m.layers[i].in * m.layers[i].out
	}
	return score, 3*score + 8*score/m.config.Batch
}

func (m *network) hash() uint64 {
	h := basis
	for i := range m.layers {
		h = fold(fold(h, m.layers[i].weights), m.layers[i].bias)
	}
	return h
}
