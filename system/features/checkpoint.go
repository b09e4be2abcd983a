package features

import (
	"slices"

	"feedloop/sim"
	"feedloop/system/features/view"
	"feedloop/system/stream"
)

// memory is what the store's reader knows of the events that it has counted: the
// live side of everything. Where records are delivered exactly once, it is saved
// with the offsets, and a crash goes back to both.
//
// Rows are no part of it. They stand on the store's servers, which outlive the
// reader; so do the numbers of pairs, by which rows are found. Members that moved
// and are waiting for their row go on waiting: rows that are made before the
// reader has caught up are older than those before them, and say so.
//
// Simplification: a checkpoint is a whole copy; real ones save what moved.
type memory struct{ *Store }

// saved is a checkpoint of a memory.
type saved struct {
	taken     sim.Time
	everybody view.Tally
	live      []*view.Live // by shelf
	sequences []sequence
	follows   []bool
	dedupe    *stream.Dedupe // nil: none
}

// Snapshot copies the memory.
func (m memory) Snapshot() any {
	x := &saved{
		taken: m.kernel.Now(), everybody: m.everybody,
		sequences: copied(m.sequences.live), follows: slices.Clone(m.follows),
	}
	for _, shelf := range m.all {
		x.live = append(x.live, shelf.live.Clone())
	}
	if m.dedupe != nil {
		x.dedupe = m.dedupe.Clone()
	}
	return x
}

// Restore goes back to a copy. Members that are younger than it are as if nothing
// had been counted of them yet.
func (m memory) Restore(snapshot any) {
	x := snapshot.(*saved)
	m.everybody = x.everybody
	m.sequences.live = copied(x.sequences)
	clear(m.follows[copy(m.follows, x.follows):])
	for i, shelf := range m.all {
		members := shelf.live.Members()
		shelf.live = x.live[i].Clone()
		if members > 0 {
			shelf.live.Grow(uint32(members - 1))
		}
	}
	if x.dedupe != nil {
		m.dedupe = x.dedupe.Clone()
	}
	if m.audit != nil {
		m.audit.Undone(x.taken)
	}
}

// copied returns sequences that share nothing with those given.
func copied(all []sequence) []sequence {
	out := slices.Clone(all)
	for i := range out {
		for which := range out[i].posts {
			out[i].posts[which] = slices.Clone(out[i].posts[which])
		}
	}
	return out
}
