package retrieval

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
)

// indexedWorld is a world with an index of posts by seven creators.
func indexedWorld(t *testing.T, c Config, posts, people int) *world {
	w := newWorld(c, people)
	for i := range posts {
		w.publish(system.CreatorID(i % 7))
	}
	w.retriever.Deploy(w.towers(1))
	w.kernel.Run(w.kernel.Now().Add(time.Hour))
	require.EqualValues(t, 1, w.retriever.IndexVersion())
	return w
}

// The graph and the scan are two ways to one answer, biases of creators and
// what was seen or expired included. A walk that holds on to everything misses
// nothing.
func TestGraphAndScanFindTheSame(t *testing.T) {
	c := DefaultConfig()
	c.Quotas.Neighbours = 25
	c.Index.Breadth = 400
	var answers [2][][]system.PostID
	for i, kind := range []Kind{ExactScan, Graph} {
		c.Index.Kind = kind
		w := indexedWorld(t, c, 400, 6)
		require.Equal(t, kind == Graph, w.retriever.index.graph != nil)
		for n := range 100 {
			w.seen.Add(1, system.PostID(3*n))
		}
		for person := range system.PersonID(6) {
			answers[i] = append(answers[i], ids(w.from(system.Neighbours, person)))
		}
	}
	assert.Len(t, answers[0][0], 25)
	assert.Equal(t, answers[0], answers[1])
}

func TestAutoChoosesByTheNumberOfPosts(t *testing.T) {
	c := DefaultConfig()
	c.Index.ExactUpTo = 50
	assert.Nil(t, indexedWorld(t, c, 50, 1).retriever.index.graph)
	w := indexedWorld(t, c, 51, 1)
	require.NotNil(t, w.retriever.index.graph)
	assert.Equal(t, 51, w.retriever.index.graph.Len())
	c.Index.Kind = ExactScan
	assert.Nil(t, indexedWorld(t, c, 51, 1).retriever.index.graph)
}

// Numbers that are none never reach a page, and spoil nobody else's.
func TestNeighboursWithoutNaN(t *testing.T) {
	for _, kind := range []Kind{ExactScan, Graph} {
		for _, spoilt := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
			neighboursWithout(t, kind, float32(spoilt))
		}
	}
}

func neighboursWithout(t *testing.T, kind Kind, spoilt float32) {
	c := DefaultConfig()
	c.Index.Kind, c.Index.Gate.MinCount, c.Index.Insert = kind, 0, time.Minute
	c.Quotas.Neighbours = 100 // more than there are
	w := newWorld(c, 2)
	for i := range 70 {
		w.publish(system.CreatorID(i % 7))
	}
	a := w.towers(1)
	a.Payload.(*weights).people[1][3] = spoilt
	a.Payload.(*weights).creators[2] = spoilt
	w.retriever.Deploy(a)
	w.kernel.Run(sim.Time(time.Hour))
	assert.Empty(t, w.from(system.Neighbours, 1))
	assert.EqualValues(t, 1, w.retriever.Counts().Aimless)
	for i := range 7 {
		w.publish(system.CreatorID(i))
	}
	w.kernel.Run(w.kernel.Now().Add(time.Minute))
	found := ids(w.from(system.Neighbours, 0))
	counts := w.retriever.Counts()
	assert.EqualValues(t, 1, counts.Aimless)
	assert.Equal(t, []uint64{7, 6, 1}, []uint64{counts.Offered, counts.Inserted, counts.Unindexed})
	assert.Positive(t, counts.Missing)
	assert.Equal(t, 6*counts.Missing, counts.Held, "a build lacks what it cannot hold")
	assert.True(t, counts.Balanced())
	assert.Len(t, found, 66)
	for _, id := range found {
		assert.NotEqualValues(t, 2, w.catalogue.Post(id).Creator)
	}
}

// With mixed versions people move to the new space at once and the index stays
// in the old one, until it is built again.
func TestMixedVersions(t *testing.T) {
	for _, kind := range []Kind{ExactScan, Graph} {
		c := DefaultConfig()
		c.Quotas.Neighbours = 5
		c.Index.Kind = kind
		answers := func(plan sim.Plan) (before, between, after []system.PostID) {
			w := indexedWorld(t, c, 300, 1)
			require.NoError(t, w.kernel.Inject(plan))
			w.kernel.Run(w.kernel.Now().Add(time.Second))
			before = ids(w.from(system.Neighbours, 0))
			w.retriever.Deploy(w.towers(2))
			between = ids(w.from(system.Neighbours, 0))
			w.kernel.Run(w.kernel.Now().Add(time.Hour))
			return before, between, ids(w.from(system.Neighbours, 0))
		}
		before, between, after := answers(nil)
		assert.Equal(t, before, between, "a pair")
		mixed := sim.Plan{{Kind: MixedVersions, At: sim.Time(time.Hour), For: 5 * time.Hour}}
		same, torn, healed := answers(mixed)
		assert.Equal(t, before, same)
		assert.Len(t, torn, 5, "nobody checks, and an answer comes")
		assert.NotEqual(t, before, torn)
		assert.NotEqual(t, after, torn)
		assert.Equal(t, after, healed)
	}
}

func TestNearestDoesNotAllocate(t *testing.T) {
	for _, kind := range []Kind{ExactScan, Graph} {
		c := DefaultConfig()
		c.Index.Kind = kind
		w := indexedWorld(t, c, 500, 1)
		w.kernel.Run(w.kernel.Now().Add(5 * time.Minute)) // no build beside it allocates
		w.seen.Add(0, 7)
		q := &system.Query{}
		var dst []system.Candidate
		assert.Zero(t, testing.AllocsPerRun(20, func() {
			dst, _ = w.retriever.Source(system.Neighbours, q, dst[:0])
		}), kind)
	}
}

// BenchmarkNearest finds 100 neighbours both ways, which shows where the graph
// becomes the quicker one: what exact_up_to is about.
func BenchmarkNearest(b *testing.B) {
	for _, posts := range []int{1500, 5000, 10_000, 20_000, 30_000, 40_000} {
		for _, kind := range []Kind{ExactScan, Graph} {
			x := &index{towers: newWorld(DefaultConfig(), 1).retriever.weights, version: 1}
			x.biases = make([]float32, posts)
			for i := range posts {
				v := unit(i)
				x.rows = append(x.rows, v[:]...)
			}
			x.fill(kind == Graph)
			w := newWorld(DefaultConfig(), 1)
			w.retriever.index = *x
			person := unit(1 << 20)
			b.Run(fmt.Sprintf("%s/%d", kind, posts), func(b *testing.B) {
				for b.Loop() {
					_, _, err := w.retriever.search(&w.retriever.index, 1, &person, 100)
					require.NoError(b, err)
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "queries/s")
			})
		}
	}
}
