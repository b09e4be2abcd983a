package num

import (
	"math"
	"sort"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// scored is an id with its score, unpacked.
type scored struct {
	score float32
	id    uint32
}

// sorted is the slow way: sort all, best first, ties to the lower id, numbers
// before what is none.
func sorted(all []scored) []scored {
	out := append([]scored(nil), all...)
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		switch {
		case a.score != a.score || b.score != b.score:
			if (a.score != a.score) != (b.score != b.score) {
				return b.score != b.score
			}
		case a.score != b.score:
			return a.score > b.score
		}
		return a.id < b.id
	})
	return out
}

func TestTopIsTheHeadOfASort(t *testing.T) {
	minus := float32(math.Copysign(0, -1))
	odd := []float32{0, minus, 1, -1, float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN()), 1e-45, -1e-45}
	rapid.Check(t, func(rt *rapid.T) {
		any := rapid.OneOf(rapid.SampledFrom(odd), rapid.Float32(), rapid.Map(rapid.IntRange(-3, 3), func(i int) float32 { return float32(i) }))
		scores := rapid.SliceOfN(any, 0, 60).Draw(rt, "scores")
		k := rapid.IntRange(0, 70).Draw(rt, "k")
		var all []scored
		var packed []Ranked
		for i, s := range scores {
			id := uint32(i)
			all, packed = append(all, scored{s, id}), append(packed, Rank(s, id))
		}
		want := []uint32{}
		for _, s := range sorted(all)[:min(k, len(all))] {
			want = append(want, s.id)
		}
		listed := ByScore(append([]Ranked(nil), packed...), make([]Ranked, len(packed)))
		assert.Equal(rt, want, ids(listed[:min(k, len(listed))]), "by radix")
		assert.Equal(rt, want, ids(Largest(packed, k)))
	})
}

func ids(all []Ranked) []uint32 {
	out := []uint32{}
	for _, r := range all {
		out = append(out, r.ID())
	}
	return out
}

func TestMinusZeroTiesWithZero(t *testing.T) {
	minus := float32(math.Copysign(0, -1))
	assert.Equal(t, Rank(0, 7), Rank(minus, 7))
}

// BenchmarkByScore sorts 6,000 ids.
func BenchmarkByScore(b *testing.B) {
	all, work, spare := make([]Ranked, 6000), make([]Ranked, 6000), make([]Ranked, 6000)
	for i := range all {
		all[i] = Rank(float32(uint32(i)*2654435769), uint32(i))
	}
	b.ReportAllocs()
	for b.Loop() {
		copy(work, all)
		ByScore(work, spare)
	}
}
