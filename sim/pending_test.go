package sim

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Whatever is added and taken in whatever order, numbers lead to what they were given for, and there is never more
// room than waited at once.
func TestPendingIsAsLargeAsWhatIsPending(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p Pending[int]
		waiting := map[uint32]int{} // the slow twin
		most := 0
		for step := range rapid.IntRange(0, 200).Draw(t, "steps") {
			if numbers := slices.Sorted(maps.Keys(waiting)); len(numbers) > 0 && rapid.Bool().Draw(t, "take") {
				n := rapid.SampledFrom(numbers).Draw(t, "number")
				require.Equal(t, waiting[n], p.Take(n))
				delete(waiting, n)
			} else {
				n := p.Add(step)
				require.NotContains(t, waiting, n)
				waiting[n] = step
			}
			most = max(most, len(waiting))
			require.Equal(t, len(waiting), p.Len())
		}
		require.Len(t, p.waiting, most)
	})
}
