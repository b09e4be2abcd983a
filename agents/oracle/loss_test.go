package oracle

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/agents/population"
	"feedloop/sim/record"
	"feedloop/system"
)

// losses closes a window and returns the totals, the regret last.
func (f *funnel) losses() (out [Losses + 1]float64) {
	f.rec.Tick(f.town.kernel.Now())
	r := f.rec.Result()
	for l, m := range LossMetrics {
		out[l] = r.Total(m.Name)
	}
	out[Losses] = r.Total(PageRegret.Name)
	return out
}

// untiring people make the value of a page the sum of its posts', so that what
// a step loses can be said in advance.
func untiring(c *population.Config) { c.Users.Satiation.Gain = 0 }

// Each thing that can go wrong, alone, is the loss of its own step.
func TestEachLossHasItsName(t *testing.T) {
	const age = 1000 * time.Hour
	for _, x := range []struct {
		name   string
		wrong  func(f *funnel) (shown []int32)
		of     Loss
		missed [2]int // rows of the best: what the page should have had, and had instead
	}{
		{"not found", func(f *funnel) []int32 {
			f.q.Candidates, f.q.Scores = f.q.Candidates[1:], f.q.Scores[1:]
			return rows(0, 10)
		}, NotFound, [2]int{0, 10}},
		{"too young", func(f *funnel) []int32 {
			f.age = age
			f.q.Candidates, f.q.Scores = f.q.Candidates[1:], f.q.Scores[1:]
			return rows(0, 10)
		}, TooYoung, [2]int{0, 10}},
		{"misranked", func(f *funnel) []int32 {
			f.q.Scores[0] = -10.5 // eleventh
			return rows(1, 11)
		}, Misranked, [2]int{0, 10}},
		{"stale", func(f *funnel) []int32 {
			fresh := slices.Clone(f.q.Scores)
			f.Fresh = func(*system.Query) []float32 { return fresh }
			f.q.Scores[0] = -10.5
			return rows(1, 11)
		}, Stale, [2]int{0, 10}},
		{"rearranged", func(*funnel) []int32 { return append(rows(0, 9), 30) }, Rearranged, [2]int{9, 30}},
		{"explored", func(f *funnel) []int32 {
			f.q.Candidates[40].Explored = true
			return append([]int32{40}, rows(0, 9)...)
		}, Explored, [2]int{9, 40}},
	} {
		t.Run(x.name, func(t *testing.T) {
			f := observed(t, 1, untiring)
			best := f.best
			shown := x.wrong(f)
			f.Funnel(&f.q, shown)
			loss := float64(best[x.missed[0]].value-best[x.missed[1]].value) / 10
			require.Positive(t, loss)
			var want [Losses + 1]float64
			want[x.of], want[Losses] = loss, loss
			assert.InDeltaSlice(t, want[:], f.losses1(), 1e-6)
		})
	}
}

// losses1 is losses as a slice.
func (f *funnel) losses1() []float64 {
	all := f.losses()
	return all[:]
}

// Whatever the funnel does, the losses add up to the regret, and no page of
// fewer posts is better than the best of more.
func TestLossesAddUp(t *testing.T) {
	f := observed(t, 1)
	all := f.q.Candidates
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, len(all)).Draw(rt, "found")
		found := rapid.Permutation(all).Draw(rt, "candidates")[:n]
		f.rec = record.NewRecorder(time.Hour, 0)
		f.Observer = NewObserver(f.town.kernel, f.town.people, f.town.catalogue, f.town.feed.view.seen, f.town.src, f.rec, 1, 10,
			func() time.Duration { return time.Duration(rapid.IntRange(0, 50).Draw(rt, "hours")) * time.Hour })
		f.q.Candidates, f.q.Scores = f.q.Candidates[:0:0], f.q.Scores[:0]
		for _, c := range found {
			c.Explored = rapid.IntRange(0, 9).Draw(rt, "explored") == 0
			f.q.Candidates = append(f.q.Candidates, c)
			f.q.Scores = append(f.q.Scores, float32(rapid.IntRange(-3, 3).Draw(rt, "score")))
		}
		shown := rapid.Permutation(rows(0, int32(n))).Draw(rt, "page")[:min(n, rapid.IntRange(0, 10).Draw(rt, "slots"))]
		f.Funnel(&f.q, shown)
		losses := f.losses()
		sum := 0.0
		for l := range Losses {
			sum += losses[l]
			if l <= Misranked && n >= 10 { // fewer fill no page, and a page may be better without its last
				assert.GreaterOrEqual(rt, losses[l], -1e-6, "%s", LossMetrics[l].Name)
			}
		}
		assert.InDelta(rt, losses[Losses], sum, 1e-9)
		ideal := 0.0
		for _, v := range f.best[:10] {
			ideal += float64(v.value) / 10
		}
		assert.InDelta(rt, ideal-f.view.worth(&f.q, shown, f.town.kernel.Now())/10, losses[Losses], 1e-5)
	})
}
