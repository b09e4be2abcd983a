package ranking

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"feedloop/sim/num"
	"feedloop/system"
)

// plain makes every optimiser plain gradient descent: alpha / (beta + root) is a
// tenth up to 1e-6 of it, so ten times what a weight has moved is its gradient.
func plain(f Family) Config {
	c := ofFamily(f)
	c.FTRL = FTRL{Alpha: 1e5, Beta: 1e6}
	c.FM = Machine{Spread: .5, Alpha: 1e5, Beta: 1e6}
	c.MLP = Network{Hidden: []int{7, 5}, Batch: 4, Alpha: 1e5, Beta: 1e6}
	return c
}

// parameters lists what a model has learned, by reference and array.
func parameters(m model) (arrays [][]*float32) {
	each := func(numbers []float32) (list []*float32) {
		for i := range numbers {
			list = append(list, &numbers[i])
		}
		return list
	}
	switch m := m.(type) {
	case *linear:
		for b, state := range m.state {
			var list []*float32
			for i := range state {
				list = append(list, each(state[i].W[:min(m.out-b*num.Lanes, num.Lanes)])...)
			}
			arrays = append(arrays, list)
		}
	case *machine:
		var list []*float32
		for i := range m.state {
			list = append(list, each(m.state[i].V[:])...)
		}
		arrays = append(parameters(m.first), list)
		for b := range m.mix {
			list = nil
			for f := range factors {
				list = append(list, each(m.mix[b][f*num.Lanes:][:min(m.first.out-b*num.Lanes, num.Lanes)])...)
			}
			arrays = append(arrays, list)
		}
	case *network:
		for i := range m.layers {
			arrays = append(arrays, each(m.layers[i].weights), each(m.layers[i].bias))
		}
	}
	return arrays
}

// crowded returns n examples of which most features are there.
func crowded(w planted, n int) system.Examples {
	out := system.Examples{Width: w.width}
	for first := 20; len(out.Rows) < n; first++ {
		one, there := w.examples(first, 1), 0
		for _, x := range one.Features {
			if x != 0 {
				there++
			}
		}
		if there > w.width/2 {
			out.Rows, out.Features = append(out.Rows, one.Rows...), append(out.Features, one.Features...)
		}
	}
	return out
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
		watched[i] = float32(i%3) / 3
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
// A network has kinks; none lies within a step of this one. Every array of
// parameters has a gradient that is no zero: an example of one feature, say, has no
// pairs, and would let every gradient of a factor pass.
func TestGradientsAgreeWithDifferences(t *testing.T) {
	byFamily(t, func(t *testing.T, family Family) {
		for name, all := range lessons(crowded(interacting(6), 8)) {
			c := plain(family)
			if all.watch != nil {
				one := 1.0
				c.Value.Watch = &one
			}
			m := newModel(c, testSource, 6)
			for range 10 {
				m.learn(all.slice(0, 4)) // away from zero
			}
			batch := all.slice(5, 6)
			if family == MLP {
				batch = all.slice(4, 8)
			}
			after := m.clone()
			after.learn(batch)
			moved := parameters(after)
			for array, ws := range parameters(m) {
				largest := 0.0
				for i, w := range ws {
					const step = 1. / 512
					before := *w
					*w = before + step
					up := loss(m, batch)
					*w = before - step
					down := loss(m, batch)
					*w = before
					gradient := (up - down) / (2 * step)
					largest = max(largest, math.Abs(gradient))
					assert.InDelta(t, gradient, 10*(before-*moved[array][i]), 1e-3, "%s, array %d, parameter %d", name, array, i)
				}
				assert.Greater(t, largest, .005, "%s, array %d: nothing was checked", name, array)
			}
		}
	})
}
