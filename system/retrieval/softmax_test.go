package retrieval

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Yi et al. (2019), algorithm 2, worked out by hand: alpha .1, the gap begins at
// 100, hits at steps 10, 20, 30 and 35.
func TestFrequencyGolden(t *testing.T) {
	f := frequency{alpha: 0.1, initial: 100, gap: []float64{100}, last: []int{0}}
	for i, want := range []float64{91, 82.9, 75.61, 68.549} {
		f.step = []int{10, 20, 30, 35}[i]
		f.hit(0)
		assert.InDelta(t, want, f.gap[0], 1e-12)
	}
	f.hit(2)
	assert.Equal(t, 90., f.gap[2], "a newcomer is as old as its first batch: 100 + .1 (0 - 100)")
}

// A post that is in every g-th batch is believed to have a gap of g: the moving
// average forgets what it began with at .9 a hit, 1e-9 of 100 after 200.
func TestFrequencyFindsTheGap(t *testing.T) {
	for _, g := range []int{1, 7, 40} {
		f := frequency{alpha: 0.1, initial: 100}
		for range 240 {
			f.step += g
			f.hit(5)
		}
		assert.InDelta(t, g, f.gap[5], 1e-6)
	}
}

// contrast is a small set of towers of in-batch softmax with a batch.
func contrast(t *testing.T) (*weights, []pair, Softmax) {
	c := DefaultConfig().Towers
	c.Objective = Contrast
	w := newWeights(5, c)
	w.grow(3)
	var rows []pair
	for i := range 6 {
		p := &postOf{content: unit(i), creator: system.CreatorID(i % 4)}
		if i == 5 {
			p = rows[0].post // the same post twice, for two people
		}
		rows = append(rows, pair{system.PersonID(i % 5), system.PostID(i % 5), p})
		w.softmax.people[i%5] = unit(100 + i)
		w.styles[i%4] = unit(200 + i)
	}
	w.softmax.seen = frequency{alpha: .1, initial: 100, gap: []float64{2, 30, 5, 7, 100}, last: make([]int, 5)}
	return w, rows, c.Softmax
}

// lossOf is the loss of a batch by its definition, in float64.
func lossOf(w *weights, rows []pair, c Softmax) (loss float64) {
	unitOf := func(v vector) (out [system.Dim]float64) {
		squares := 0.
		for _, x := range v {
			squares += float64(x) * float64(x)
		}
		for i, x := range v {
			out[i] = float64(x) / math.Sqrt(squares)
		}
		return out
	}
	for b := range rows {
		u, sum, own := unitOf(w.softmax.people[rows[b].person]), 0., 0.
		for o := range rows {
			if o != b && rows[o].id == rows[b].id {
				continue
			}
			v, logit := unitOf(w.combine(rows[o].post)), 0.
			for i := range u {
				logit += u[i] * v[i] / c.Temperature
			}
			logit += math.Log(w.softmax.seen.gap[rows[o].id])
			sum += math.Exp(logit)
			if o == b {
				own = logit
			}
		}
		loss -= (own - math.Log(sum)) / float64(len(rows))
	}
	return loss
}

// Every step of AdaGrad begins with rate times the sign of the gradient; with
// squares of gradients that are all but infinite before it, it is the gradient
// itself, which must be that of the loss.
func TestSoftmaxGradientIsThatOfItsLoss(t *testing.T) {
	w, rows, c := contrast(t)
	c.Rate, c.PostRate = 1, 1
	const huge = 1e12 // a step is the gradient times 1e-6
	fill := func(v []float32) {
		for i := range v {
			v[i] = huge
		}
	}
	before := w.clone()
	for i := range w.softmax.peopleSq {
		fill(w.softmax.peopleSq[i][:])
	}
	for i := range w.softmax.styleSq {
		fill(w.softmax.styleSq[i][:])
	}
	fill(w.softmax.weightSq[:])
	twin := before.clone()
	w.load(rows)
	w.softmax.correct(false)
	loss, _ := w.softmax.predict(float32(c.Temperature))
	assert.InDelta(t, lossOf(before, rows, c), loss/float64(len(rows)), 1e-5, "float32 against float64")
	// The step is lost in the numbers' own rounding: start from zero instead, by
	// keeping the change apart.
	w.softmax.people, w.styles, w.content = make([]vector, 5), make([]vector, 4), [system.Dim * system.Dim]float32{}
	w.descend(c)
	const h = 1e-3
	check := func(name string, x, moved *float32) {
		at := *x
		*x = at + h
		up := lossOf(twin, rows, c)
		*x = at - h
		down := lossOf(twin, rows, c)
		*x = at
		// Differences of float32 parameters 1e-3 apart: 1e-4 of rounding, 1e-6 of curvature.
		assert.InDelta(t, -(up-down)/(2*h), float64(*moved)*1e6, 2e-3, name)
	}
	for i := range system.Dim {
		for p := range 5 {
			check("person", &twin.softmax.people[p][i], &w.softmax.people[p][i])
		}
		for k := range 4 {
			check("style", &twin.styles[k][i], &w.styles[k][i])
		}
		for j := range system.Dim {
			check("content", &twin.content[i*system.Dim+j], &w.content[i*system.Dim+j])
		}
	}
}

// What is popular is a negative more often; the correction is what keeps the
// towers from turning away from it. A hundred posts of which everybody likes each
// when it is shown, ten of them shown nine times as often as the rest: corrected
// towers score these higher by the log of that, as the softmax of what is watched
// must, and uncorrected ones see no reason to.
func TestLogQKeepsThePopular(t *testing.T) {
	c := DefaultConfig().Towers
	c.Objective = Contrast
	posts := make([]postOf, 100)
	for i := range posts {
		posts[i] = postOf{content: unit(i), creator: system.CreatorID(i)}
	}
	src := rng.New(4, 0)
	var rows []pair
	for i := range 40_000 {
		u, v := src.Uniforms(testPurpose, 1<<42, uint64(i))
		which := 10 + rng.Index(u, 90)
		if v < .5 {
			which = rng.Index(u, 10)
		}
		rows = append(rows, pair{system.PersonID(i % 40), system.PostID(which), &posts[which]})
	}
	lead := func(alpha, initial float64) (lead float64) {
		w := newWeights(40, c)
		w.grow(99)
		w.softmax.seen = frequency{alpha: alpha, initial: initial}
		w.epoch(rows, Softmax{Batch: 16, Temperature: .3, Rate: .05, PostRate: .02}, true)
		w.softmax.serve(w.people, .3)
		for i := range posts {
			tower, share := w.tower(&posts[i]), -1./90
			if i < 10 {
				share = 1. / 10
			}
			for p := range w.people {
				lead += share * float64(num.Dot(w.people[p][:], tower[:])) / 40
			}
		}
		return lead
	}
	corrected, uncorrected := lead(.1, 100), lead(0, 1)
	// Within a quarter of the whole effect, log 9: what forty vectors on a sphere
	// leave of it, and what is noise.
	assert.InDelta(t, math.Log(9), corrected, math.Log(9)/4)
	assert.InDelta(t, 0, uncorrected, math.Log(9)/4)
}

// Planted tastes are recovered from long views alone, posts that nobody has seen
// included: they have a vector by their content.
func TestSoftmaxRecoversPlantedTastes(t *testing.T) {
	c := DefaultConfig()
	c.Towers.Objective = Contrast
	c.Towers.Softmax.Temperature = 1 // of the planted tastes, whose odds are e^(2 x .5)
	w := newWorld(c, 4)
	for range 500 {
		w.publish(0)
	}
	data := tastes(w, 4, 8000)
	_, fit := w.retriever.Begin(data)
	a := fit()
	assert.Less(t, a.Entropy, 1., "better than towers that know nothing, on rows it has not seen")
	assert.True(t, math.IsNaN(a.Baseline))
	w.retriever.Deploy(&system.Artefact{Version: 1, Payload: a.Payload})
	for p := range system.PersonID(4) {
		taste := unit(int(p))
		// Correlation over new posts of the planted score and the learned one.
		var xy, xx, yy float64
		for i := range 300 {
			of := postOf{content: unit(50_000 + i)}
			tower := w.retriever.weights.tower(&of)
			require.InDelta(t, 1, num.Norm(tower[:]), 1e-6)
			x, y := float64(num.Dot(taste[:], of.content[:])), float64(num.Dot(w.retriever.Person(p), tower[:]))
			xy, xx, yy = xy+x*y, xx+x*x, yy+y*y
		}
		// Of 2,000 impressions half are long views; the bound is that of the other
		// objective (.75), which twice as many rows teach.
		assert.Greater(t, xy/math.Sqrt(xx*yy), .75, "person %d", p)
	}
	_, again := w.retriever.Begin(data)
	b := again()
	assert.False(t, math.IsNaN(b.Baseline), "judged beside what serves")
	assert.NotEqual(t, a.Hash, b.Hash, "it goes on from there")
}

// Somebody who has liked nothing is served the mean of the others.
func TestServeTheUnknown(t *testing.T) {
	s := newSoftmax(3)
	s.people[0], s.people[1] = vector{0: 3}, vector{1: 5}
	people := make([]vector, 3)
	s.serve(people, .5)
	assert.Equal(t, []vector{{0: 2}, {1: 2}, {0: 1, 1: 1}}, people)
}

func TestTrainingBySoftmaxRepeats(t *testing.T) {
	c := DefaultConfig()
	c.Towers.Objective = Contrast
	var hashes []uint64
	for range 2 {
		w := newWorld(c, 3)
		for i := range 50 {
			w.publish(system.CreatorID(i % 3))
		}
		flops, fit := w.retriever.Begin(tastes(w, 3, 2000))
		assert.Positive(t, flops)
		hashes = append(hashes, fit().Hash)
	}
	assert.Equal(t, hashes[0], hashes[1])
}
