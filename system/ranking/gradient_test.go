package ranking

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"feedloop/sim/num"
	"feedloop/system"
)

// plain makes every optimiser plain gradient descent with a rate of one: alpha /
// (beta + root) is 1 up to 1e-6, so what a weight has moved is its gradient.
func plain(f Family) Config {
	c := ofFamily(f)
	c.FTRL = FTRL{Alpha: 1e6, Beta: 1e6}
	c.FM = Machine{Spread: .5, Alpha: 1e6, Beta: 1e6}
	c.MLP = Network{Hidden: []int{7, 5}, Batch: 4, Alpha: 1e6, Beta: 1e6}
	return c
}

// parameters lists what a model has learned, by reference.
func parameters(m model) (list []*float32) {
	each := func(numbers []float32) {
		for i := range numbers {
			list = append(list, &numbers[i])
		}
	}
	switch m := m.(type) {
	case *linear:
		for b, state := range m.state {
			for i := range state {
				each(state[i].W[:min(m.out-b*num.Lanes, num.Lanes)])
			}
		}
	case *machine:
		list = parameters(m.first)
		for i := range m.state {
			each(m.state[i].V[:])
		}
		for b := range m.mix {
			for f := range factors {
				each(m.mix[b][f*num.Lanes:][:min(m.first.out-b*num.Lanes, num.Lanes)])
			}
		}
	case *network:
		for i := range m.layers {
			each(m.layers[i].weights)
			each(m.layers[i].bias)
		}
	}
	return list
}

// loss is the mean over the examples of the log-loss of all outputs, from its
// definition.
func loss(m model, l *lesson) (sum float64) {
	if p, ok := m.(interface{ pack() }); ok {
		p.pack()
	}
	z := make([]float32, len(l.Rows)*m.outputs())
	m.logits(z, l.Features, len(l.Rows), &scratch{})
	for i := range l.Rows {
		e, row := &l.Rows[i], z[i*m.outputs():(i+1)*m.outputs()]
		chance := 1.0
		if l.looked != nil {
			chance = float64(l.looked.chance[e.Position])
		}
		for h := range system.Heads {
			p := chance * num.Sigmoid(float64(row[h]))
			if !e.Labels.Has(h) {
				p = 1 - p
			}
			sum -= num.Log(p)
		}
		if l.watch != nil && (l.looked == nil || e.Watch > 0) {
			p, y := num.Sigmoid(float64(row[watch])), float64(l.watch[i])
			sum -= y*num.Log(p) + (1-y)*num.Log(1-p)
		}
	}
	return sum / float64(len(l.Rows))
}

// lessons are the ways of reading examples, each of which has its own loss.
func lessons(data system.Examples) map[string]*lesson {
	all := sampling{testSource, 1}
	watched, looked := make([]float32, len(data.Rows)), newExamination()
	for i := range data.Rows {
		watched[i] = float32(i%4) / 4
		data.Rows[i].Watch, data.Rows[i].Position = watched[i], uint8(i%3)
	}
	looked.chance[1], looked.chance[2] = .7, .3
	return map[string]*lesson{
		"plain":    {Examples: data, take: all},
		"watch":    {Examples: data, take: all, watch: watched},
		"examined": {Examples: data, take: all, watch: watched, looked: looked},
	}
}

// Central differences are off by the third derivative times step²/6, below 1e-5,
// and by the rounding of single-precision logits over the step, some 3e-4 here.
// A network has kinks; none lies within a step of this one.
func TestGradientsAgreeWithDifferences(t *testing.T) {
	byFamily(t, func(t *testing.T, family Family) {
		for name, all := range lessons(interacting(6).examples(20, 8)) {
			c := plain(family)
			if all.watch != nil {
				one := 1.0
				c.Value.Watch = &one
			}
			m := newModel(c, testSource, 6)
			m.learn(all.slice(0, 4)) // away from zero
			batch := all.slice(4, 5)
			if family == MLP {
				batch = all.slice(4, 8)
			}
			after := m.clone()
			after.learn(batch)
			largest := 0.0
			moved := parameters(after)
			for i, w := range parameters(m) {
				const step = 1. / 512
				before := *w
				*w = before + step
				up := loss(m, batch)
				*w = before - step
				down := loss(m, batch)
				*w = before
				gradient := (up - down) / (2 * step)
				largest = max(largest, gradient)
				assert.InDelta(t, gradient, before-*moved[i], 1e-3, "%s, parameter %d", name, i)
			}
			assert.Greater(t, largest, .1, "nothing was checked")
		}
	})
}
