package view

import (
	"time"

	"feedloop/sim"
	"feedloop/system"
)

// Recompute is the batch path: it appends to dst what views of one entity show
// of a member at a moment, made from the member's events, oldest first. Events
// that happened later are left out. With it comes a bit for every view that has
// nothing to show.
//
// Cost: one pass over the events.
func Recompute(dst []float32, views []View, smoothing float64, events []system.Event, at sim.Time, p *Priors) (row []float32, nulls uint32) {
	l := NewLive(views, smoothing)
	l.Grow(0)
	for i := range events {
		if events[i].At > at {
			break
		}
		d := DeltaOf(&events[i])
		l.Add(0, &d, events[i].At)
	}
	return l.Show(dst, 0, at, p, 1)
}

// Everybody is the batch path of everybody's rates: of all events up to a
// moment, oldest first.
func Everybody(events []system.Event, at sim.Time, halfLife time.Duration) Priors {
	var t Tally
	for i := range events {
		if events[i].At > at {
			break
		}
		d := DeltaOf(&events[i])
		t.Add(&d, events[i].At, halfLife)
	}
	t = t.AsOf(at, halfLife)
	return PriorsOf(&t)
}
