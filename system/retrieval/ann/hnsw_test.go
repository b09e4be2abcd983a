package ann

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim/num"
	"feedloop/sim/rng"
)

var testPurpose = rng.NewPurpose("retrieval.test")

// clustered returns unit vectors around random centres, row-major. Rows of
// one number from equal origins are alike whatever n is.
func clustered(n, dim, centres int, spread float64, origin uint64) []float32 {
	src := rng.New(7, 0)
	normal := func(entity, n uint64, sd float64) float64 {
		return rng.Normal(src.Uniform(testPurpose, entity, n), 0, sd)
	}
	middles := make([]float64, centres*dim)
	for i := range middles {
		middles[i] = normal(1, uint64(i), 1)
	}
	rows := make([]float32, n*dim)
	for i := range n {
		row, entity := rows[i*dim:][:dim], origin+uint64(i)
		middle := middles[rng.Index(src.Uniform(testPurpose, entity, uint64(dim)), centres)*dim:]
		for d := range row {
			row[d] = float32(middle[d] + normal(entity, uint64(d), spread))
		}
		num.Normalize(row)
	}
	return rows
}

// Origins of vectors that share their centres and nothing else.
const (
	ofRows      = 1 << 32
	ofQuestions = 2 << 32
)

// indexed returns an index of rows under ids 0, 3, 6, ...
func indexed(t testing.TB, s Shape, rows []float32, seed uint64) *HNSW {
	h := NewHNSW(s, 1, seed)
	for i := range len(rows) / s.Dim {
		require.NoError(t, h.Insert(uint32(3*i), rows[i*s.Dim:][:s.Dim]))
	}
	return h
}

// questions asks for the k nearest of vectors.
func questions(vectors []float32, dim, k, breadth int) []Question {
	qs := make([]Question, len(vectors)/dim)
	for i := range qs {
		qs[i] = Question{Version: 1, Vector: vectors[i*dim:][:dim], K: k, Breadth: breadth}
	}
	return qs
}

func TestSearchFindsMoreWhenItHoldsOnToMore(t *testing.T) {
	const dim = 24
	h := indexed(t, DefaultShape(dim), clustered(4000, dim, 40, 1.1, ofRows), 1)
	vectors := clustered(100, dim, 40, 1.1, ofQuestions)
	recall, work := 0.0, 0
	for _, breadth := range []int{10, 20, 40, 80, 160, 320} {
		qs := questions(vectors, dim, 10, breadth)
		now, err := h.Recall(qs)
		require.NoError(t, err)
		assert.GreaterOrEqual(t, now, recall, "breadth %d", breadth)
		_, n, err := h.Search(qs[0], nil)
		require.NoError(t, err)
		assert.Greater(t, n, work, "more costs more")
		recall, work = now, n
	}
	assert.Greater(t, recall, 0.999, "and everything in the end, but for a node that heuristics cut off")
	assert.Less(t, work, h.Len(), "without looking at everything")
}

// What construction is for. In tight clusters the nearest of a node are all of its
// own: without links that lead elsewhere walks stay where they began, and find .83.
// In loose ones it matters how many nodes an insertion looks at: 20 in place of 200
// find .98.
func TestWalksLeaveTheirCluster(t *testing.T) {
	for _, x := range []struct {
		n, dim, centres int
		spread          float64
	}{{3000, 16, 60, .15}, {4000, 24, 40, 1.1}} {
		h := indexed(t, DefaultShape(x.dim), clustered(x.n, x.dim, x.centres, x.spread, ofRows), 1)
		recall, err := h.Recall(questions(clustered(100, x.dim, x.centres, x.spread, ofQuestions), x.dim, 10, 64))
		require.NoError(t, err)
		assert.Greater(t, recall, .99, "%+v", x)
	}
}

// A beam as wide as the index never stops before the graph is exhausted.
func TestSearchOfASmallIndexIsExact(t *testing.T) {
	const dim, n = 8, 150
	h := indexed(t, DefaultShape(dim), clustered(n, dim, 10, 0.5, ofRows), 1)
	for _, q := range questions(clustered(50, dim, 10, 0.5, ofQuestions), dim, 20, n) {
		want, _, err := h.Exact(q, nil)
		require.NoError(t, err)
		got, _, err := h.Search(q, nil)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Len(t, got, 20)
	}
}

func TestEqualScoresGoById(t *testing.T) {
	rows := make([]float32, 12*2)
	for i := range 12 {
		rows[2*i+i%2] = 1 // two points, six times each
	}
	h := indexed(t, DefaultShape(2), rows, 1)
	got, _, err := h.Search(Question{Version: 1, Vector: []float32{1, 0.5}, K: 8}, nil)
	require.NoError(t, err)
	var ids []uint32
	for _, n := range got {
		ids = append(ids, n.ID)
	}
	assert.Equal(t, []uint32{0, 6, 12, 18, 24, 30, 3, 9}, ids)
}

func TestDeletedAndHiddenVectorsAreNotFound(t *testing.T) {
	const dim, n = 8, 600
	h := indexed(t, DefaultShape(dim), clustered(n, dim, 10, 0.5, ofRows), 1)
	gone := func(id uint32) bool { return id%5 != 0 && id < 1500 }
	for id := range uint32(3 * n) {
		if gone(id) {
			assert.Equal(t, id%3 == 0, h.Delete(id), "id %d", id)
		}
	}
	assert.False(t, h.Delete(3), "deleted before")
	assert.False(t, h.Delete(1), "never there")
	assert.Equal(t, 400, h.Deleted(), "four fifths of those below 1500")
	fresh := h.Rebuilt()
	assert.Equal(t, 200, fresh.Len())
	assert.Zero(t, fresh.Deleted())
	odd := func(id uint32) bool { return id%2 == 1 }
	for _, q := range questions(clustered(50, dim, 10, 0.5, ofQuestions), dim, 10, n) {
		q.Hide = odd
		want, _, err := fresh.Exact(q, nil)
		require.NoError(t, err)
		for _, index := range []*HNSW{h, fresh} {
			got, _, err := index.Search(q, nil)
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
		for _, n := range want {
			require.False(t, gone(n.ID) || odd(n.ID))
		}
	}
}

// What is hidden around the question does not use up the beam: people have seen
// just those posts that are nearest to them.
func TestSearchGoesThroughWhatItHides(t *testing.T) {
	const dim, n = 8, 3000
	h := indexed(t, DefaultShape(dim), clustered(n, dim, 1, 1, ofRows), 1)
	for _, q := range questions(clustered(20, dim, 1, 1, ofQuestions), dim, 500, 500) {
		nearest, _, err := h.Exact(q, nil)
		require.NoError(t, err)
		seen := map[uint32]bool{}
		for _, n := range nearest {
			seen[n.ID] = true
		}
		q.Hide, q.K, q.Breadth = func(id uint32) bool { return seen[id] }, 10, 40
		recall, err := h.Recall([]Question{q})
		require.NoError(t, err)
		require.GreaterOrEqual(t, recall, 0.9, "one of ten may be missed")
	}
}

func TestAnIndexWithoutLivingVectorsAnswersNothing(t *testing.T) {
	h := NewHNSW(DefaultShape(2), 1, 1)
	q := Question{Version: 1, Vector: []float32{1, 0}, K: 3}
	for range 2 {
		got, _, err := h.Search(q, nil)
		require.NoError(t, err)
		assert.Empty(t, got)
		recall, err := h.Recall([]Question{q})
		require.NoError(t, err)
		assert.EqualValues(t, 1, recall)
		require.NoError(t, h.Insert(uint32(h.Len()), []float32{0, 1}))
		h.Delete(uint32(h.Len() - 1))
	}
	require.NoError(t, h.Insert(9, []float32{1, 0}))
	got, _, err := h.Search(q, nil)
	require.NoError(t, err)
	assert.Equal(t, []Neighbour{{9, 1}}, got, "found behind the dead")
	got, _, err = h.Search(Question{Version: 1, Vector: []float32{1, 0}, K: 0}, nil)
	require.NoError(t, err)
	assert.Empty(t, got)
}

func TestWhatAnIndexRefuses(t *testing.T) {
	h := NewHNSW(DefaultShape(2), 4, 1)
	require.NoError(t, h.Insert(7, []float32{1, 0}))
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	assert.ErrorIs(t, h.Insert(7, []float32{0, 1}), ErrOrder)
	assert.ErrorIs(t, h.Insert(6, []float32{0, 1}), ErrOrder)
	for _, v := range [][]float32{nil, {1}, {1, 0, 0}, {nan, 0}, {0, inf}, {3e38, 3e38}} {
		assert.ErrorIs(t, h.Insert(8, v), ErrVector, "%v", v)
		_, _, err := h.Search(Question{Version: 4, Vector: v, K: 1}, nil)
		assert.ErrorIs(t, err, ErrVector, "%v", v)
	}
	_, _, err := h.Search(Question{Version: 5, Vector: []float32{1, 0}, K: 1}, nil)
	assert.ErrorIs(t, err, ErrVersion)
	assert.ErrorContains(t, err, "version 5 in an index of 4")
	_, _, err = h.Exact(Question{Version: 3, Vector: []float32{1, 0}, K: 1}, nil)
	assert.ErrorIs(t, err, ErrVersion)
	_, err = h.Recall([]Question{{Version: 3, Vector: []float32{1, 0}, K: 1}})
	assert.ErrorIs(t, err, ErrVersion)
	assert.Equal(t, 1, h.Len(), "refused whole")
	for _, s := range []Shape{{0, 16, 200}, {2, 1, 200}, {2, 1 << 20, 200}, {2, 16, 0}} {
		assert.Panics(t, func() { NewHNSW(s, 1, 1) }, "%v", s)
	}
}

func TestEqualSeedsMakeEqualGraphs(t *testing.T) {
	const dim = 8
	rows := clustered(1500, dim, 20, 0.7, ofRows)
	first := indexed(t, DefaultShape(dim), rows, 1)
	assert.Equal(t, first.Hash(), indexed(t, DefaultShape(dim), rows, 1).Hash())
	other := indexed(t, DefaultShape(dim), rows, 2)
	assert.NotEqual(t, first.Hash(), other.Hash(), "other seed")
	assert.NotEqual(t, first.heights, other.heights, "and other nodes that stand out")
	before := first.Hash()
	_, err := first.Recall(questions(rows[:80], dim, 10, 20))
	require.NoError(t, err)
	assert.Equal(t, before, first.Hash(), "questions leave no trace")
	first.Delete(3)
	assert.NotEqual(t, before, first.Hash(), "deletions do")
}

// hnswlib's defaults: M 16, of which level 0 has twice as many, efConstruction 200.
func TestDefaultShape(t *testing.T) {
	assert.Equal(t, Shape{Dim: 5, Degree: 16, Breadth: 200}, DefaultShape(5))
	const dim = 8
	h := indexed(t, DefaultShape(dim), clustered(2000, dim, 20, 0.7, ofRows), 1)
	assert.Len(t, h.links(0, 0), 32)
	assert.Len(t, h.links(h.entry, 1), 16)
	full := 0
	for node := range int32(h.Len()) {
		if !slices.Contains(h.links(node, 0), none) {
			full++
		}
	}
	assert.Positive(t, full, "all of them are used somewhere")
}

// The share of nodes on level l and above is M^-l. The bounds are five standard
// deviations of a binomial.
func TestHeights(t *testing.T) {
	const n = 200_000
	h := NewHNSW(DefaultShape(2), 1, 1)
	count := [maxHeight + 1]int{}
	for id := range uint32(n) {
		for level := range h.height(id) + 1 {
			count[level]++
		}
	}
	p := 1.0
	for level := range 4 {
		assert.InDelta(t, n*p, float64(count[level]), 5*math.Sqrt(n*p*(1-p)), "level %d", level)
		p /= 16
	}
}

func TestEveryLinkIsSoundAndTheGroundIsConnected(t *testing.T) {
	const dim = 8
	h := indexed(t, Shape{Dim: dim, Degree: 4, Breadth: 20}, clustered(2000, dim, 30, 0.4, ofRows), 1)
	require.NoError(t, h.sound())
	h.walk(h.row(h.entry), h.entry, 0, h.Len(), nil)
	assert.GreaterOrEqual(t, len(h.beam.places), h.Len()*99/100, "links are one-way, so that a node may be lost; hardly any is")
	assert.Greater(t, h.heights[h.entry], uint8(2), "degree 4 makes several levels of 2000")
}

func TestSearchDoesNotAllocate(t *testing.T) {
	const dim = 16
	h := indexed(t, DefaultShape(dim), clustered(1000, dim, 10, 0.7, ofRows), 1)
	hidden := uint32(0)
	q := Question{Version: 1, Vector: h.row(5), K: 10, Breadth: 64, Hide: func(id uint32) bool { return id%6 == hidden }}
	var dst []Neighbour
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		dst, _, _ = h.Search(q, dst[:0])
	}))
	assert.Len(t, dst, 10)
}

// An epoch is a short number; when it has gone round, the marks of long ago
// must not be taken for new ones.
func TestMarksAreForgottenWhenTheEpochGoesRound(t *testing.T) {
	const dim = 4
	h := indexed(t, DefaultShape(dim), clustered(40, dim, 5, 0.7, ofRows), 1)
	q := Question{Version: 1, Vector: h.row(5), K: 40}
	for range 1<<16 + 10 {
		got, _, err := h.Search(q, nil)
		require.NoError(t, err)
		if len(got) != 40 {
			require.Len(t, got, 40)
		}
	}
}
