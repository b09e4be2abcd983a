package reranking

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// A reward that is weighed by the inverse of the logged propensity is, on
// average, the sum of the rewards of all that could have been chosen: the one
// thing that propensities are for. It is so for every slot, whatever explores,
// with and without a slot for new posts, and given the slots before.
func TestInversePropensitiesRecoverAKnownTotal(t *testing.T) {
	scores := []float32{1, .8, .75, .7, .5, .4}
	rewards := []float64{30, 25, 20, 1, -5, 9} // most for what is chosen most, or its propensity would hardly count
	for _, explorer := range []Explorer{Uniform, Thompson} {
		for _, slot := range []int{0, 2} {
			c := exploring(.5, 0)
			c.Explorer, c.NewPost.Slot, c.NewPost.Exposures, c.Thompson.Spread = explorer, slot, 1_000_000, .4
			q, catalogue := page([]system.CreatorID{1, 2, 3, 4, 5, 6}, scores)
			r := NewReranker(sim.New(sim.Options{}), c, rng.New(5, 0), catalogue, &system.Seen{}, nil)
			var errors [3][]float64 // estimate less the truth, by slot
			for visit := range uint32(20_000) {
				q.Visit = visit
				clear(r.exposures) // what is believed stays as it is
				r.Arrange(q, 3)
				total := 0.0
				for _, x := range rewards {
					total += x
				}
				for i, row := range q.Order {
					p := float64(q.Candidates[row].Propensity)
					require.True(t, p > 0 && p <= 1+1e-6)
					errors[i] = append(errors[i], rewards[row]/p-total)
					total -= rewards[row]
				}
			}
			for i := range errors {
				simtest.Agrees(t, errors[i], 0, "%s, slot for new posts %d: slot %d", explorer, slot, i+1)
			}
		}
	}
}

// A whole page comes as often as the product of its propensities says, with all
// that shapes a page at work beside the explorer. 30,000 pages of three out of five
// make 60 orders; each is seen within 4.5 standard errors of its own.
func TestAPageIsAsFrequentAsItsPropensitiesSay(t *testing.T) {
	const pages = 30_000
	for _, explorer := range []Explorer{Uniform, Thompson} {
		c := exploring(.4, 1)
		c.Explorer, c.Thompson.Spread, c.NewPost = explorer, .3, NewPost{Slot: 2, Exposures: 5}
		c.Diversity, c.AuthorDecay, c.OutOfNetwork = MMR, .5, .75
		q, catalogue := page([]system.CreatorID{1, 1, 2, 2, 3}, []float32{5, 4, 3, 2, 1})
		q.Candidates[2].From = q.Candidates[2].From.With(system.InNetwork)
		for i := range q.Candidates {
			catalogue.Post(system.PostID(i)).Content[i%2] = 1
		}
		r := NewReranker(sim.New(sim.Options{}), c, rng.New(6, 0), catalogue, &system.Seen{}, nil)
		frequency, said := map[[3]int32]float64{}, map[[3]int32]float64{}
		for visit := range uint32(pages) {
			q.Visit = visit
			r.exposures = append(r.exposures[:0], 9, 9, 9, 0, 2) // what is believed, and is new, stays as it is
			r.Arrange(q, 3)
			order, p := [3]int32(q.Order), 1.0
			for _, row := range order {
				p *= float64(q.Candidates[row].Propensity)
			}
			frequency[order]++
			if before, met := said[order]; met {
				require.InDelta(t, before, p, 1e-9, "one page has one probability")
			}
			said[order] = p
		}
		sum := 0.0
		for order, p := range said {
			assert.InDelta(t, p, frequency[order]/pages, 4.5*math.Sqrt(p*(1-p)/pages)+1e-4, "%s: %v", explorer, order)
			sum += p
		}
		assert.Greater(t, len(said), 50, explorer)
		assert.InDelta(t, 1, sum, .01, "what has not been seen once is rare")
	}
}

// The law of the winner against the race itself: normal draws, of which the
// highest wins. 20,000 races see a share within 4 sqrt(p(1-p)/20,000), at most
// .014; the grid's own error is below .0005.
func TestThompsonSharesAreThoseOfTheRace(t *testing.T) {
	means := []float64{.9, .85, .6, .5, 0, .88}
	spreads := []float64{.05, .2, .1, .2, .05, 0}
	const races = 20_000
	var wins [6]float64
	src := rng.New(1, 0)
	purpose := rng.NewPurpose("reranking.test_race")
	for n := range uint64(races) {
		best, most := 0, -10.0
		for row := range means {
			if spreads[row] == 0 {
				continue
			}
			if x := means[row] + spreads[row]*num.NormInv(src.Uniform(purpose, uint64(row), n)); x > most {
				best, most = row, x
			}
		}
		wins[best]++
	}
	var r race
	r.begin(append([]float64{}, means...), append([]float64{}, spreads...), 2)
	sum := 0.0
	for row := range means {
		share := r.share(int32(row))
		assert.InDelta(t, wins[row]/races, share, .0145, "row %d", row)
		sum += share
	}
	assert.InDelta(t, 1, sum, 5e-4)
	assert.Zero(t, r.share(5), "a row that cannot win")

	r.placed(1) // the others go on without it
	var rest race
	spreads[1] = 0
	rest.begin(means, spreads, 1)
	for row := range means {
		assert.InDelta(t, rest.share(int32(row)), r.share(int32(row)), 5e-4, "row %d", row)
	}
}

// What the grid has missed is not given to a row that all but never wins.
func TestWhatTheGridMissesGoesToTheLikeliest(t *testing.T) {
	var r race
	r.begin([]float64{.9, .5, .1}, []float64{.05, .05, .05}, 1)
	row, share := r.pick(math.Nextafter(1, 0))
	assert.EqualValues(t, 0, row)
	assert.InDelta(t, 1, share, 1e-3)
	row, _ = r.pick(.5)
	assert.EqualValues(t, 0, row)
}

// The last slots of a page are raced for by what the first have left, however far
// below them it lies.
func TestTheRaceGoesOnBehindTheBest(t *testing.T) {
	var r race
	r.begin([]float64{1, .9, .1, .05}, []float64{.02, .02, .02, .02}, 3)
	r.placed(0)
	r.placed(1)
	assert.InDelta(t, 1, r.share(2)+r.share(3), 5e-4)
	assert.Greater(t, r.share(2), .9)
}

// Of two posts of the same score the one that hardly anybody was shown is
// explored more often; and a page of one post has no choice.
func TestThompsonPrefersWhatIsUncertain(t *testing.T) {
	q, catalogue := page([]system.CreatorID{1, 2, 3}, []float32{1, .5, .5})
	c := exploring(1, 0)
	c.Explorer = Thompson
	r := NewReranker(sim.New(sim.Options{}), c, rng.New(1, 0), catalogue, &system.Seen{}, nil)
	r.exposures = []uint32{0, 1000, 0}
	r.filter(q)
	r.shape(q)
	r.contend(q, 1)
	assert.Greater(t, r.race.share(2), 10*r.race.share(1))
	assert.Greater(t, r.race.share(0), r.race.share(2))

	q, catalogue = page([]system.CreatorID{1}, []float32{1})
	r = NewReranker(sim.New(sim.Options{}), c, rng.New(1, 0), catalogue, &system.Seen{}, nil)
	r.Arrange(q, 3)
	require.Equal(t, []int32{0}, q.Order)
	assert.InDelta(t, 1, q.Candidates[0].Propensity, 5e-4)
}

// The variance is halved by as many showings as the prior is worth, and falls to a
// sixteenth.
func TestDoubtFallsAsAPostIsShown(t *testing.T) {
	for n, variance := range map[uint32]float64{0: 1, 20: 1. / 2, 60: 1. / 4, 300: 1. / 16, 10_000: 1. / 16} {
		spread := spreadAfter(.2, n, 20)
		assert.InDelta(t, .04*variance, spread*spread, 1e-12, "%d showings", n)
	}
}

// One slot of a page goes to the best of the new posts, as long as there is one.
func TestTheSlotForNewPosts(t *testing.T) {
	c := spaced(0)
	c.NewPost = NewPost{Slot: 2, Exposures: 3}
	q, catalogue := page([]system.CreatorID{1, 2, 3, 4, 5}, []float32{9, 8, 7, 2, 3})
	r := NewReranker(sim.New(sim.Options{}), c, rng.New(1, 0), catalogue, &system.Seen{}, nil)
	r.exposures = []uint32{100, 100, 100, 2, 2}
	r.Arrange(q, 3)
	assert.Equal(t, []int32{0, 4, 1}, q.Order)
	assert.True(t, q.Candidates[4].Explored)
	assert.False(t, q.Candidates[0].Explored)
	assert.EqualValues(t, 1, q.Candidates[4].Propensity, "nothing was left to chance")
	r.Arrange(q, 3)
	assert.Equal(t, []int32{0, 3, 1}, q.Order, "the first has been shown often enough")
	r.Arrange(q, 3)
	assert.Equal(t, []int32{0, 1, 2}, q.Order, "no post is new: the slot goes to the best")
	assert.False(t, q.Candidates[1].Explored)
}

// A page that came too late was shown to nobody: its posts are as new as before.
func TestADiscardedPageShowsNothing(t *testing.T) {
	c := spaced(0)
	c.NewPost = NewPost{Slot: 1, Exposures: 1}
	q, catalogue := page([]system.CreatorID{1, 2, 3}, []float32{9, 8, 7})
	r := NewReranker(sim.New(sim.Options{}), c, rng.New(1, 0), catalogue, &system.Seen{}, nil)
	r.Discard(q) // nothing was arranged
	for range 2 {
		r.Arrange(q, 2)
		assert.Equal(t, []int32{0, 1}, q.Order)
		r.Discard(q)
		assert.Empty(t, q.Order)
		r.Discard(q) // once is enough
	}
	r.Arrange(q, 2)
	r.Arrange(q, 2)
	assert.Equal(t, []int32{2, 0}, q.Order, "the first two are known")
	assert.True(t, r.Counts().Balanced())
}

// While a phase is randomised every slot is a fair draw from what is left, whatever
// the scores, the authors and the explorer are, and is logged as one.
func TestARandomisedPhaseIsALottery(t *testing.T) {
	for _, explorer := range []Explorer{Uniform, Thompson} {
		c := exploring(.1, 3)
		c.Explorer, c.NewPost.Slot = explorer, 1
		q, catalogue := page([]system.CreatorID{1, 1, 1, 2}, []float32{9, 5, 3, 1})
		k := sim.New(sim.Options{})
		r := NewReranker(k, c, rng.New(3, 0), catalogue, &system.Seen{}, nil)
		require.NoError(t, k.Inject(sim.Plan{{Kind: Randomised, At: 0, For: 10}}))
		k.Run(5)
		var wins [4][]float64
		for visit := range uint32(8000) {
			q.Visit = visit
			r.Arrange(q, 2)
			for row := range wins {
				won := 0.0
				if q.Order[1] == int32(row) {
					won = 1
				}
				wins[row] = append(wins[row], won)
			}
			for slot, row := range q.Order {
				require.True(t, q.Candidates[row].Explored)
				require.InDelta(t, 1/float64(4-slot), q.Candidates[row].Propensity, 1e-6)
			}
		}
		for row := range wins {
			simtest.Agrees(t, wins[row], .25, "%s: row %d in the second slot", explorer, row)
		}
		k.Run(20)
		first := 0
		for visit := range uint32(1000) {
			q.Visit = visit
			r.Arrange(q, 1)
			if !q.Candidates[q.Order[0]].Explored || q.Order[0] == 0 {
				first++
			}
		}
		require.Greater(t, first, 900, "it is over: a tenth explores")
	}
}
