package features

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"feedloop/system"
)

// The slow twin is a map. Creators collide in their low and in their high bits.
func TestPairsAgainstAMap(t *testing.T) {
	type couple struct {
		who system.PersonID
		by  system.CreatorID
	}
	rapid.Check(t, func(rt *rapid.T) {
		var p pairs
		numbers := map[couple]uint32{}
		person := rapid.Uint32Range(0, 3)
		creator := rapid.OneOf(rapid.Uint32Range(0, 40), rapid.Map(rapid.Uint32Range(0, 40), func(n uint32) uint32 { return n << 15 }))
		for range rapid.IntRange(0, 60).Draw(rt, "calls") {
			x := couple{system.PersonID(person.Draw(rt, "person")), system.CreatorID(creator.Draw(rt, "creator"))}
			want, known := numbers[x]
			if !known {
				want = nowhere
			}
			assert.Equal(rt, want, p.find(x.who, x.by))
			all := make([]uint32, 2)
			p.findAll(all, x.who, []uint32{uint32(x.by), 1 << 30})
			assert.Equal(rt, []uint32{want, nowhere}, all)
			if rapid.Bool().Draw(rt, "add") {
				if !known {
					numbers[x] = uint32(len(numbers))
				}
				assert.Equal(rt, numbers[x], p.add(x.who, x.by))
			}
		}
	})
}

func TestPairsSurviveGrowth(t *testing.T) {
	var p pairs
	who := func(i int) system.PersonID { return system.PersonID(i % 100) }
	by := func(i int) system.CreatorID { return system.CreatorID(i / 100) }
	for i := range 20_000 {
		assert.EqualValues(t, i, p.add(who(i), by(i)))
	}
	for i := range 20_000 {
		assert.EqualValues(t, i, p.find(who(i), by(i)))
	}
	assert.EqualValues(t, nowhere, p.find(0, 200))
	for _, c := range p.of {
		assert.LessOrEqual(t, 2*c.known, len(c.slots), "at most half full")
	}
}
