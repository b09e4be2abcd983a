package system

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Seen against its dumb twin, a map: under any sequence of servings and
// expiries both know the same live posts.
func TestSeenIsASetOfLivePosts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s Seen
		twin := map[[2]uint32]bool{}
		first, end := uint32(0), uint32(1)
		for range rapid.IntRange(1, 400).Draw(t, "steps") {
			end += rapid.Uint32Range(0, 3).Draw(t, "published")
			if rapid.IntRange(0, 9).Draw(t, "expire") == 0 {
				first = rapid.Uint32Range(first, end-1).Draw(t, "first")
				s.Forget(PostID(first))
			}
			who, post := rapid.Uint32Range(0, 2).Draw(t, "person"), rapid.Uint32Range(first, end-1).Draw(t, "post")
			s.Add(PersonID(who), PostID(post))
			twin[[2]uint32{who, post}] = true
		}
		for who := range uint32(4) {
			for post := first; post < end; post++ {
				require.Equal(t, twin[[2]uint32{who, post}], s.Has(PersonID(who), PostID(post)), "person %d, post %d", who, post)
			}
			require.False(t, first > 0 && s.Has(PersonID(who), PostID(first-1)), "what has expired is forgotten")
		}
	})
}

// A table holds what a person met in the life of a post, however long they
// stay and however many posts there are.
func TestSeenDoesNotGrowWithTheCatalogue(t *testing.T) {
	var s Seen
	const live, step = 100_000, 1000 // a hundred of the live posts are remembered
	for post := PostID(0); post < 100_000_000; post += step {
		s.Forget(max(post, live) - live)
		s.Add(0, post)
	}
	assert.LessOrEqual(t, len(s.rows[0].places), 512, "a hundred posts and as many expired, at most half full")
	assert.True(t, s.Has(0, 100_000_000-step))
	assert.False(t, s.Has(0, step))
}

// BenchmarkSeenHas asks about every live post, as retrieval does.
func BenchmarkSeenHas(b *testing.B) {
	const live, met = 1500, 150
	var s Seen
	for i := range PostID(met) {
		s.Add(0, i*(live/met))
	}
	known := 0
	for b.Loop() {
		for post := range PostID(live) {
			if s.Has(0, post) {
				known++
			}
		}
	}
	require.NotZero(b, known)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/live, "ns/post")
}

// Where posts may come again nothing is remembered.
func TestSeenMayBeOff(t *testing.T) {
	s := Seen{Repeats: true}
	s.Add(3, 5)
	assert.False(t, s.Has(3, 5))
	assert.Empty(t, s.rows)
}
