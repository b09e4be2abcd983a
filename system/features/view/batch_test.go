package view

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/system"
)

// drawnViews are views of one entity with any windows and columns.
func drawnViews(rt *rapid.T) []View {
	var views []View
	for range rapid.IntRange(1, 4).Draw(rt, "views") {
		v := View{Entity: Post}
		if rapid.Bool().Draw(rt, "window") {
			v.Hop = time.Duration(rapid.IntRange(1, 20).Draw(rt, "hop")) * time.Minute
			v.Window = v.Hop * time.Duration(rapid.IntRange(1, 20).Draw(rt, "hops"))
		} else {
			v.HalfLife = time.Duration(rapid.IntRange(60, 200_000).Draw(rt, "half-life")) * time.Second
		}
		for _, c := range columns {
			if c.name != Faded && rapid.Bool().Draw(rt, string(c.name)) {
				v.Shows = append(v.Shows, c.name)
			}
		}
		if len(v.Shows) == 0 {
			v.Shows = []Column{Volume}
		}
		views = append(views, v)
	}
	return views
}

// drawnEvents are events of up to three posts in order of time.
func drawnEvents(rt *rapid.T) []system.Event {
	var events []system.Event
	at := sim.Time(0)
	for range rapid.IntRange(0, 60).Draw(rt, "events") {
		at = at.Add(time.Duration(rapid.Int64Range(0, int64(3*time.Hour)).Draw(rt, "gap")))
		events = append(events, system.Event{
			At: at, Post: system.PostID(rapid.IntRange(0, 2).Draw(rt, "post")), Length: 30,
			Kind:  system.EventKind(rapid.IntRange(0, int(system.EventKinds)-1).Draw(rt, "kind")),
			Watch: float32(rapid.IntRange(0, 40).Draw(rt, "watch")),
		})
	}
	return events
}

// of are the events of one post.
func of(events []system.Event, post uint32) []system.Event {
	return slices.DeleteFunc(slices.Clone(events), func(e system.Event) bool { return uint32(e.Post) != post })
}

// bitsOf are the bits of a row: equal means equal.
func bitsOf(row []float32) []uint32 {
	out := make([]uint32, len(row))
	for i, x := range row {
		out[i] = math.Float32bits(x)
	}
	return out
}

// One definition, two paths: whatever the views and the events, and whenever it
// is shown, the streaming path shows to the last bit what the batch path
// recomputes, rates of everybody included. Showing changes nothing.
func TestStreamingIsBatch(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const halfLife = 100 * time.Hour
		views, events := drawnViews(rt), drawnEvents(rt)
		live := NewLive(views, 8)
		live.Grow(2)
		var everybody Tally
		for i := range events {
			d := DeltaOf(&events[i])
			live.Add(uint32(events[i].Post), &d, events[i].At)
			everybody.Add(&d, events[i].At, halfLife)
			if rapid.IntRange(0, 3).Draw(rt, "show") > 0 {
				continue
			}
			until := 40 * time.Hour
			if i+1 < len(events) {
				until = events[i+1].At.Sub(events[i].At) - 1
			}
			at := events[i].At.Add(time.Duration(rapid.Int64Range(0, max(int64(until), 0)).Draw(rt, "later")))
			if i+1 < len(events) && events[i+1].At <= at {
				continue // of the same moment: the stream has not brought it yet
			}
			now := everybody.AsOf(at, halfLife)
			priors := PriorsOf(&now)
			require.Equal(rt, Everybody(events, at, halfLife), priors)
			for post := range uint32(3) {
				got, nulls := live.Show(nil, post, at, &priors, 1)
				want, empty := Recompute(nil, views, 8, of(events, post), at, &priors)
				require.Equal(rt, bitsOf(want), bitsOf(got), "post %d at %v", post, at)
				require.Equal(rt, empty, nulls)
			}
		}
	})
}

// Events that come in another order than they happened, as late ones do, give
// the same values but for rounding and for what lazy decay leaves: a tally is
// brought forward every thousandth of a half-life only, so a weight may be off by
// .07 %, and log-odds, of which the rates are smoothed, by less than .002. The
// newest impression is the one that came in order; windows are wide enough to
// forget nothing.
func TestOrderMakesNoDifference(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var views []View
		for _, v := range drawnViews(rt) {
			if v.Window > 0 {
				v.Window, v.Hop = 900*time.Hour, time.Hour
			}
			v.Shows = slices.DeleteFunc(v.Shows, func(c Column) bool { return c == Last })
			views = append(views, v)
		}
		events := of(drawnEvents(rt), 0)
		at := sim.Time(200 * time.Hour)
		priors := PriorsOf(&Tally{})
		want, _ := Recompute(nil, views, 8, events, at, &priors)
		live := NewLive(views, 8)
		live.Grow(0)
		for _, i := range rapid.Permutation(events).Draw(rt, "order") {
			d := DeltaOf(&i)
			live.Add(0, &d, i.At)
		}
		got, _ := live.Show(nil, 0, at, &priors, 1)
		require.InDeltaSlice(rt, want, got, .002)
	})
}
