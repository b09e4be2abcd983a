package features

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/features/view"
)

// The whole store, with its log, polls and refreshes, serves to the last bit what
// a batch job recomputes from all events, when writes take no time and no event
// comes in the half second that a poll takes before a refresh.
func TestTheStoreServesWhatABatchJobRecomputes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := DefaultConfig()
		c.Counters.WriteDelay, c.Batch.Every, c.Batch.Lands = 0, 3*time.Hour, 0
		s := newShop(c, nobody{})
		act := s.kernel.Register("test.draw", sim.People, func(e sim.Event) {
			s.emit(system.EventKind(e.Arg>>16), system.PersonID(e.Arg>>8&0xff), system.PostID(e.Arg&0xff), 0)
		})
		at := sim.Time(0)
		for range rapid.IntRange(1, 40).Draw(rt, "events") {
			minutes := rapid.SampledFrom([]int{0, 0, 1, 5, 60, 400}).Draw(rt, "minutes")
			at = at.Add(time.Duration(minutes) * time.Minute)
			kind := rapid.IntRange(0, int(system.EventKinds)-1).Draw(rt, "kind")
			arg := uint64(kind)<<16 | uint64(rapid.IntRange(0, 5).Draw(rt, "person"))<<8 | uint64(rapid.IntRange(0, 19).Draw(rt, "post"))
			s.kernel.At(at.Add(time.Duration(rapid.IntRange(1, 59).Draw(rt, "second"))*time.Second), act, 0, arg)
		}
		s.kernel.Run(at.Add(7 * time.Hour))
		for _, shelf := range s.store.all {
			compareShelf(rt, s, c, shelf)
		}
	})
}

// compareShelf recomputes every row of a shelf.
func compareShelf(rt *rapid.T, s *shop, c Config, shelf *shelf) {
	every := c.Counters.Refresh
	if shelf.path == batch {
		every = c.Batch.Every
	}
	var views []view.View
	for _, name := range view.Ordered(c.Views) {
		v := c.Views[name]
		if v.Entity.Index() == shelf.entity && v.IsBatch() == (shelf.path == batch) && v.Fades() == (shelf == s.store.faded) {
			views = append(views, v)
		}
	}
	for member := range uint32(len(shelf.isDirty)) {
		var mine []system.Event
		for _, e := range s.events {
			keys := s.store.keys(e.Person, e.Post, e.Creator, e.Topic, s.store.pairs.add(e.Person, e.Creator))
			if keys[shelf.entity] == member {
				mine = append(mine, e)
			}
		}
		if len(mine) == 0 {
			require.Nil(rt, shelf.row(member))
			continue
		}
		last := mine[len(mine)-1].At
		made := sim.Time((int64(last)/int64(every) + 1) * int64(every)) // the refresh after the newest event
		priors := view.Everybody(s.events, made, c.EverybodyHalfLife)
		want, nulls := view.Recompute(nil, views, c.Smoothing, mine, made, &priors)
		row := shelf.row(member)
		_, got := reachOf(row[shelf.width():])
		require.Equal(rt, nulls|written, got)
		require.Equal(rt, want, row[:shelf.width()], "shelf %v, member %d", shelf.names, member)
	}
}
