package view

import (
	"time"

	"feedloop/sim"
)

// hopOf is how finely a sliding window forgets: its tail moves a hop at a time.
// The steps are Chronon's: a day for windows of twelve days and up, an hour for
// twelve hours and up, five minutes below; a window of less than an hour moves in
// twelfths.
func hopOf(window time.Duration) time.Duration {
	switch {
	case window >= 12*sim.Day:
		return sim.Day
	case window >= 12*time.Hour:
		return time.Hour
	case window >= time.Hour:
		return 5 * time.Minute
	}
	return window / 12
}

// tiles is a sliding window as Chronon keeps it, a sawtooth: the head is exact,
// the tail is aligned to hops. At 14:27 an hour in hops of ten minutes covers
// 13:20 to 14:27. It is a ring of counts by hop, one more than the window has.
type tiles struct {
	hop    time.Duration
	newest int64 // number of the hop of the newest event
	ring   []Delta
	last   float32
}

func newTiles(window, hop time.Duration) tiles {
	return tiles{hop: hop, ring: make([]Delta, window/hop+1)}
}

// Add counts an event in its hop; one older than the window is forgotten.
func (w *tiles) Add(d *Delta, at sim.Time) {
	n := int64(len(w.ring))
	hop := int64(at) / int64(w.hop)
	if hop <= w.newest-n {
		return
	}
	for ; w.newest < hop; w.newest++ {
		if hop-w.newest > n {
			w.newest = hop - n // everything between is cleared below
		}
		w.ring[(w.newest+1)%n] = Delta{}
	}
	tile := &w.ring[hop%n]
	for i := range tile.N {
		tile.N[i] += d.N[i]
	}
	if d.viewed && hop == w.newest {
		w.last = d.N[watched]
	}
}

// Sum returns what the window holds at a moment not before the newest event's hop.
func (w *tiles) Sum(at sim.Time) Tally {
	n := int64(len(w.ring))
	hop := max(int64(at)/int64(w.hop), w.newest)
	t := Tally{At: at, Last: w.last}
	for i := max(hop-n+1, 0); i <= w.newest; i++ {
		tile := &w.ring[i%n]
		for c := range t.N {
			t.N[c] += tile.N[c]
		}
	}
	return t
}
