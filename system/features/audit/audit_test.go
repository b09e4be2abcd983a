package audit

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/features/view"
)

// A member of whom there is an event every ten minutes for 90 days takes the
// memory of a few hours of them, read or not.
func TestMemoryIsBounded(t *testing.T) {
	k := sim.New(sim.Options{})
	v := view.View{Entity: view.Post, HalfLife: time.Hour, Shows: []view.Column{view.Volume}}
	c := DefaultConfig()
	c.Share = 1
	a := New(k, c, []Shelf{{
		Entity: view.Post, Names: v.Names("p"), Views: []view.View{v}, Every: time.Minute, Silence: []time.Duration{sim.Day}, Smoothing: 8,
	}})
	a.Waits = func(sim.Time) bool { return false }
	for i := range uint64(90 * 24 * 6) {
		k.Run(sim.Time(i+1) * sim.Time(10*time.Minute))
		e := system.Event{ID: i + 1, At: k.Now(), Kind: system.Viewed, Length: 10}
		for id := range uint32(2) {
			a.Logged(0, id, &e)
			a.Counted(0, id, &e)
		}
		a.Read(Found{At: k.Now(), Values: make([]float32, 1), Present: make([]bool, 1), Expired: make([]bool, 1), Answered: true})
	}
	read, unread := a.members[0][0], a.members[0][1]
	assert.Less(t, len(read.events), 50, "6 an hour over a horizon of 4 hours")
	assert.Less(t, len(unread.events), 50)
	assert.Less(t, len(read.places)+len(unread.places), 4000)
	assert.Less(t, len(a.waiting), 4000)
	compared, _ := a.Counts()
	assert.InDelta(t, 90*24*6, compared, 10)
	assert.Zero(t, read.lost)
}

// A post lives for an hour and is never seen again: of 1,000 that have lived one
// after the other, the events of a few are kept.
func TestTheDeadAreFolded(t *testing.T) {
	k := sim.New(sim.Options{})
	v := view.View{Entity: view.Post, HalfLife: time.Hour, Shows: []view.Column{view.Volume}}
	c := DefaultConfig()
	c.Share = 1
	a := New(k, c, []Shelf{{
		Entity: view.Post, Names: v.Names("p"), Views: []view.View{v}, Every: time.Minute, Silence: []time.Duration{sim.Day}, Smoothing: 8,
	}})
	a.Waits = func(sim.Time) bool { return false }
	for post := range uint32(1000) {
		for i := range uint64(20) {
			k.Run(k.Now().Add(3 * time.Minute))
			e := system.Event{ID: uint64(post)*20 + i + 1, At: k.Now(), Kind: system.Viewed, Length: 10}
			a.Logged(0, post, &e)
			a.Counted(0, post, &e)
		}
	}
	room := 0
	for _, m := range a.members[0] { // ordered: a sum of whole numbers does not depend on the order
		room += cap(m.events)
	}
	assert.Less(t, room, 10*32, "of the last four hours, and an hour until they are folded")
	assert.Len(t, a.members[0], 1000)
}

func TestSMAPE(t *testing.T) {
	var c cell
	c.add(1, 1, false, None)
	c.add(3, 1, true, Late)
	assert.Equal(t, 1., c.smape[Late], "2 x 2 / 4")
	require.Equal(t, 2., c.compared)
}
