package retrieval

import (
	"math"
	"sort"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"feedloop/sim/num"
	"feedloop/system"
)

// scored is a post with its score, unpacked.
type scored struct {
	score float32
	post  system.PostID
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
		return a.post < b.post
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
		var packed []ranked
		for i, s := range scores {
			id := system.PostID(i)
			all, packed = append(all, scored{s, id}), append(packed, rank(s, id))
		}
		want := []system.PostID{}
		for _, s := range sorted(all)[:min(k, len(all))] {
			want = append(want, s.post)
		}
		listed := byScore(append([]ranked(nil), packed...), make([]ranked, len(packed)))
		assert.Equal(rt, want, posts(listed[:min(k, len(listed))]), "by radix")
		assert.Equal(rt, want, posts(num.Largest(packed, k)))
	})
}

func posts(all []ranked) []system.PostID {
	out := []system.PostID{}
	for _, r := range all {
		out = append(out, r.post())
	}
	return out
}

func TestMinusZeroTiesWithZero(t *testing.T) {
	minus := float32(math.Copysign(0, -1))
	assert.Equal(t, rank(0, 7), rank(minus, 7))
}

// BenchmarkByScore sorts 6,000 posts for the trending list.
func BenchmarkByScore(b *testing.B) {
	all, work, spare := make([]ranked, 6000), make([]ranked, 6000), make([]ranked, 6000)
	for i := range all {
		all[i] = rank(float32(unit(i)[0]), system.PostID(i))
	}
	b.ReportAllocs()
	for b.Loop() {
		copy(work, all)
		byScore(work, spare)
	}
}
