package ranking

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/evaluate"
)

var (
	testSource     = rng.New(1, 0)
	plantedPurpose = rng.NewPurpose("ranking.test.planted")
	teacherPurpose = rng.NewPurpose("ranking.test.teacher")
)

// planted is a world whose truth is known: the log-odds of every head.
type planted struct {
	width int
	logit func(row []float32, h int) float64
}

// normal draws a parameter of the truth.
func normal(what, i int) float64 {
	return rng.Normal(testSource.Uniform(teacherPurpose, uint64(what), uint64(i)), 0, 1)
}

// normals draws n of them.
func normals(what, n int) (out []float64) {
	for i := range n {
		out = append(out, normal(what, i))
	}
	return out
}

// examples draws n examples from the number first on: features are standard
// normal, and half of them are zero.
func (w planted) examples(first, n int) system.Examples {
	d := system.Examples{Width: w.width}
	for i := first; i < first+n; i++ {
		for j := range w.width {
			u, v := testSource.Uniforms(plantedPurpose, uint64(i), uint64(j))
			x := float32(0)
			if u < .5 {
				x = float32(rng.Normal(v, 0, 1))
			}
			d.Features = append(d.Features, x)
		}
		e := system.Example{Person: system.PersonID(i), Post: system.PostID(i)}
		for h := range heads {
			p := num.Sigmoid(w.logit(d.Features[len(d.Features)-w.width:], h))
			if testSource.Uniform(plantedPurpose, uint64(i), uint64(1000+h)) < p {
				e.Labels = e.Labels.With(system.Head(h))
			}
		}
		d.Rows = append(d.Rows, e)
	}
	return d
}

// additive is a world of weights.
func additive(width int) planted {
	weights := normals(1, width*heads)
	return planted{width, func(row []float32, h int) float64 {
		z := float64(-h) / 2
		for i, x := range row {
			z += weights[i*heads+h] / 2 * float64(x)
		}
		return z
	}}
}

// interacting is a world of weights and of pairs, in which the heads share the
// factors and mix them differently.
func interacting(width int) planted {
	const k = 3
	loadings, mix := normals(2, width*k), normals(3, k*heads)
	return planted{width, func(row []float32, h int) float64 {
		z := float64(-h)/2 + float64(row[0])/2
		for f := range k {
			sum, squares := 0.0, 0.0
			for i, x := range row {
				t := loadings[i*k+f] / 2 * float64(x)
				sum += t
				squares += t * t
			}
			z += mix[f*heads+h] * (sum*sum - squares) / 2
		}
		return z
	}}
}

// bent is a world of rectified units.
func bent(width int) planted {
	const units = 4
	offsets, weights, mix := normals(4, units), normals(5, units*width), normals(6, units*heads)
	return planted{width, func(row []float32, h int) float64 {
		z := float64(-h) / 2
		for u := range units {
			sum := offsets[u] / 2
			for i, x := range row {
				sum += weights[u*width+i] * float64(x)
			}
			z += mix[u*heads+h] * max(sum, 0)
		}
		return z
	}}
}

// trained returns a ranker of the family that has learned data and serves.
func trained(c Config, data system.Examples) *Ranker {
	r := NewRanker(c, testSource, data.Width, nil)
	_, fit := r.Begin(data)
	a := fit()
	a.Version = 1
	r.Deploy(&a)
	return r
}

// teach is a pass over all of the data, without a watch.
func teach(m model, data system.Examples) {
	m.learn(&lesson{Examples: data, take: sampling{testSource, 1}})
}

func ofFamily(f Family) Config {
	c := DefaultConfig()
	c.Family = f
	return c
}

// normalised returns the entropy of a head under the ranker and under the truth.
func (w planted) normalised(r *Ranker, data system.Examples, h int) (model, bayes float64) {
	var m, b evaluate.Entropy
	p := make([]float32, len(data.Rows)*heads)
	r.serving.predict(p, data.Features, len(data.Rows), &scratch{})
	for i := range data.Rows {
		y := data.Rows[i].Labels.Has(system.Head(h))
		m.Add(float64(p[i*heads+h]), y)
		b.Add(num.Sigmoid(w.logit(data.Row(i), h)), y)
	}
	return m.Normalized(), b.Normalized()
}

// A family comes within 2 % of the best possible entropy on a world that it can
// represent, on rows it has not seen; and a world that it cannot represent shows
// that the test can fail.
func TestPlantedWorldsAreLearned(t *testing.T) {
	for _, c := range []struct {
		family Family
		name   string
		world  planted
		rows   int
		beyond Family // cannot represent the world
	}{
		{Linear, "weights", additive(12), 50_000, ""},
		{FM, "weights", additive(12), 50_000, ""},
		{MLP, "weights", additive(12), 100_000, ""},
		{FM, "pairs", interacting(12), 100_000, Linear},
		{MLP, "bends", bent(6), 300_000, Linear},
	} {
		t.Run(fmt.Sprint(c.family, " ", c.name), func(t *testing.T) {
			data, held := c.world.examples(0, c.rows), c.world.examples(c.rows, 20_000)
			r := trained(ofFamily(c.family), data)
			for h := range heads {
				model, bayes := c.world.normalised(r, held, h)
				assert.Less(t, model/bayes, 1.02, "%s by %s: %.4f against %.4f", system.Head(h), c.family, model, bayes)
			}
			if c.beyond != "" {
				model, bayes := c.world.normalised(trained(ofFamily(c.beyond), data), held, 0)
				assert.Greater(t, model/bayes, 1.05, "%s must not be able to do this", c.beyond)
			}
		})
	}
}

// Ten passes over 5,000 rows find the planted weights within their standard errors:
// one over the root of the information that the rows hold about each. Of the
// maximum of likelihood, 104 distances in such units have a root mean square of 1
// within .07, and none is beyond 4. FTRL's steps, which never end, may add a half to
// their squares. Without sampled negatives and with, which only takes information.
func TestPlantedWeightsAreRecovered(t *testing.T) {
	w := additive(12)
	data := w.examples(0, 5000)
	for _, share := range []float64{1, .5} {
		c := ofFamily(Linear)
		c.FTRL.L2 = 0 // a penalty pulls towards zero
		m := newModel(c, testSource, w.width).(*linear)
		take := sampling{testSource, share}
		for range 10 {
			m.learn(&lesson{Examples: data, take: take})
		}
		var information, found, planted [heads][13]float64
		for h := range heads {
			for i := range w.width {
				found[h][i], planted[h][i] = float64(m.weights[i*heads+h]), normal(1, i*heads+h)/2
			}
			found[h][12], planted[h][12] = float64(m.bias[h]), float64(-h)/2-num.Log(share)
		}
		for i := range data.Rows {
			counted := take.of(&data.Rows[i])
			for h := range heads {
				if p := num.Sigmoid(w.logit(data.Row(i), h) - num.Log(share)); counted.Has(system.Head(h)) {
					for j, x := range data.Row(i) {
						information[h][j] += p * (1 - p) * float64(x*x)
					}
					information[h][12] += p * (1 - p)
				}
			}
		}
		squares := 0.0
		for h := range heads {
			for i := range found[h] {
				z := (found[h][i] - planted[h][i]) * math.Sqrt(information[h][i])
				assert.Less(t, math.Abs(z), 4., "weight %d of %s", i, system.Head(h))
				squares += z * z
			}
		}
		assert.InDelta(t, 1, math.Sqrt(squares/(13*float64(heads))), .25, "share %g", share)
	}
}

// Penalties that leave no weight leave the base rates: 10,000 rows know them to
// .02 of log-odds at the least, and the last steps of one pass move by as much.
func TestPenaltiesSpareTheBaseRates(t *testing.T) {
	data := additive(4).examples(0, 10_000)
	for _, x := range []FTRL{{Alpha: .3, Beta: 1, L1: 1e6}, {Alpha: .3, Beta: 1, L2: 1e6}} {
		c := ofFamily(Linear)
		c.FTRL = x
		m := trained(c, data).serving.model.(*linear)
		for h := range heads {
			positives := 0.0
			for i := range data.Rows {
				positives += float64(data.Rows[i].Labels.Of(system.Head(h)))
			}
			assert.InDelta(t, num.Logit(positives/10_000), m.bias[h], .15, system.Head(h))
			for i := range 4 {
				assert.InDelta(t, 0, m.weights[i*heads+h], .01)
			}
		}
	}
}

// families are all that learn.
var families = []Family{Linear, FM, MLP}

func byFamily(t *testing.T, f func(t *testing.T, family Family)) {
	for _, family := range families {
		t.Run(fmt.Sprint(family), func(t *testing.T) { f(t, family) })
	}
}
