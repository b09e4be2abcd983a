package reranking

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Four rows: two pairs of near twins. The expected orders were worked out from
// the definitions by hand.
var (
	twinRelevance  = []float32{.95, .90, .85, .60}
	twinSimilarity = matrix{{1, .9, .1, .2}, {.9, 1, .2, .1}, {.1, .2, 1, .8}, {.2, .1, .8, 1}}
)

// matrix is a similarity that is written down.
type matrix [][]float32

func (m matrix) to(row int32) []float32 { return m[row] }
func (m matrix) self(row int32) float32 { return m[row][row] }

// order lets a spreader fill all slots by itself.
func order(s spreader) (rows []int32, gains []float32) {
	s.begin(twinRelevance, twinSimilarity)
	for range twinRelevance {
		best, gain := int32(-1), float32(0)
		for row, relevance := range twinRelevance {
			taken := false
			for _, r := range rows {
				taken = taken || r == int32(row)
			}
			if g, _ := s.gain(int32(row), relevance); !taken && (best < 0 || g > gain) {
				best, gain = int32(row), g
			}
		}
		rows, gains = append(rows, best), append(gains, gain)
		s.placed(best)
	}
	return rows, gains
}

func TestMMRKnownOrder(t *testing.T) {
	rows, gains := order(&mmr{lambda: .7})
	assert.Equal(t, []int32{0, 2, 1, 3}, rows)
	assert.InDelta(t, .7*.85-.3*.1, gains[1], 1e-6)
	assert.InDelta(t, .7*.90-.3*.9, gains[2], 1e-6)
}

func TestDPPKnownOrderAndDeterminant(t *testing.T) {
	rows, gains := order(&dpp{weight: func(x float32) float32 { return x }})
	assert.Equal(t, []int32{0, 2, 1, 3}, rows)
	product := 1.0
	for _, g := range gains {
		product *= float64(g)
	}
	kernel := make([][]float64, 4)
	for i := range kernel {
		kernel[i] = make([]float64, 4)
		for j := range kernel[i] {
			kernel[i][j] = float64(twinRelevance[i]) * float64(twinSimilarity[i][j]) * float64(twinRelevance[j])
		}
	}
	assert.InDelta(t, determinant(kernel), product, 1e-6, "the gains multiply to the determinant; float32 keeps seven digits")
}

// A slow twin: what a row brings is the square of its distance to the space of
// the rows placed, by orthogonal directions in float64, whatever rows are placed,
// those that bring nothing included.
func TestDPPGainsAreDistances(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const dim = 4
		n := rapid.IntRange(1, 9).Draw(rt, "rows")
		rows, relevance := make([][dim]float64, n), make([]float32, n)
		for i := range rows {
			for k := range rows[i] {
				rows[i][k] = float64(rapid.IntRange(-2, 2).Draw(rt, "x"))
			}
			relevance[i] = float32(rapid.IntRange(0, 4).Draw(rt, "relevance")) / 4
		}
		dot := func(a, b [dim]float64) (sum float64) {
			for k := range a {
				sum += a[k] * b[k]
			}
			return sum
		}
		share := func(rest, row [dim]float64) float64 { return dot(rest, rest) / max(dot(row, row), 1e-9) }
		theta := rapid.Float64Range(0, 20).Draw(rt, "theta")
		d := &dpp{weight: func(x float32) float32 { return float32(math.Exp(theta * float64(x))) }}
		products := make(matrix, n)
		for i, a := range rows {
			for _, b := range rows {
				products[i] = append(products[i], float32(dot(a, b)))
			}
		}
		d.begin(relevance, products)
		var space [][dim]float64 // orthogonal directions of what is placed
		beyond := func(row [dim]float64) [dim]float64 {
			for _, direction := range space {
				along := dot(row, direction) / dot(direction, direction)
				for k := range row {
					row[k] -= along * direction[k]
				}
			}
			return row
		}
		for _, next := range rapid.Permutation(rowsOf(n)).Draw(rt, "placed") {
			for row := range int32(n) {
				rest, weight := beyond(rows[row]), float64(d.weight(relevance[row]))
				gain, ok := d.gain(row, relevance[row])
				if part := share(rest, rows[row]); part < 1e-6 || part > 1e-3 { // between, it is a matter of rounding
					require.Equal(rt, part > 1e-3, ok, "row %d", row)
				}
				if ok {
					rounding := negligible * dot(rows[row], rows[row])
					require.InDelta(rt, dot(rest, rest), float64(gain)/weight/weight, rounding)
					lowered, less := relevance[row]/2, float64(d.weight(relevance[row]/2))
					gain, _ = d.gain(row, lowered)
					require.InDelta(rt, dot(rest, rest), float64(gain)/less/less, rounding, "as if it had begun with less")
				}
			}
			rest := beyond(rows[next])
			if part := share(rest, rows[next]); part > 1e-6 {
				if space = append(space, rest); part < .05 {
					return // from here on rounding is seen
				}
			}
			d.placed(next)
		}
	})
}

// rowsOf lists the rows 0 to n-1.
func rowsOf(n int) (rows []int32) {
	for row := range int32(n) {
		rows = append(rows, row)
	}
	return rows
}

// A page of more posts than embeddings have numbers: as many bring something new,
// and the others follow by score, not by what rounding has left of them.
func TestDPPGoesByScoreWhereNothingIsNew(t *testing.T) {
	q, catalogue := &system.Query{}, system.NewCatalogue(1)
	src := rng.New(8, 0)
	for i := range 40 {
		p := system.Post{Creator: system.CreatorID(i)}
		for k := range p.Content {
			p.Content[k] = float32(rng.Normal(src.Uniform(explorePurpose, uint64(i), uint64(k)), 0, .25))
		}
		q.Candidates = append(q.Candidates, system.Candidate{Post: catalogue.Add(p), Propensity: 1})
		q.Scores = append(q.Scores, float32(40-i)/40)
	}
	c := spaced(0)
	c.Diversity = DPP
	NewReranker(sim.New(sim.Options{}), c, rng.New(1, 0), catalogue, &system.Seen{}, nil).Arrange(q, 40)
	assert.False(t, slices.IsSorted(q.Order[:system.Dim]))
	assert.True(t, slices.IsSorted(q.Order[system.Dim:]), "%v", q.Order)
}

// A candidate without a score takes nothing from the differences between the
// others, whatever shapes the page, and comes last where scores decide.
func TestShapesDoWithoutScoresThatAreNone(t *testing.T) {
	for _, none := range []float32{system.Unscored, float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))} {
		q, catalogue := page([]system.CreatorID{1, 2, 3, 4}, []float32{1, none, 3, 2})
		c := spaced(0)
		c.OutOfNetwork = .5
		r := NewReranker(sim.New(sim.Options{}), c, rng.New(1, 0), catalogue, &system.Seen{}, nil)
		r.Arrange(q, 3)
		assert.Equal(t, []float32{0, 0, .5, .25}, r.relevance)
		assert.Equal(t, []int32{2, 3, 0}, q.Order)
	}
}

// determinant by elimination, without pivoting: the kernel is positive definite.
func determinant(m [][]float64) float64 {
	d := 1.0
	for k := range m {
		d *= m[k][k]
		for i := k + 1; i < len(m); i++ {
			f := m[i][k] / m[k][k]
			for j := k; j < len(m); j++ {
				m[i][j] -= f * m[k][j]
			}
		}
	}
	return d
}

func TestAuthorDecayKnownValues(t *testing.T) {
	c := DefaultConfig()
	c.AuthorDecay, c.AuthorFloor = .5, .25
	_, catalogue := page([]system.CreatorID{7, 8}, []float32{1, 2})
	r := NewReranker(sim.New(sim.Options{}), c, rng.New(1, 0), catalogue, &system.Seen{}, nil)
	for _, want := range []float64{1, .625, .4375, .34375} {
		assert.InDelta(t, want, r.decay(0), 1e-7)
		assert.EqualValues(t, 1, r.decay(1), "another creator is not touched")
		r.authors = append(r.authors, 7)
	}
}

func TestOutOfNetworkFactorPutsTheNetworkFirst(t *testing.T) {
	q, catalogue := page([]system.CreatorID{1, 2, 3}, []float32{0, 10, 9})
	q.Candidates[2].From = q.Candidates[2].From.With(system.InNetwork)
	c := spaced(0)
	arrange := func() []int32 {
		NewReranker(sim.New(sim.Options{}), c, rng.New(1, 0), catalogue, &system.Seen{}, nil).Arrange(q, 3)
		return q.Order
	}
	assert.Equal(t, []int32{1, 2, 0}, arrange())
	c.OutOfNetwork = .75
	assert.Equal(t, []int32{2, 1, 0}, arrange())
	q.Candidates[2].From = q.Candidates[2].From.With(system.Trending)
	assert.Equal(t, []int32{2, 1, 0}, arrange(), "whoever else found it")
}

// Twelve posts about two things: by score the first page is all of one kind.
func TestDiversityMixesThePageAndFailsOpen(t *testing.T) {
	q, catalogue := &system.Query{}, system.NewCatalogue(1)
	for i := range 12 {
		p := system.Post{Creator: system.CreatorID(i)}
		p.Content[i/6] = 1
		q.Candidates = append(q.Candidates, system.Candidate{Post: catalogue.Add(p), Propensity: 1})
		q.Scores = append(q.Scores, float32(12-i)/12)
	}
	for _, diversity := range []Diversity{None, MMR, DPP} {
		c := spaced(0)
		c.Diversity, c.Lambda, c.Theta = diversity, .5, 1
		NewReranker(sim.New(sim.Options{}), c, rng.New(1, 0), catalogue, &system.Seen{}, nil).Arrange(q, 12)
		require.Len(t, q.Order, 12, "%s: two directions are used up after two slots, and the page is full all the same", diversity)
		second := 0
		for _, row := range q.Order[:2] {
			second += int(row) / 6
		}
		if diversity == None {
			assert.Zero(t, second, "by score the first two are of one kind")
		} else {
			assert.Equal(t, 1, second, "%s shows one of each kind first", diversity)
		}
	}
}
