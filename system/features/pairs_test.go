package features

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// The slow twin is a map. Keys collide in their low and in their high bits.
func TestPairsAgainstAMap(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var p pairs
		numbers := map[uint64]uint32{}
		small := rapid.Uint64Range(0, 40)
		for range rapid.IntRange(0, 60).Draw(rt, "calls") {
			key := small.Draw(rt, "person")<<32 | small.Draw(rt, "creator")
			want, known := numbers[key]
			got, found := p.find(key)
			assert.Equal(rt, known, found)
			if known {
				assert.Equal(rt, want, got)
			}
			if rapid.Bool().Draw(rt, "add") {
				if !known {
					numbers[key] = uint32(len(numbers))
				}
				assert.Equal(rt, numbers[key], p.add(key))
			}
		}
	})
}

func TestPairsSurviveGrowth(t *testing.T) {
	var p pairs
	key := func(i uint64) uint64 { return i%100<<32 | i/100 }
	for i := range uint64(20_000) {
		assert.EqualValues(t, i, p.add(key(i)))
	}
	for i := range uint64(20_000) {
		n, ok := p.find(key(i))
		assert.True(t, ok)
		assert.EqualValues(t, i, n)
	}
	_, ok := p.find(key(20_000))
	assert.False(t, ok)
	assert.LessOrEqual(t, 2*int(p.count), len(p.slots), "at most half full")
}

// find returns the number of a pair.
func (p *pairs) find(key uint64) (uint32, bool) {
	if len(p.slots) == 0 {
		return 0, false
	}
	i := p.slot(key)
	return p.at(i)
}
