package offline

import (
	"cmp"
	"time"

	"feedloop/sim"
)

// history holds versions of rows, column by column.
type history struct {
	entity         []uint64
	event, created []sim.Time
	columns        [][]float32
}

func newHistory(columns int) history { return history{columns: make([][]float32, columns)} }

// add appends a version.
func (h *history) add(entity uint64, event, created sim.Time, row []float32) {
	h.entity = append(h.entity, entity)
	h.event = append(h.event, event)
	h.created = append(h.created, created)
	for c := range h.columns {
		h.columns[c] = append(h.columns[c], row[c])
	}
}

// copy appends version i of another history.
func (h *history) copy(from *history, i int) {
	h.entity = append(h.entity, from.entity[i])
	h.event = append(h.event, from.event[i])
	h.created = append(h.created, from.created[i])
	for c := range h.columns {
		h.columns[c] = append(h.columns[c], from.columns[c][i])
	}
}

// compare orders version i before version j of another history, or after it: by
// entity, event time and creation time.
func (h *history) compare(i int, other *history, j int) int {
	return cmp.Or(
		cmp.Compare(h.entity[i], other.entity[j]),
		cmp.Compare(h.event[i], other.event[j]),
		cmp.Compare(h.created[i], other.created[j]))
}

// clear empties the history and keeps its buffers.
func (h *history) clear() { h.cut(0) }

// cut keeps the first n versions.
func (h *history) cut(n int) {
	h.entity, h.event, h.created = h.entity[:n], h.event[:n], h.created[:n]
	for c := range h.columns {
		h.columns[c] = h.columns[c][:n]
	}
}

// forget drops, of the versions from start on, which are one entity's in order,
// those that no row at or after the horizon can see: each that comes before one
// which every such row can see as well, and each that is out of age by then.
func (h *history) forget(start int, horizon sim.Time, ttl time.Duration) {
	first := start
	for i := len(h.entity) - 1; i > first; i-- {
		if h.event[i] <= horizon && h.created[i] <= horizon {
			first = i
		}
	}
	for ttl > 0 && first < len(h.entity) && h.event[first] < horizon.Add(-ttl) {
		first++
	}
	if first == start {
		return
	}
	n := len(h.entity) - first
	copy(h.entity[start:], h.entity[first:])
	copy(h.event[start:], h.event[first:])
	copy(h.created[start:], h.created[first:])
	for c := range h.columns {
		copy(h.columns[c][start:], h.columns[c][first:])
	}
	h.cut(start + n)
}
