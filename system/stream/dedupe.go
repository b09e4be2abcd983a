package stream

import (
	"maps"
	"time"

	"feedloop/sim"
)

// Dedupe remembers ids for at least a horizon and at most twice that: two
// generations of a set, of which the older is dropped in turn.
type Dedupe struct {
	horizon    time.Duration
	young, old map[uint64]struct{}
	turned     sim.Time
	// Hits counts duplicates found.
	Hits uint64
}

// NewDedupe returns an empty memory.
func NewDedupe(horizon time.Duration) *Dedupe {
	return &Dedupe{horizon: horizon, young: map[uint64]struct{}{}, old: map[uint64]struct{}{}}
}

// Clone returns a memory of the same ids that shares nothing with d.
func (d *Dedupe) Clone() *Dedupe {
	c := *d
	c.young, c.old = maps.Clone(d.young), maps.Clone(d.old)
	return &c
}

// Repeated tells whether the id was met before, and remembers it.
func (d *Dedupe) Repeated(id uint64, now sim.Time) bool {
	passed := now.Sub(d.turned)
	if passed >= 2*d.horizon {
		clear(d.young)
	}
	if passed >= d.horizon {
		d.young, d.old = d.old, d.young
		clear(d.young)
		d.turned = now.Add(-(passed % d.horizon)) // at whole horizons, however rare the calls
	}
	_, old := d.old[id]
	met := len(d.young)
	d.young[id] = struct{}{}
	if old || len(d.young) == met {
		d.Hits++
		return true
	}
	return false
}
