package offline

import (
	"cmp"
	"slices"
	"time"

	"feedloop/sim"
)

// Table is one table of the offline store: every version of every entity's
// row, with the time that its data reach up to (event time) and the time at
// which it could first be read (creation time).
//
// Versions are appended in any order and kept in two parts: a sealed one,
// sorted by entity, event time and creation time, and a fresh one, in order of
// arrival. A read seals first; so does an append that finds the fresh part
// half as large as the sealed one, so that sorting costs O(log n) a version.
type Table struct {
	ttl       time.Duration
	retention time.Duration

	sealed, fresh history
	spare         history   // the buffers of the sealed part before this one
	order         []int32   // of fresh, while it is being sorted
	directory     directory // entity: its place in starts
	starts        []int32   // by place: the first of its versions; one more at the end
	newest        sim.Time
	dropped       uint64

	found, young []int32 // matches of a block of rows, of any age and within a TTL
}

// New returns an empty store of rows of so many columns. A version
// serves rows up to ttl after its event time (0: for ever). Rows may be asked
// for that are up to retention older than the newest version's creation time;
// versions that no such row can see are dropped.
func New(columns int, ttl, retention time.Duration) *Table {
	return &Table{
		ttl: ttl, retention: retention,
		sealed: newHistory(columns), fresh: newHistory(columns), spare: newHistory(columns),
	}
}

// Append adds a version of an entity's row. A value that is not a number is a
// null: it is known that there is none.
func (o *Table) Append(entity uint64, event, created sim.Time, row []float32) {
	o.fresh.add(entity, event, created, row)
	o.newest = max(o.newest, created)
	if n := len(o.fresh.entity); n > 1024 && 2*n > len(o.sealed.entity) {
		o.seal()
	}
}

// Len is the number of versions that are kept.
func (o *Table) Len() int { return len(o.sealed.entity) + len(o.fresh.entity) }

// Dropped counts the versions that no row within the retention can see any
// more.
func (o *Table) Dropped() uint64 { return o.dropped }

// seal merges the fresh versions into the sealed ones.
func (o *Table) seal() {
	if len(o.fresh.entity) == 0 {
		return
	}
	before := o.Len()
	o.order = o.order[:0]
	for i := range o.fresh.entity {
		o.order = append(o.order, int32(i))
	}
	f := &o.fresh
	slices.SortFunc(o.order, func(a, b int32) int {
		return cmp.Or(f.compare(int(a), f, int(b)), cmp.Compare(a, b)) // a repetition counts as the later one
	})
	o.merge()
	o.sealed, o.spare = o.spare, o.sealed
	o.fresh.clear()
	o.dropped += uint64(before - o.Len())
}

// merge writes the sealed and the fresh versions into spare, entity by entity,
// without those that nobody can see any more, and makes the directory anew.
func (o *Table) merge() {
	out, s, f := &o.spare, &o.sealed, &o.fresh
	out.clear()
	o.directory.empty()
	o.starts = o.starts[:0]
	horizon := o.newest.Add(-o.retention)
	for i, j := 0, 0; i < len(s.entity) || j < len(o.order); {
		start := len(out.entity)
		entity := o.next(i, j)
		for {
			ofSealed := i < len(s.entity) && s.entity[i] == entity
			ofFresh := j < len(o.order) && f.entity[o.order[j]] == entity
			switch {
			case ofSealed && !(ofFresh && f.compare(int(o.order[j]), s, i) < 0):
				out.copy(s, i)
				i++
				continue
			case ofFresh:
				out.copy(f, int(o.order[j]))
				j++
				continue
			}
			break
		}
		if out.forget(start, horizon, o.ttl); len(out.entity) > start {
			o.directory.add(entity)
			o.starts = append(o.starts, int32(start))
		}
	}
	o.starts = append(o.starts, int32(len(out.entity)))
}

// next is the smaller of the entities that the two parts come to.
func (o *Table) next(i, j int) uint64 {
	switch {
	case j == len(o.order):
		return o.sealed.entity[i]
	case i == len(o.sealed.entity):
		return o.fresh.entity[o.order[j]]
	}
	return min(o.sealed.entity[i], o.fresh.entity[o.order[j]])
}
