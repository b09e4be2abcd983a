package offline

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// The slow twin is a map. Keys collide in their low and in their high bits.
func TestDirectoryAgainstAMap(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var d directory
		numbers := map[uint64]uint32{}
		small := rapid.Uint64Range(0, 40)
		for range rapid.IntRange(0, 60).Draw(rt, "calls") {
			key := small.Draw(rt, "high")<<32 | small.Draw(rt, "low")
			want, known := numbers[key]
			got, found := d.find(key)
			assert.Equal(rt, known, found)
			if known {
				assert.Equal(rt, want, got)
			}
			if rapid.Bool().Draw(rt, "add") {
				if !known {
					numbers[key] = uint32(len(numbers))
				}
				assert.Equal(rt, numbers[key], d.add(key))
			}
			if rapid.IntRange(0, 40).Draw(rt, "forget") == 0 {
				d.empty()
				clear(numbers)
			}
		}
	})
}

func TestDirectorySurviveGrowth(t *testing.T) {
	var d directory
	key := func(i uint64) uint64 { return i%100<<32 | i/100 }
	for i := range uint64(20_000) {
		assert.EqualValues(t, i, d.add(key(i)))
	}
	for i := range uint64(20_000) {
		n, ok := d.find(key(i))
		assert.True(t, ok)
		assert.EqualValues(t, i, n)
	}
	_, ok := d.find(key(20_000))
	assert.False(t, ok)
	assert.LessOrEqual(t, 2*int(d.count), len(d.slots), "at most half full")
}

// find returns the number of an entity.
func (d *directory) find(key uint64) (uint32, bool) {
	if len(d.slots) == 0 {
		return 0, false
	}
	i := d.slot(key)
	return d.at(i)
}
