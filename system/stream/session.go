package stream

import (
	"slices"

	"feedloop/sim"
)

// join adds a value to the session that it belongs to. It may bridge the gap
// between two, which are one from then on; a session that nobody would wait for
// any more does not take it.
func (w *Windows[K, A]) join(key K, at sim.Time, value A) bool {
	window := w.by.first(at)
	kept := w.sessions[key]
	for _, slot := range kept {
		if v := w.panes[slot].window; v.meets(window) {
			window = window.cover(v)
		}
	}
	if w.closed(window) {
		return false
	}
	into := int32(-1)
	for i := 0; i < len(kept); i++ {
		slot := kept[i]
		if !w.panes[slot].window.meets(window) {
			continue
		}
		if into < 0 {
			into = slot
			continue
		}
		w.merge(&w.panes[into].value, w.panes[slot].value)
		w.panes[slot] = pane[K, A]{}
		w.free = append(w.free, slot)
		kept = slices.Delete(kept, i, i+1)
		i--
	}
	if into < 0 {
		into = w.fresh(key, window)
		kept = append(kept, into)
	} else {
		w.extend(into, window)
	}
	w.sessions[key] = kept
	w.put(into, value)
	return true
}

// extend gives a session another window, and with it another deadline. A
// session that has fired fires once more at its new end.
func (w *Windows[K, A]) extend(slot int32, window Window) {
	p := &w.panes[slot]
	if p.window == window {
		return
	}
	w.opened++
	p.window, p.number = window, w.opened
	if window.last() > w.watermark {
		p.fired = false
	}
	w.await(slot)
}

// leave takes a pane out of its key's sessions.
func (w *Windows[K, A]) leave(slot int32) {
	key := w.panes[slot].key
	kept := w.sessions[key]
	kept = slices.Delete(kept, slices.Index(kept, slot), slices.Index(kept, slot)+1)
	if len(kept) == 0 {
		delete(w.sessions, key)
		return
	}
	w.sessions[key] = kept
}
