package ann

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A dumb twin: whatever is inserted, deleted and hidden, a search with a beam
// as wide as the index finds what sorting everything finds. With at most 2M
// vectors no list of links overflows, so that all links lead both ways and
// everything can be reached.
func TestSearchAgreesWithSorting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := Shape{
			Dim: rapid.IntRange(1, 5).Draw(t, "dim"), Degree: rapid.IntRange(8, 20).Draw(t, "degree"), Breadth: 100,
		}
		h := NewHNSW(shape, 1, rapid.Uint64().Draw(t, "seed"))
		// Halves of small integers: products are exact, and many are equal.
		number := rapid.Map(rapid.IntRange(-6, 6), func(i int) float32 { return float32(i) / 2 })
		vector := rapid.SliceOfN(number, shape.Dim, shape.Dim)
		alive := map[uint32][]float32{}
		for id := range uint32(rapid.IntRange(0, 16).Draw(t, "size")) {
			v := vector.Draw(t, "vector")
			require.NoError(t, h.Insert(id, v))
			alive[id] = v
			if rapid.IntRange(0, 3).Draw(t, "deletes") == 0 {
				victim := rapid.Uint32Range(0, id).Draw(t, "victim")
				require.Equal(t, alive[victim] != nil, h.Delete(victim))
				delete(alive, victim)
			}
		}
		hidden := rapid.Uint32Range(1, 5).Draw(t, "hidden")
		q := Question{
			Version: 1, Vector: vector.Draw(t, "asked"), K: rapid.IntRange(0, 20).Draw(t, "k"), Breadth: 20,
			Hide: func(id uint32) bool { return id%hidden == 1 },
		}
		want := []Neighbour{}
		for id, v := range alive { // ordered: sorted below
			if !q.Hide(id) {
				score := float32(0)
				for i := range v {
					score += v[i] * q.Vector[i]
				}
				want = append(want, Neighbour{id, score})
			}
		}
		slices.SortFunc(want, func(a, b Neighbour) int {
			if a.Score != b.Score {
				if a.Score > b.Score {
					return -1
				}
				return 1
			}
			return int(a.ID) - int(b.ID)
		})
		got, _, err := h.Search(q, []Neighbour{})
		require.NoError(t, err)
		require.Equal(t, want[:min(q.K, len(want))], got)
		exact, _, err := h.Exact(q, []Neighbour{})
		require.NoError(t, err)
		require.Equal(t, got, exact)
	})
}

// The beam and the heap against a sorted slice.
func TestBeamAndHeapKeepTheBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b beam
		var detour heap
		width := rapid.IntRange(1, 8).Draw(t, "width")
		b.reset(width, 100)
		var open, all []place
		for node := range int32(rapid.IntRange(0, 40).Draw(t, "places")) {
			p := placed(float32(rapid.IntRange(-4, 4).Draw(t, "score")), node)
			all = append(all, p)
			if p > b.floor {
				b.add(p)
				open = append(open, p)
			}
			detour.push(p)
			slices.Sort(open)
			open = open[max(0, len(open)-width):]
			if rapid.Bool().Draw(t, "passes") && b.peek() != 0 {
				b.pass()
			}
		}
		require.Len(t, b.places, len(open))
		for i, p := range b.places {
			require.Equal(t, open[len(open)-1-i], p&^passed)
		}
		slices.Sort(all)
		for i := range all {
			require.Equal(t, all[len(all)-1-i], detour.top())
			detour.pop()
		}
		require.Zero(t, detour.top())
	})
}

// A place orders and gives back what was put into it.
func TestPlacesOrderAsScoreThenNode(t *testing.T) {
	scores := []float32{-3e38, -2, -1, -1e-45, 0, 1e-45, 0.5, 1, 3e38}
	var last place
	for _, score := range scores {
		for _, node := range []int32{maxNodes - 1, 77, 1, 0} {
			p := placed(score, node)
			require.Greater(t, p, last)
			require.Equal(t, score, p.score())
			require.Equal(t, score, (p | passed).score())
			require.Equal(t, node, (p | passed).node())
			last = p | passed
		}
	}
	minusZero := -scores[4]
	require.Equal(t, placed(0, 3), placed(minusZero, 3))
}
