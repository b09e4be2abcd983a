package audit

import (
	"math"

	"feedloop/sim"
	"feedloop/system/features/view"
)

// member is a sampled member of a shelf with its two histories: what the log
// holds of it, and what the store has counted.
type member struct {
	events []happening
	places map[uint64]int // of an event id among events, plus those folded
	folded int            // events that went into the bases
	log    base
	store  base
	// lost and doubled count the folded events by which the bases differ.
	lost, doubled int
	versions      []version
}

// happening is an event of a member.
type happening struct {
	at      sim.Time // when it happened
	delta   view.Delta
	logged  sim.Time // when the log had it; 0 is not yet
	counted sim.Time // when the store counted it first; 0 is never
	again   []sim.Time
}

// base is a history without its newest events.
type base struct {
	live   *view.Live
	newest sim.Time
	some   bool
}

// version is a row that the store has made of the member.
type version struct {
	made, visible  sim.Time    // visible 0: not yet
	priors, landed view.Priors // everybody's rates at either moment
}

func newBase(views []view.View, smoothing float64) base {
	b := base{live: view.NewLive(views, smoothing)}
	b.live.Grow(0)
	return b
}

func (b *base) add(h *happening) {
	b.live.Add(0, &h.delta, h.at)
	b.newest, b.some = max(b.newest, h.at), true
}

// happen returns the member's entry of an event, a new one if need be; nil of an
// event that was folded long ago.
func (m *member) happen(id uint64, at sim.Time, d *view.Delta) *happening {
	place, known := m.places[id]
	if known && place < m.folded {
		return nil
	}
	if !known {
		place = m.folded + len(m.events)
		m.places[id] = place
		m.events = append(m.events, happening{at: at, delta: *d})
	}
	return &m.events[place-m.folded]
}

// undo forgets that events were counted from a moment on, as far as they have
// not been folded.
func (m *member) undo(since sim.Time) {
	for i := range m.events {
		h := &m.events[i]
		if h.counted >= since {
			h.counted = 0
		}
		for n := len(h.again); n > 0 && h.again[n-1] >= since; n-- {
			h.again = h.again[:n-1]
		}
	}
}

// fold moves the events that happened before a moment into the bases, as far as
// they are the oldest entries and no row that may be served was made before they
// were counted; ids of still older ones are forgotten.
func (m *member) fold(before sim.Time) {
	n, made := 0, sim.Time(math.MaxInt64)
	if len(m.versions) > 0 {
		made = m.versions[0].made
	}
	for ; n < len(m.events) && m.events[n].at < before && m.events[n].counted <= made; n++ {
		h := &m.events[n]
		if h.logged > 0 {
			m.log.add(h)
		}
		switch {
		case h.counted > 0:
			m.store.add(h)
			for range h.again {
				m.store.add(h)
				m.doubled++
			}
		case h.logged > 0:
			m.lost++
		}
	}
	m.events = append(m.events[:0], m.events[n:]...)
	m.folded += n
	if n > 0 && len(m.places) > 2*len(m.events)+64 {
		for id, place := range m.places { // ordered: deleting does not depend on the order
			if place < m.folded {
				delete(m.places, id)
			}
		}
	}
}

// shown returns the version that readers see at a moment.
func (m *member) shown(at sim.Time) (version, bool) {
	for i := len(m.versions) - 1; i >= 0; i-- {
		if v := m.versions[i]; v.visible > 0 && v.visible <= at {
			return v, true
		}
	}
	return version{}, false
}
