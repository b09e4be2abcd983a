package ranking

import (
	"cmp"
	"slices"

	"feedloop/sim/num"
)

// curve is a rising line through knots, on the log-odds; beyond the last knots
// it goes on with slope one. The empty curve is no change.
//
// Isotonic regression gives steps, and all candidates on a step would tie. So a
// step counts as one knot, in its middle, and between the knots the curve rises:
// it keeps the order of candidates, and where the data say nothing of the order
// it keeps the model's.
type curve struct{ x, y []float32 }

// at returns the curve's value.
func (c *curve) at(z float32) float32 {
	last := len(c.x) - 1
	switch {
	case last < 0 || z != z:
		return z
	case z <= c.x[0]:
		return c.y[0] + (z - c.x[0])
	case z >= c.x[last]:
		return c.y[last] + (z - c.x[last])
	}
	i := 1
	for z > c.x[i] {
		i++
	}
	part := (z - c.x[i-1]) / (c.x[i] - c.x[i-1])
	return c.y[i-1] + float32(part*(c.y[i]-c.y[i-1]))
}

// Rows go into steps of equal size before they are pooled: no more than mostSteps,
// and none of fewer than leastRows, because a rate of fewer rows is noise.
const (
	mostSteps = 32
	leastRows = 50
)

// step is a run of rows with neighbouring log-odds.
type step struct{ z, rate, n float64 }

// isotonic returns the curve from log-odds z to those of what came true, y. Each
// step also counts prior rows that came true as was said before, so that no step
// is sure.
func isotonic(z, y, said []float64) curve {
	order := make([]int, len(z))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(z[i], z[j]), cmp.Compare(i, j)) })
	size := max(leastRows, (len(z)+mostSteps-1)/mostSteps)
	var steps []step
	for from := 0; from < len(order); {
		to := from + size
		if len(order)-to < size {
			to = len(order)
		}
		for to < len(order) && z[order[to]] == z[order[to-1]] {
			to++
		}
		s := step{n: float64(to-from) + prior}
		predicted, positive := 0.0, 0.0
		for _, i := range order[from:to] {
			s.z += z[i] / float64(to-from)
			predicted += said[i] / float64(to-from)
			positive += y[i]
		}
		s.rate = (positive + float64(prior*predicted)) / s.n
		steps = append(steps, s)
		from = to
	}
	var c curve
	for _, s := range pool(steps) {
		c.x, c.y = append(c.x, float32(s.z)), append(c.y, float32(num.Logit(s.rate)))
	}
	c.level(z, y)
	return c
}

// level moves the curve up or down until as much is promised as came true. Steps
// do so by themselves; a line from knot to knot promises more than a step where
// probabilities are small, because they bend upwards there.
func (c *curve) level(z, y []float64) {
	for range 5 {
		short, slope := 0.0, prior*0.25
		for i, x := range z {
			p := num.Sigmoid(float64(c.at(float32(x))))
			short += y[i] - p
			slope += p * (1 - p)
		}
		for i := range c.y {
			c.y[i] += float32(short / slope)
		}
	}
}

// pool merges neighbouring steps until their rates rise from each to the next:
// the pool-adjacent-violators algorithm (Ayer et al., 1955), whose result is the
// rising sequence with the least squared distance to the rates.
func pool(steps []step) []step {
	var out []step
	for _, s := range steps {
		for len(out) > 0 && out[len(out)-1].rate >= s.rate {
			before := out[len(out)-1]
			out = out[:len(out)-1]
			n := before.n + s.n
			s = step{
				z:    (float64(before.z*before.n) + float64(s.z*s.n)) / n,
				rate: (float64(before.rate*before.n) + float64(s.rate*s.n)) / n, n: n,
			}
		}
		out = append(out, s)
	}
	return out
}
