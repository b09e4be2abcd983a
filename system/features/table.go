package features

import "math"

// line is how many numbers memory fetches at once: a cache line of 64 bytes.
const line = 16

// table holds the rows of one entity that readers see. What all its shelves show
// of a member stands side by side in whole cache lines, so that who reads a row
// waits for memory once.
//
// The first row is that of whoever has none. It is read like any other: whether
// somebody has a row is luck, and a branch that luck decides is guessed wrongly.
type table struct {
	empty   []float32 // what shelves show of whoever has no row
	stride  int       // from row to row
	rows    []float32 // one more than there are members, x stride
	touched uint32    // keeps fetch from being left out
}

// reserve gives a shelf its part of every row, and returns where it begins. There
// are no members yet.
func (t *table) reserve(empty []float32) (at int) {
	at, t.empty = len(t.empty), append(t.empty, empty...)
	t.stride = (len(t.empty) + line - 1) / line * line
	t.rows = make([]float32, t.stride)
	copy(t.rows, t.empty)
	return at
}

// grow makes room for a member and all with lower numbers.
func (t *table) grow(member uint32) {
	for len(t.rows) <= int(member+1)*t.stride {
		t.rows = append(t.rows, t.rows[:t.stride]...)
	}
}

// row returns the row of a member, the first if it has none.
func (t *table) row(member uint32) []float32 {
	at := int(member+1) * t.stride // nowhere comes first
	if at >= len(t.rows) {
		at = 0
	}
	return t.rows[at:][:t.stride]
}

// fetch touches the rows of members. A loop that does nothing else lets the waits
// for memory overlap.
func (t *table) fetch(members []uint32) {
	if t.stride == 0 {
		return // no view is of this entity
	}
	for _, member := range members {
		t.touched += math.Float32bits(t.row(member)[0])
	}
}
