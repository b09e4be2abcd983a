package ranking

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/evaluate"
)

// Re-calibration for negative sampling, the published pair: p .5, w .1.
func TestNegativeSamplingIsUndone(t *testing.T) {
	l := newLayer(.1)
	z := make([]float32, heads)
	l.apply(z, heads)
	for _, x := range z {
		assert.InDelta(t, .0909091, num.Sigmoid32(x), 1e-7)
	}
	wide := make([]float32, most)
	l.apply(wide, most)
	assert.Zero(t, wide[watch], "the watch has no negatives")
	p, w := .3, .25 // any other pair, by the formula
	l = newLayer(w)
	z[0] = float32(num.Logit(p))
	l.apply(z, heads)
	assert.InDelta(t, p/(p+(1-p)/w), num.Sigmoid32(z[0]), 1e-7)
}

func TestALayerThatIsOffLeavesTheBits(t *testing.T) {
	l := newLayer(1)
	z := []float32{1.1, -2.2, 0, 3, 4, 5, 6, 7}
	l.apply(z, heads)
	assert.Equal(t, []float32{1.1, -2.2, 0, 3, 4, 5, 6, 7}, z)
	assert.EqualValues(t, 99, l.hash(99))
}

// Log-odds that are too large by half, and off by one, are put right. The
// standard errors of slope and offset over 20,000 rows are below .02; the prior
// pulls by less.
func TestPlattFindsTheLine(t *testing.T) {
	w := additive(8)
	data := w.examples(0, 20_000)
	l := newLayer(1)
	for h := range heads {
		z, y := make([]float64, len(data.Rows)), make([]float64, len(data.Rows))
		for i := range data.Rows {
			z[i] = 1.5*w.logit(data.Row(i), h) + 1
			y[i] = float64(data.Rows[i].Labels.Of(system.Head(h)))
		}
		l.fit(Platt, h, z, y)
		assert.InDelta(t, 1/1.5, l.slope[h], .06, system.Head(h).String())
		assert.InDelta(t, -1/1.5, l.offset[h], .1, system.Head(h).String())
	}
}

// Without positives the likelihood has no maximum; the prior keeps the line.
func TestPlattKeepsItsHeadWithoutPositives(t *testing.T) {
	z, y := make([]float64, 100), make([]float64, 100)
	for i := range z {
		z[i] = float64(i%7) - 3
	}
	l := newLayer(1)
	l.fit(Platt, 0, z, y)
	assert.InDelta(t, 1, l.slope[0], 2)
	assert.InDelta(t, 0, l.offset[0], 4)
	before := l
	l.fit(Platt, 0, nil, nil)
	assert.Equal(t, before, l, "no rows, no news")
}

// Thirty trainings of 400 rows, of which twenty come true: alone, the offset of the
// last one would have a standard error of .23. With what is remembered it rests on
// some 4,000 rows, of which two hundred come true: three standard errors are .21 for the line, and the curve's
// middle has about a third of the rows.
func TestLayersRemember(t *testing.T) {
	for _, way := range []Calibration{Platt, Isotonic} {
		l, draws := newLayer(1), uint64(0)
		for range 30 {
			var z, y []float64
			for range 400 {
				draws++
				u, v := testSource.Uniforms(plantedPurpose, draws, 7777)
				x := rng.Normal(u, -3, .5)
				z, y = append(z, x), append(y, 0)
				if v < num.Sigmoid(x+.1) {
					y[len(y)-1] = 1
				}
			}
			l.fit(way, 0, z, y)
			l.remember(len(z))
		}
		assert.InDelta(t, -2.9, l.at(0, -3), map[Calibration]float64{Platt: .21, Isotonic: .36}[way], way)
		assert.InDelta(t, 3600*(1-math.Pow(.9, 30)), l.remembered, 1e-6)
	}
}

// Predictions of a model that saw a fifth of the negatives promise what comes
// true: within four standard errors of some 3,000 positives, and of what a rate
// of .3 leaves to the last steps.
func TestSampledTrainingIsCalibrated(t *testing.T) {
	w := additive(8)
	data, held := w.examples(0, 40_000), w.examples(40_000, 10_000)
	ratio := func(c Config, h int) float64 {
		r := trained(c, data)
		p := make([]float32, len(held.Rows)*heads)
		r.serving.predict(p, held.Features, len(held.Rows), &scratch{})
		bins := evaluate.NewCalibration(10)
		for i := range held.Rows {
			bins.Add(float64(p[i*heads+h]), held.Rows[i].Labels.Has(system.Head(h)))
		}
		return bins.Ratio()
	}
	for _, family := range families {
		c := ofFamily(family)
		c.Negatives = .2
		assert.InDelta(t, 1, ratio(c, int(system.Like)), .1, family)
		for _, c.Calibration = range []Calibration{Platt, Isotonic} {
			assert.InDelta(t, 1, ratio(c, int(system.Like)), .1, "%s %s", family, c.Calibration)
		}
		c.Calibration = Raw
		assert.Greater(t, ratio(c, int(system.Like)), 1.5, family)
	}
}

// Every row has a feature of its own, of which a model that has learned from the
// row knows the outcome by heart, and any other knows nothing. The layer is fitted
// to what the model says of rows that it has not learned from, so that what it says
// by heart is no reason to believe it more; the newest tenth is among them.
func TestLayersAreFittedToRowsNotYetLearned(t *testing.T) {
	const n = 400
	data := system.Examples{Width: n}
	for i := range n {
		row := make([]float32, n)
		row[i] = 1
		e := system.Example{Person: system.PersonID(i), Post: system.PostID(i)}
		if i%2 == 0 {
			e.Labels = every
		}
		data.Rows, data.Features = append(data.Rows, e), append(data.Features, row...)
	}
	c := ofFamily(Linear)
	c.Calibration, c.FTRL = Platt, FTRL{Alpha: 5, Beta: 1}
	r := trained(c, data)
	z := make([]float32, n*heads)
	r.serving.logits(z, data.Features, n, &scratch{})
	for h := range heads {
		assert.Greater(t, z[0*heads+h]-z[1*heads+h], float32(2), "known by heart")
		assert.InDelta(t, 1, r.serving.layer.slope[h], .3, "and not believed for it")
	}
}

func TestSamplingKeepsPositivesAndItsShare(t *testing.T) {
	s, kept, both, n := sampling{testSource, .3}, 0, 0, 20_000
	for i := range n {
		e := system.Example{Person: system.PersonID(i), Post: 3, Labels: system.Labels(0).With(system.Like)}
		counted := s.of(&e)
		assert.True(t, counted.Has(system.Like))
		assert.Equal(t, counted, s.of(&e), "the same impression draws the same")
		if counted.Has(system.Hide) {
			kept++
			if counted.Has(system.Report) {
				both++
			}
		}
	}
	assert.InDelta(t, .09, float64(both)/float64(n), .008, "each head draws for itself; four standard errors")
	assert.InDelta(t, .3, float64(kept)/float64(n), .013) // four standard errors
	assert.Equal(t, every, sampling{testSource, 1}.of(&system.Example{}))
}
