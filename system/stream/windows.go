package stream

import (
	"maps"
	"slices"

	"feedloop/sim"
)

// Windows is an operator that gathers values by key and window of event time,
// and hands a window on when the watermark says that it is complete.
//
//	Add(key, at, value) ─▶ pane (key, window) ─ watermark >= end-1 ─▶ fire
//	                  └─▶ late: end-1+lateness <= watermark ─▶ side output
//
// Keys and aggregates are plain values without pointers, so that a snapshot is
// a copy. Windows fire in order of their ends, those of one end in the order in
// which they were opened: the same records give the same output, always.
type Windows[K comparable, A any] struct {
	by        Windowing
	merge     func(into *A, value A)
	fire      func(key K, w Window, a A)
	watermark sim.Time
	panes     []pane[K, A]
	free      []int32
	open      map[address[K]]int32 // tumbling and sliding
	sessions  map[K][]int32        // session: the open panes of a key
	due       deadlines
	opened    uint64
	// Late is called with every value that no window took; nil is allowed.
	Late   func(key K, at sim.Time, value A)
	counts WindowCounts
}

// WindowCounts says what became of values and windows.
//
//	Added = Taken + Late
type WindowCounts struct {
	Added, Taken, Late uint64
	// Fired counts windows handed on, Again those of them that had been before.
	Fired, Again uint64
}

// pane is what is known of one key in one window.
type pane[K comparable, A any] struct {
	key    K
	window Window
	value  A
	number uint64 // by which a deadline knows that it means this pane; 0 is free
	fired  bool
}

// address finds a tumbling or sliding pane.
type address[K comparable] struct {
	key   K
	start sim.Time
}

// NewWindows returns the operator; merge adds a value to an aggregate that
// starts at A's zero value and must not mind the order, fire takes what is
// complete.
func NewWindows[K comparable, A any](by Windowing, merge func(into *A, value A), fire func(K, Window, A)) *Windows[K, A] {
	return &Windows[K, A]{
		by: by, merge: merge, fire: fire, watermark: NoWatermark,
		open: map[address[K]]int32{}, sessions: map[K][]int32{},
	}
}

// Counts returns what became of values and windows.
func (w *Windows[K, A]) Counts() WindowCounts { return w.counts }

// Open is the number of panes that are kept.
func (w *Windows[K, A]) Open() int { return len(w.panes) - len(w.free) }

// Add gives a value at an event time to the windows that it belongs to, and
// tells whether any took it.
func (w *Windows[K, A]) Add(key K, at sim.Time, value A) bool {
	w.counts.Added++
	taken := false
	if w.by.Shape == Session {
		taken = w.join(key, at, value)
	} else {
		window := w.by.first(at)
		for window.End > at {
			if !w.closed(window) {
				taken = true
				w.put(w.find(key, window), value)
			}
			if w.by.Shape == Tumbling {
				break
			}
			window.Start, window.End = window.Start.Add(-w.by.Slide), window.End.Add(-w.by.Slide)
		}
	}
	if taken {
		w.counts.Taken++
		return true
	}
	w.counts.Late++
	if w.Late != nil {
		w.Late(key, at, value)
	}
	return false
}

// closed tells whether a window takes nothing any more.
func (w *Windows[K, A]) closed(window Window) bool {
	return window.last().Add(w.by.Lateness) <= w.watermark
}

// find returns the pane of a key and window, opening it if it is new.
func (w *Windows[K, A]) find(key K, window Window) int32 {
	at := address[K]{key, window.Start}
	slot, ok := w.open[at]
	if !ok {
		slot = w.fresh(key, window)
		w.open[at] = slot
	}
	return slot
}

// fresh opens a pane.
func (w *Windows[K, A]) fresh(key K, window Window) int32 {
	slot := int32(len(w.panes))
	if n := len(w.free); n > 0 {
		slot, w.free = w.free[n-1], w.free[:n-1]
	} else {
		w.panes = append(w.panes, pane[K, A]{})
	}
	w.opened++
	w.panes[slot] = pane[K, A]{key: key, window: window, number: w.opened}
	w.await(slot)
	return slot
}

// await sets the deadline at which a pane fires, or is dropped if it has.
func (w *Windows[K, A]) await(slot int32) {
	p := &w.panes[slot]
	at := p.window.last()
	if p.fired {
		at = at.Add(w.by.Lateness)
	}
	w.due.push(deadline{at: at, number: p.number, slot: slot})
}

// put adds a value to a pane. One whose end has passed fires again.
func (w *Windows[K, A]) put(slot int32, value A) {
	p := &w.panes[slot]
	w.merge(&p.value, value)
	if p.window.last() <= w.watermark {
		w.hand(p)
	}
}

// hand hands a pane on.
func (w *Windows[K, A]) hand(p *pane[K, A]) {
	w.counts.Fired++
	if p.fired {
		w.counts.Again++
	}
	p.fired = true
	if w.fire != nil {
		w.fire(p.key, p.window, p.value)
	}
}

// Advance moves the watermark, which never falls, and fires what is complete.
func (w *Windows[K, A]) Advance(watermark sim.Time) {
	if watermark <= w.watermark {
		return
	}
	w.watermark = watermark
	for len(w.due) > 0 && w.due[0].at <= watermark {
		d := w.due.pop()
		p := &w.panes[d.slot]
		if p.number != d.number {
			continue // it has become part of another
		}
		if !p.fired {
			w.hand(p)
		}
		if w.closed(p.window) {
			w.drop(d.slot)
			continue
		}
		w.await(d.slot)
	}
}

// drop forgets a pane.
func (w *Windows[K, A]) drop(slot int32) {
	p := &w.panes[slot]
	if w.by.Shape == Session {
		w.leave(slot)
	} else {
		delete(w.open, address[K]{p.key, p.window.Start})
	}
	*p = pane[K, A]{}
	w.free = append(w.free, slot)
}

// windowState is a snapshot of the operator.
type windowState[K comparable, A any] struct {
	watermark sim.Time
	panes     []pane[K, A]
	free      []int32
	open      map[address[K]]int32
	sessions  map[K][]int32
	due       deadlines
	opened    uint64
	counts    WindowCounts
}

// Snapshot implements [State].
func (w *Windows[K, A]) Snapshot() any {
	return windowState[K, A]{
		w.watermark, slices.Clone(w.panes), slices.Clone(w.free), maps.Clone(w.open), cloneLists(w.sessions),
		slices.Clone(w.due), w.opened, w.counts,
	}
}

// Restore implements [State].
func (w *Windows[K, A]) Restore(snapshot any) {
	s := snapshot.(windowState[K, A])
	w.watermark, w.opened, w.counts = s.watermark, s.opened, s.counts
	w.panes, w.free, w.due = slices.Clone(s.panes), slices.Clone(s.free), slices.Clone(s.due)
	w.open, w.sessions = maps.Clone(s.open), cloneLists(s.sessions)
}

func cloneLists[K comparable](lists map[K][]int32) map[K][]int32 {
	out := make(map[K][]int32, len(lists))
	for key, list := range lists { // ordered: into a map again
		out[key] = slices.Clone(list)
	}
	return out
}
