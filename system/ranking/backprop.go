package ranking

import (
	"feedloop/sim/num"
	"feedloop/system"
)

// learn takes AdaGrad's steps over batches of examples; the last may be short.
func (m *network) learn(l *lesson) {
	if !m.learned {
		m.start(l)
	}
	p := newPass(m, l)
	for i := range l.Rows {
		counted, counts := l.counted(i)
		if !counts {
			continue
		}
		p.add(i, counted)
		if p.n == m.config.Batch {
			p.step()
		}
	}
	if p.n > 0 {
		p.step()
	}
}

// start sets the outputs to the base rates of the first data. Small steps from
// even odds would take all of it to get to a head that comes true in one of a
// hundred impressions.
func (m *network) start(l *lesson) {
	m.learned = true
	var positives, all [banks * num.Lanes]float64
	for i := range l.Rows {
		counted, _ := l.counted(i)
		for h := range system.Heads {
			if counted.Has(h) {
				positives[h] += float64(l.Rows[i].Labels.Of(h))
				all[h]++
			}
		}
		if l.watch != nil {
			positives[heads] += float64(l.watch[i])
			all[heads]++
		}
	}
	bias := m.layers[len(m.layers)-1].bias
	for h := range bias {
		bias[h] = float32(num.Logit((positives[h] + 1) / (all[h] + 2))) // one of each is lent
	}
}

// pass is a pass of training: a batch, its activations and their gradients.
type pass struct {
	network *network
	lesson  *lesson
	n       int   // examples in the batch
	rows    []int // their numbers
	counted []system.Labels
	outputs [][]float32 // by layer, the first are the features: examples x width
	slopes  [][]float32 // by layer, the gradient by its outputs
	// Buffers for the gradient of a layer's weights and bias, and for its weights
	// the other way round.
	weights, bias, turned []float32
}

func newPass(m *network, l *lesson) *pass {
	batch, first := m.config.Batch, &m.layers[0]
	p := &pass{
		network: m, lesson: l, rows: make([]int, batch), counted: make([]system.Labels, batch),
		outputs: [][]float32{make([]float32, batch*first.in)}, slopes: [][]float32{nil},
	}
	for i := range m.layers {
		l := &m.layers[i]
		p.outputs = append(p.outputs, make([]float32, batch*l.out))
		p.slopes = append(p.slopes, make([]float32, batch*l.out))
		sized(&p.weights, l.in*l.out)
		sized(&p.bias, l.out)
		sized(&p.turned, l.in*l.out)
	}
	return p
}

// add puts row i of the lesson into the batch.
func (p *pass) add(i int, counted system.Labels) {
	p.rows[p.n], p.counted[p.n] = i, counted
	row := p.lesson.Row(i)
	copy(p.outputs[0][p.n*len(row):], row)
	p.n++
}

// step learns from the batch and empties it.
func (p *pass) step() {
	p.forward()
	p.errors()
	for i := len(p.network.layers) - 1; i >= 0; i-- {
		if i > 0 {
			p.back(i)
		}
		p.update(i)
	}
	p.n = 0
}

// forward computes all outputs.
func (p *pass) forward() {
	layers := p.network.layers
	for i := range layers {
		l := &layers[i]
		out := p.outputs[i+1][:p.n*l.out]
		l.forward(out, p.outputs[i][:p.n*l.in], p.n)
		if i < len(layers)-1 {
			num.Rectify(out, l.bias, p.n)
		} else {
			num.AddBias(out, l.bias, p.n)
		}
	}
}

// errors computes the gradient of the batch's mean log-loss by the logits.
func (p *pass) errors() {
	last := len(p.slopes) - 1
	out := p.network.outputs()
	g := p.slopes[last][:p.n*out]
	num.SigmoidSlice32(g, p.outputs[last][:p.n*out])
	for i := range p.n {
		p.lesson.slope(g[i*out:(i+1)*out], p.rows[i], p.counted[i])
	}
	scale := 1 / float32(p.n)
	for i := range g {
		g[i] *= scale
	}
}

// back takes the gradient by the outputs of layer i to the outputs of the layer
// below. The weights are turned round first: a product of rows by columns is
// three times as fast as one of rows by rows.
func (p *pass) back(i int) {
	l := &p.network.layers[i]
	turned := p.turned[:l.in*l.out]
	for r := range l.in {
		for c, w := range l.weights[r*l.out : (r+1)*l.out] {
			turned[c*l.in+r] = w
		}
	}
	below := p.slopes[i][:p.n*l.in]
	num.MatMul(below, p.slopes[i+1][:p.n*l.out], turned, p.n, l.out, l.in)
	num.RectifyBack(below, p.outputs[i][:p.n*l.in])
}

// update takes a step on layer i.
func (p *pass) update(i int) {
	l := &p.network.layers[i]
	g := p.slopes[i+1][:p.n*l.out]
	weights, bias := p.weights[:l.in*l.out], p.bias[:l.out]
	num.MatMulTransA(weights, p.outputs[i][:p.n*l.in], g, l.in, p.n, l.out)
	num.SumRows(bias, g, p.n)
	alpha, beta := float32(p.network.config.Alpha), float32(p.network.config.Beta)
	num.AdaGrad(l.weights, l.weightSums, weights, alpha, beta)
	num.AdaGrad(l.bias, l.biasSums, bias, alpha, beta)
}
