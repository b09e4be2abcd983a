package offline

import (
	"time"

	"feedloop/sim"
)

// AsOf says which versions a point-in-time join may pick for a row.
type AsOf string

// The modes of a join.
const (
	// Available picks among the versions that had been created by the row's
	// time: what a reader could have seen then.
	Available AsOf = "available"
	// EventTime looks at event times only, as feature stores do by default. A
	// version that was written later, by a backfill or a late job, counts as if
	// it had been there.
	EventTime AsOf = "event_time"
)

// Values lists the modes.
func (AsOf) Values() []string { return []string{string(Available), string(EventTime)} }

// A row that matches no version has one of these in its place.
const (
	NotFound int32 = -1 - iota // there is no version that it may see
	OutOfAge                   // the newest one is older than the TTL
)

// Match is a point-in-time join: for each row, an entity at a time, it finds
// the version of the newest event time that is not after the row's, and among
// equals that of the newest creation time. A version exactly as old as the TTL
// still counts. It appends to found the version's number, or why there is none;
// numbers are good until the next Append.
//
// Cost: a look-up and a binary search a row, and a step for every version that
// is too new for its event time's rows to see.
func (o *Table) Match(entities []uint64, at []sim.Time, mode AsOf, found []int32) []int32 {
	o.seal()
	for i, entity := range entities {
		found = append(found, o.match(entity, at[i], mode))
	}
	return found
}

func (o *Table) match(entity uint64, at sim.Time, mode AsOf) int32 {
	if len(o.starts) < 2 {
		return NotFound
	}
	place, known := o.directory.at(o.directory.slot(entity))
	if !known {
		return NotFound
	}
	first := o.starts[place]
	low, high := first, o.starts[place+1]
	for low < high { // the first version after the row
		middle := int32(uint32(low+high) >> 1)
		if o.sealed.event[middle] <= at {
			low = middle + 1
		} else {
			high = middle
		}
	}
	low--
	for mode == Available && low >= first && o.sealed.created[low] > at {
		low--
	}
	switch {
	case low < first:
		return NotFound
	case o.ttl > 0 && o.sealed.event[low] < at.Add(-o.ttl):
		return OutOfAge
	}
	return low
}

// Join writes the columns of what each row matches to every stride-th place of
// dst, and what is missing in the place of a version that there is not, that is
// older than the column's ttl (0: any age), or whose value is null. It returns how
// many values were missing.
//
// Rows are joined in blocks, so that what is written of a block stays near.
func (o *Table) Join(entities []uint64, at []sim.Time, mode AsOf, ttls []time.Duration, missing []float32, dst []float32, stride int) (nulls int) {
	const block = 512
	for from := 0; from < len(entities); from += block {
		to := min(from+block, len(entities))
		o.found = o.Match(entities[from:to], at[from:to], mode, o.found[:0])
		for c, ttl := range ttls {
			if c == 0 || ttl != ttls[c-1] {
				o.younger(at[from:to], ttl)
			}
			nulls += o.Gather(c, o.young, missing[c], dst[from*stride+c:], stride)
		}
	}
	return nulls
}

// younger puts OutOfAge in the place of the matches whose version is older than
// ttl at its row's time.
func (o *Table) younger(at []sim.Time, ttl time.Duration) {
	o.young = append(o.young[:0], o.found...)
	if ttl == 0 {
		return
	}
	for i, version := range o.young {
		if version >= 0 && o.sealed.event[version] < at[i].Add(-ttl) {
			o.young[i] = OutOfAge
		}
	}
}

// Gather writes the values of one column to every stride-th place of dst, one
// for each match; missing where there is no version or its value is null. It
// returns how many of them were missing.
func (o *Table) Gather(column int, found []int32, missing float32, dst []float32, stride int) (nulls int) {
	values := o.sealed.columns[column]
	for i, at := range found {
		x := missing
		if at >= 0 {
			x = values[at]
		}
		if at < 0 || x != x {
			x = missing
			nulls++
		}
		dst[i*stride] = x
	}
	return nulls
}
