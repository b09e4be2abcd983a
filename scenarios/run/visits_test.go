package run

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
)

// Where the value model aims at returns, the trainers get every visit of the log
// a day after its last view, with as many posts as were viewed in it and whether
// the person came back; counted again from the log, the slow way.
func TestVisitsAreThoseOfTheLog(t *testing.T) {
	w := born(t, small, "clock.run=4d", "system.ranking.value.preset=retention")
	type visit struct {
		first, last sim.Time
		posts       map[[2]uint32]bool
	}
	visits := map[system.PersonID]map[uint32]*visit{}
	w.platform.log.Subscribe("slow", func(e *system.Event) {
		if e.Kind != system.Viewed {
			return
		}
		if visits[e.Person] == nil {
			visits[e.Person] = map[uint32]*visit{}
		}
		v := visits[e.Person][e.Visit]
		if v == nil {
			v = &visit{first: e.At, posts: map[[2]uint32]bool{}}
			visits[e.Person][e.Visit] = v
		}
		v.first, v.last = min(v.first, e.At), max(v.last, e.At)
		v.posts[[2]uint32{e.Page, uint32(e.Position)}] = true // an event may come twice
	})
	w.grow(w.run)

	type told struct {
		person   system.PersonID
		posts    int
		returned bool
	}
	var want, got []told
	for person, all := range visits {
		for number, v := range all {
			if sim.Time(w.run).Sub(v.last) <= sim.Day {
				continue
			}
			returned := false
			for other, next := range all {
				returned = returned || other != number && next.first > v.last && next.first.Sub(v.last) <= sim.Day
			}
			want = append(want, told{person, len(v.posts), returned})
		}
	}
	data, _ := w.platform.joiner.Lend(0)
	for _, v := range data.Visits {
		got = append(got, told{v.Person, len(v.Did), v.Returned})
	}
	require.Greater(t, len(want), 100)
	assert.ElementsMatch(t, want, got)
	assert.True(t, slices.ContainsFunc(got, func(v told) bool { return v.returned }))
	assert.True(t, slices.ContainsFunc(got, func(v told) bool { return !v.returned }))
}
