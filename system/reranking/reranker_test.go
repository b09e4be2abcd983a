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

// page returns a query over posts by these creators with these scores, and the
// catalogue that knows them.
func page(creators []system.CreatorID, scores []float32) (*system.Query, *system.Catalogue) {
	q, catalogue := &system.Query{}, system.NewCatalogue(sim.Day)
	for i, creator := range creators {
		id := catalogue.Add(system.Post{Creator: creator})
		q.Candidates = append(q.Candidates, system.Candidate{Post: id, Propensity: 1})
		q.Scores = append(q.Scores, scores[i])
	}
	return q, catalogue
}

// spaced is a config in which only scores and spacing matter; exploring adds
// exploration.
func spaced(slots int) Config { return exploring(0, slots) }

func exploring(e sim.Share, slots int) Config {
	c := DefaultConfig()
	c.Exploration, c.AuthorSpacing = e, slots
	return c
}

func TestBestFirstWithAuthorsApart(t *testing.T) {
	q, catalogue := page([]system.CreatorID{1, 1, 2, 1, 3}, []float32{9, 8, 7, 6, 5})
	NewReranker(sim.New(sim.Options{}), spaced(2), rng.New(1, 0), catalogue, &system.Seen{}, nil).Arrange(q, 5)
	assert.Equal(t, []int32{0, 2, 4, 1, 3}, q.Order, "at the last slot all that is left is too close: spacing gives way")
	NewReranker(sim.New(sim.Options{}), spaced(0), rng.New(1, 0), catalogue, &system.Seen{}, nil).Arrange(q, 3)
	assert.Equal(t, []int32{0, 1, 2}, q.Order, "no spacing: by score alone")
}

// The slow way: at every slot look at all free rows, those apart from the last
// slots' authors first.
func TestGreedyAgainstTheDefinition(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(rt, "candidates")
		creators := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 6), func(i int) system.CreatorID { return system.CreatorID(i) }), n, n).Draw(rt, "creators")
		scores := rapid.SliceOfN(rapid.Map(rapid.IntRange(-5, 5), func(i int) float32 { return float32(i) }), n, n).Draw(rt, "scores")
		spacing, size := rapid.IntRange(0, 5).Draw(rt, "spacing"), rapid.IntRange(0, 50).Draw(rt, "size")
		q, catalogue := page(creators, scores)
		NewReranker(sim.New(sim.Options{}), spaced(spacing), rng.New(1, 0), catalogue, &system.Seen{}, nil).Arrange(q, size)
		want := []int32{}
		for range min(size, n) {
			best := func(allowed func(row int32) bool) int32 {
				at := int32(-1)
				for row := range int32(n) {
					if !slices.Contains(want, row) && allowed(row) && (at < 0 || scores[row] > scores[at]) {
						at = row
					}
				}
				return at
			}
			near := want[max(0, len(want)-spacing):]
			row := best(func(row int32) bool {
				return !slices.ContainsFunc(near, func(other int32) bool { return creators[other] == creators[row] })
			})
			if row < 0 {
				row = best(func(int32) bool { return true })
			}
			want = append(want, row)
		}
		assert.Equal(rt, want, append([]int32{}, q.Order...))
		for _, row := range q.Order {
			assert.EqualValues(rt, 1, q.Candidates[row].Propensity, "nothing was left to chance")
		}
	})
}

// The logged propensity of what stands in the first slot is how often it stands
// there. 20,000 pages: a share p is seen within 4 sqrt(p(1-p)/20,000), at most
// .014.
func TestPropensityIsTheFrequency(t *testing.T) {
	const pages, candidates = 20_000, 5
	scores := []float32{1, 5, 3, 2, 4}
	c := exploring(0.4, 0)
	var shown [candidates]float64
	var logged [candidates]float64
	q, catalogue := page([]system.CreatorID{1, 2, 3, 4, 5}, scores)
	r := NewReranker(sim.New(sim.Options{}), c, rng.New(3, 0), catalogue, &system.Seen{}, nil)
	weights := 0.0
	for visit := range uint32(pages) {
		q.Visit = visit
		r.Arrange(q, 1)
		row := q.Order[0]
		p := float64(q.Candidates[row].Propensity)
		shown[row]++
		if logged[row] > 0 {
			require.Equal(t, logged[row], p, "one choice has one probability, however it was made")
		}
		logged[row] = p
		weights += 1 / p
	}
	sum := 0.0
	for row, p := range logged {
		assert.InDelta(t, p, shown[row]/pages, .014, "row %d", row)
		sum += p
	}
	assert.InDelta(t, 1, sum, 1e-6, "the probabilities of all choices; float32")
	assert.InDelta(t, candidates, weights/pages, .3, "inverse propensities weigh every candidate once: sd of 1/p is 5, over sqrt(20,000), times 4, doubled")
}

// Later slots condition on what was shown before: the propensities of a page
// are those of its slots.
func TestExploredSlotsSayHowTheyWereChosen(t *testing.T) {
	const n, size = 8, 6
	creators, scores := make([]system.CreatorID, n), make([]float32, n)
	for i := range creators {
		creators[i], scores[i] = system.CreatorID(i), float32(n-i)
	}
	e := 0.5
	q, catalogue := page(creators, scores)
	r := NewReranker(sim.New(sim.Options{}), exploring(sim.Share(e), 3), rng.New(3, 0), catalogue, &system.Seen{}, nil)
	explored, alike := 0, 0
	for visit := range uint32(500) {
		q.Visit = visit
		r.Arrange(q, size)
		require.Len(t, q.Order, size)
		before := explored
		for slot, row := range q.Order {
			greedy := int32(-1) // the lowest row that is free
			for candidate := range int32(n) {
				if !slices.Contains(q.Order[:slot], candidate) {
					greedy = candidate
					break
				}
			}
			want := e / float64(n-slot)
			if row == greedy {
				want += 1 - e
			}
			c := q.Candidates[row]
			assert.InDelta(t, want, c.Propensity, 1e-6, "slot %d of %v", slot, q.Order)
			assert.True(t, c.Explored || row == greedy)
			if c.Explored {
				explored++
			}
		}
		if made := explored - before; made == 0 || made == size {
			alike++
		}
		page := slices.Clone(q.Order)
		slices.Sort(page)
		assert.Equal(t, size, len(slices.Compact(page)), "nothing twice")
	}
	assert.InDelta(t, e, float64(explored)/(500*size), .04, "4 sqrt(.25/3,000)")
	assert.Less(t, alike, 35, "each slot has luck of its own: 500/32 pages are all of one kind, plus 5 of their root")
}

// Two pages of one visit and two visits of one person draw apart; the same page
// draws the same in every world.
func TestLuckIsOfThePageAndTheSlot(t *testing.T) {
	creators, scores := make([]system.CreatorID, 50), make([]float32, 50)
	orders := map[string]bool{}
	for i := range uint32(4) {
		q, catalogue := page(creators, scores)
		q.Visit, q.Page, q.Key = i&1, i>>1, 7
		r := NewReranker(sim.New(sim.Options{}), exploring(1, 0), rng.New(3, 0), catalogue, &system.Seen{}, nil)
		r.Arrange(q, 10)
		first := slices.Clone(q.Order)
		r.Arrange(q, 10)
		assert.Equal(t, first, q.Order)
		key := ""
		for _, row := range first {
			key += string(rune('0' + row))
		}
		orders[key] = true
	}
	assert.Len(t, orders, 4)
}

func TestScoresThatAreNoNumbersComeLast(t *testing.T) {
	nan := float32(math.NaN())
	q, catalogue := page([]system.CreatorID{1, 2, 3}, []float32{nan, 1, 2})
	NewReranker(sim.New(sim.Options{}), spaced(0), rng.New(1, 0), catalogue, &system.Seen{}, nil).Arrange(q, 3)
	assert.Equal(t, []int32{2, 1, 0}, q.Order)
}

func TestSeenPostsAreLeftOut(t *testing.T) {
	q, catalogue := page([]system.CreatorID{1, 2, 3, 4}, []float32{1, 2, 3, 4})
	q.Person = 5
	seen := &system.Seen{}
	seen.Add(5, 3)
	seen.Add(5, 1)
	seen.Add(4, 0) // somebody else's
	for _, exploration := range []sim.Share{0, 1} {
		NewReranker(sim.New(sim.Options{}), exploring(exploration, 0), rng.New(1, 0), catalogue, seen, nil).Arrange(q, 4)
		assert.ElementsMatch(t, []int32{2, 0}, q.Order)
	}
	assert.EqualValues(t, 1, q.Candidates[q.Order[1]].Propensity, "the last free row, for sure")
}

func TestEmptyAndShortPages(t *testing.T) {
	q, catalogue := page(nil, nil)
	r := NewReranker(sim.New(sim.Options{}), DefaultConfig(), rng.New(1, 0), catalogue, &system.Seen{}, nil)
	q.Order = append(q.Order, 3)
	r.Arrange(q, 10)
	assert.Empty(t, q.Order)
	q, catalogue = page([]system.CreatorID{1, 1}, []float32{1, 2})
	r = NewReranker(sim.New(sim.Options{}), DefaultConfig(), rng.New(1, 0), catalogue, &system.Seen{}, nil)
	r.Arrange(q, 10)
	assert.Len(t, q.Order, 2, "a short page rather than none")
}

// A page of what is selected is by score the page that would be made if nothing else had
// been found; however it is made it has no other posts, and every candidate is in one
// count.
func TestOnlyTheSelectedAreArranged(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(rt, "candidates")
		creators := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 6), func(i int) system.CreatorID { return system.CreatorID(i) }), n, n).Draw(rt, "creators")
		scores := rapid.SliceOfN(rapid.Map(rapid.IntRange(-5, 5), func(i int) float32 { return float32(i) }), n, n).Draw(rt, "scores")
		selected, size := rapid.IntRange(1, 45).Draw(rt, "selected"), rapid.IntRange(0, 45).Draw(rt, "size")

		rows := make([]int32, n) // best first, ties by row
		for i := range rows {
			rows[i] = int32(i)
		}
		slices.SortStableFunc(rows, func(a, b int32) int { return int(scores[b] - scores[a]) })
		rows = rows[:min(selected, n)]
		slices.Sort(rows)
		var theirs []system.CreatorID
		var theirScores []float32
		for _, row := range rows {
			theirs, theirScores = append(theirs, creators[row]), append(theirScores, scores[row])
		}

		for name, c := range map[string]Config{"by score": spaced(3), "explored": exploring(0.5, 3), "diverse": spaced(3)} {
			if name == "diverse" {
				c.AuthorDecay = 0.5
			}
			few, fewPosts := page(theirs, theirScores)
			alone := NewReranker(sim.New(sim.Options{}), c, rng.New(1, 0), fewPosts, &system.Seen{}, nil)
			alone.Arrange(few, size)

			all, posts := page(creators, scores)
			c.Selected = selected
			r := NewReranker(sim.New(sim.Options{}), c, rng.New(1, 0), posts, &system.Seen{}, nil)
			r.Arrange(all, size)
			assert.Len(rt, all.Order, len(few.Order), name)
			counts := r.Counts()
			assert.True(rt, counts.Balanced(), name)
			assert.EqualValues(rt, n-len(rows), counts.Unselected, name)
			for slot, row := range all.Order {
				assert.Contains(rt, rows, row, name)
				if name == "by score" {
					assert.Equal(rt, rows[few.Order[slot]], row, "slot %d", slot)
				}
			}
		}
	})
}
