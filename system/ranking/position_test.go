package ranking

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

var lookPurpose = rng.NewPurpose("ranking.test.look")

// listed is a world whose posts lie on pages of ten: position k is looked at with
// chance .85^k, and what nobody looks at has no outcome. Like the pages of a
// ranker, they have the better posts more often on top: of two draws the better
// one goes up.
func listed(w planted, first, n int) system.Examples {
	data := w.examples(first, n)
	for i := range data.Rows {
		e := &data.Rows[i]
		u, v := testSource.Uniforms(lookPurpose, uint64(first+i), 0)
		good := num.Sigmoid(w.logit(data.Row(i), 0))
		e.Position = uint8(10 * min(u*(1-.5*good)*1.2, .999))
		e.Watch = 20
		if v >= math.Pow(.85, float64(e.Position)) {
			e.Labels, e.Watch = 0, 0
		}
	}
	return data
}

// The curve of a list surface is recovered within 5 %, and so is what posts are
// worth: the chance of a play of those who look is calibrated, and by far too low
// where positions are ignored.
func TestTheCurveOfAListIsRecovered(t *testing.T) {
	w := additive(6)
	c := ofFamily(Linear)
	c.Position = Examined
	r, naive := NewRanker(c, testSource, 6, nil), NewRanker(ofFamily(Linear), testSource, 6, nil)
	const trainings, rows = 12, 25_000
	entropy := map[*Ranker]float64{}
	for n := range trainings {
		data := listed(w, n*rows, rows)
		for _, x := range []*Ranker{r, naive} {
			_, fit := x.Begin(data)
			a := fit()
			x.Deploy(&a)
			entropy[x] = a.Entropy
		}
	}
	assert.Less(t, entropy[r], entropy[naive]-.01, "the gate judges what was looked at and viewed, and it knows where people look")
	for k := range 10 {
		// 300,000 rows, the lowest position with some 13,000 of them and a play of
		// those who look in half: a standard error below 2 %.
		want := math.Pow(.85, float64(k))
		assert.InEpsilon(t, want, r.serving.looked.chance[k], .05, "position %d", k)
	}
	assert.Equal(t, r.serving.looked.chance[:10], r.Examined(10))
	assert.Nil(t, naive.Examined(10), "nobody asked")
	held := w.examples(trainings*rows, 20_000)
	promised := func(x *Ranker) float64 {
		p := make([]float32, len(held.Rows)*heads)
		x.serving.predict(p, held.Features, len(held.Rows), &scratch{})
		sum, positives := 0.0, 0.0
		for i := range held.Rows {
			sum += float64(p[i*heads])
			positives += float64(held.Rows[i].Labels.Of(system.Play))
		}
		return sum / positives
	}
	assert.InDelta(t, 1, promised(r), .05, "as the curve")
	assert.Less(t, promised(naive), .8)
}

// Where every example was met the positions are found to be alike.
func TestACurveThatIsNotThereIsNotFound(t *testing.T) {
	data := additive(6).examples(0, 30_000)
	for i := range data.Rows {
		data.Rows[i].Position = uint8(i % 10)
	}
	c := ofFamily(Linear)
	c.Position = Examined
	r := trained(c, data)
	for k := range 10 {
		assert.InDelta(t, 1, r.serving.looked.chance[k], .06, "three standard errors of 3,000 rows, cut at 1")
	}
	assert.EqualValues(t, 1, r.serving.looked.chance[200], "nothing lay there")
}

// Training goes on from a copy: what serves keeps its curve.
func TestTheCurveThatServesStays(t *testing.T) {
	data := listed(additive(6), 0, 5000)
	c := ofFamily(Linear)
	c.Position, c.Calibration = Examined, Platt
	r := trained(c, data)
	before := *r.serving.looked
	_, fit := r.Begin(data)
	after := fit().Payload.(*predictor)
	assert.Equal(t, before, *r.serving.looked)
	assert.NotEqual(t, before.chance, after.looked.chance)
}
