package num_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"feedloop/sim/num"
)

// The slow way: sort all, take the head. Few different values, so that ties
// are common.
func TestLargestIsTheHeadOfASort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.Uint64Range(0, 20), 0, 200).Draw(t, "words")
		k := rapid.IntRange(0, len(words)).Draw(t, "k")
		want := slices.Clone(words)
		slices.Sort(want)
		slices.Reverse(want)
		if k > 0 && k < len(words) {
			numbers := make([]float32, len(words))
			for i, w := range words {
				numbers[i] = float32(w)
			}
			assert.EqualValues(t, want[k-1], num.KthLargest(numbers, k))
		}
		assert.Equal(t, want[:k], num.Largest(words, k))
	})
}

func TestFinite(t *testing.T) {
	for _, x := range []float32{0, -1, math.MaxFloat32, math.SmallestNonzeroFloat32} {
		assert.True(t, num.Finite(x))
	}
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		assert.False(t, num.Finite(float32(x)))
	}
}
