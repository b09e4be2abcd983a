package ranking

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"feedloop/sim/num"
	"feedloop/system"
)

// query asks for the scores of some rows.
func query(data system.Examples, rows ...int) *system.Query {
	q := &system.Query{Candidates: make([]system.Candidate, len(rows))}
	for _, i := range rows {
		q.Features = append(q.Features, data.Row(i)...)
	}
	return q
}

func TestScoreDependsOnNothingButTheCandidate(t *testing.T) {
	byFamily(t, func(t *testing.T, family Family) {
		data := interacting(9).examples(0, 2000)
		r := trained(ofFamily(family), data)
		q := query(data, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
		r.Rank(q)
		for i := range q.Scores {
			alone := query(data, i+1)
			r.Rank(alone)
			assert.Equal(t, alone.Scores[0], q.Scores[i])
			assert.Equal(t, alone.Predictions, q.Predictions[i*heads:(i+1)*heads])
		}
		assert.NotEqual(t, q.Scores[0], q.Scores[1])
	})
}

func TestWarmStartContinuesWhereTrainingStopped(t *testing.T) {
	byFamily(t, func(t *testing.T, family Family) {
		data := interacting(5).examples(0, 2048)
		c := ofFamily(family)
		whole, parts := newModel(c, testSource, 5), newModel(c, testSource, 5)
		teach(whole, data.Slice(0, 1024))
		teach(parts, data.Slice(0, 1024))
		teach(whole, data.Slice(1024, len(data.Rows)))
		teach(parts, data.Slice(1024, 1536)) // whole batches
		first := parts.hash()
		next := parts.clone()
		teach(next, data.Slice(1536, len(data.Rows)))
		assert.Equal(t, whole.hash(), next.hash())
		assert.Equal(t, first, parts.hash(), "what serves does not change while its clone learns")
	})
}

func TestTrainingAloneChangesNothingThatServes(t *testing.T) {
	byFamily(t, func(t *testing.T, family Family) {
		data := additive(9).examples(0, 3000)
		r := NewRanker(ofFamily(family), testSource, 9, nil)
		flops, fit := r.Begin(data)
		a := fit()
		assert.False(t, r.Ready())
		assert.Positive(t, flops)
		assert.True(t, math.IsNaN(a.Baseline), "nothing served before")
		assert.Less(t, a.Entropy, 1.0)
		a.Version = 7
		r.Deploy(&a)
		assert.True(t, r.Ready())
		assert.EqualValues(t, 7, r.Version())
		before := r.serving.hash()
		_, fit = r.Begin(data)
		b := fit()
		assert.Equal(t, before, r.serving.hash())
		assert.NotEqual(t, a.Hash, b.Hash)
		assert.False(t, math.IsNaN(b.Baseline))
	})
}

// A network begins with the base rates of what it first learns from: of the rows
// that count, positives and one more by all and two more.
func TestANetworkBeginsWithTheBaseRates(t *testing.T) {
	data := additive(3).examples(0, 200)
	l := &lesson{Examples: data, take: sampling{testSource, .5}}
	m := newModel(ofFamily(MLP), testSource, 3).(*network)
	m.start(l)
	for h := range system.Heads {
		positives, all := 0., 0.
		for i := range data.Rows {
			if l.take.of(&data.Rows[i]).Has(h) {
				positives, all = positives+float64(data.Rows[i].Labels.Of(h)), all+1
			}
		}
		assert.InDelta(t, num.Logit((positives+1)/(all+2)), m.layers[2].bias[h], 1e-6, h)
	}
	m.learn(l)
	learned := m.hash()
	m.learn(&lesson{Examples: data.Slice(0, 0), take: l.take})
	assert.Equal(t, learned, m.hash(), "and only once")
}

// Adding a feature, or another model, moves no initial weight.
func TestInitialWeightsAreAddressed(t *testing.T) {
	c := ofFamily(FM)
	narrow, wide := newMachine(c, testSource, 3, heads), newMachine(c, testSource, 4, heads)
	assert.Equal(t, narrow.state, wide.state[:3])
	assert.NotZero(t, wide.state[3].V[0])
	small, large := newNetwork(Network{Hidden: []int{2}}, testSource, 3, heads), newNetwork(Network{Hidden: []int{2, 2}}, testSource, 3, heads)
	assert.Equal(t, small.layers[0], large.layers[0])
}

func TestRankingDoesNotAllocate(t *testing.T) {
	byFamily(t, func(t *testing.T, family Family) {
		data := additive(8).examples(0, 500)
		for _, c := range []Config{ofFamily(family), valued(family)} {
			for _, c.Calibration = range []Calibration{Platt, Isotonic} {
				c.Value.Preset = X2026
				r := trained(c, data)
				q := query(data, 1, 2, 3, 4, 5, 6, 7)
				assert.Zero(t, testing.AllocsPerRun(100, func() { r.Rank(q) }))
			}
		}
	})
}

// Numbers that are none, among the features or the weights, never reach a page.
func TestWhatIsNotFiniteStaysOffThePage(t *testing.T) {
	byFamily(t, func(t *testing.T, family Family) {
		data := additive(3).examples(0, 500)
		c := valued(family)
		for _, c.Calibration = range []Calibration{Platt, Isotonic} {
			for _, none := range notFinite {
				r := trained(c, data)
				q := query(data, 1, 2)
				q.Features[1] = none
				r.Rank(q)
				assert.EqualValues(t, 1, r.Unscored, none)
				assert.EqualValues(t, system.Unscored, q.Scores[0], none)
				assert.Greater(t, q.Scores[1], q.Scores[0])
				for _, p := range append(q.Predictions[:heads], q.Watch[0]) {
					assert.Zero(t, p)
				}
				r.value.weights[system.Play] = none
				r.Rank(q)
				assert.EqualValues(t, 3, r.Unscored, none)
				assert.Equal(t, []float32{system.Unscored, system.Unscored}, q.Scores)
			}
		}
	})
}

// notFinite are the numbers that are none.
var notFinite = []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))}

// popularities are what is popular, by post.
type popularities []float32

func (p popularities) Popularity(id system.PostID) float32 { return p[id] }

func TestWhatHasNoPopularityComesLast(t *testing.T) {
	for i, none := range notFinite {
		r := NewRanker(DefaultConfig(), testSource, 3, popularities{2, none, -1})
		q := &system.Query{Candidates: []system.Candidate{{Post: 0}, {Post: 1}, {Post: 2}}}
		r.Fallback(q)
		assert.Equal(t, []float32{2, system.Unscored, -1}, q.Scores, i)
		assert.EqualValues(t, 1, r.Unscored)
	}
}

// A row that is not a number, among those learned from last, too, must not
// become a model that serves.
func TestATrainingThatFailsHasNoEntropy(t *testing.T) {
	byFamily(t, func(t *testing.T, family Family) {
		data := additive(3).examples(0, 500)
		data.Features[len(data.Features)-4] = float32(math.Inf(1))
		_, fit := NewRanker(ofFamily(family), testSource, 3, nil).Begin(data)
		assert.True(t, math.IsNaN(fit().Entropy))
	})
}

// Families charge for their products and for what every candidate costs before
// the first one.
func TestWorkIsWhatIsMultiplied(t *testing.T) {
	data := additive(40).examples(0, 100)
	for family, products := range map[Family]int{
		Linear: 40 * 8, FM: 40*8 + 2*40*8 + 8*8, MLP: 40*64 + 64*32 + 32*8,
	} {
		assert.Equal(t, 3*(handling+products), trained(ofFamily(family), data).Rank(query(data, 1, 2, 3)), family)
	}
}

// Of a network 3 - 2 - 1 a row costs 3 x 2 + 2 x 1 = 8 products forward, 16 on the
// way back, and its part of 8 for each of 8 weights once in a batch of 4: 16.
func TestWorkOfLearning(t *testing.T) {
	score, learn := newNetwork(Network{Hidden: []int{2}, Batch: 4}, testSource, 3, 1).work()
	assert.Equal(t, 8, score)
	assert.Equal(t, 8+16+16, learn)
}

func TestWidthsMustMatch(t *testing.T) {
	r := NewRanker(DefaultConfig(), testSource, 4, nil)
	assert.PanicsWithValue(t, "ranking: training data of width 3 for a model of width 4", func() { r.Begin(additive(3).examples(0, 1)) })
}
