package ann

import "feedloop/sim/num"

// place is a node with its score in one word that orders as they do: the higher
// score is the larger word, of equal scores the lower node. The bit below says
// whether the walk has passed it.
//
//	63    32 31        1      0
//	[ score | not node | passed ]
type place uint64

// placed packs a score and a node. A score that is not a number comes last.
func placed(score float32, node int32) place {
	return place(num.Ordinal(score))<<32 | place(^uint32(node)<<1)
}

const passed place = 1

func (p place) node() int32 { return int32(^uint32(p) >> 1) }

func (p place) score() float32 { return num.FromOrdinal(uint32(p >> 32)) }

// beam holds the best nodes found so far, best first, at most width. A walk
// carries one along, and is over when it has passed all of them: what lies
// beyond the worst is not worth going to.
//
// The paper has two heaps here, of results and of nodes to visit. For the
// widths in use, 10 to 400, one sorted array takes less time than a heap: to
// make room in it is one copy of memory, and it ends sorted.
type beam struct {
	places []place
	width  int
	next   int   // all before it are passed
	floor  place // what a new place must beat: the last when the beam is full
}

// reset empties the beam. It needs no more width than there are nodes.
func (b *beam) reset(width, nodes int) {
	width = min(width, nodes)
	if cap(b.places) < width {
		b.places = make([]place, 0, width)
	}
	b.places, b.width, b.next, b.floor = b.places[:0], width, 0, 0
}

// add puts p, which beats the floor, in its place; the last falls out of a full beam.
func (b *beam) add(p place) {
	at, end := 0, len(b.places)
	for at < end {
		middle := int(uint(at+end) / 2)
		if b.places[middle] > p {
			at = middle + 1
		} else {
			end = middle
		}
	}
	if len(b.places) < b.width {
		b.places = b.places[:len(b.places)+1]
	}
	copy(b.places[at+1:], b.places[at:])
	b.places[at] = p
	b.next = min(b.next, at)
	if len(b.places) == b.width {
		b.floor = b.places[b.width-1]
	}
}

// peek returns the best place that is not passed, or 0.
func (b *beam) peek() place {
	for ; b.next < len(b.places); b.next++ {
		if p := b.places[b.next]; p&passed == 0 {
			return p
		}
	}
	return 0
}

// pass marks what peek returned.
func (b *beam) pass() { b.places[b.next] |= passed }

// best returns the best place; the beam is not empty.
func (b *beam) best() place { return b.places[0] }

// heap is a binary heap of places, the best on top: nodes that a walk may go
// through and must not return.
type heap []place

func (h *heap) push(p place) {
	s := append(*h, p)
	at := len(s) - 1
	for at > 0 && s[(at-1)/2] < p {
		s[at] = s[(at-1)/2]
		at = (at - 1) / 2
	}
	s[at] = p
	*h = s
}

// top returns the best place, or 0.
func (h heap) top() place {
	if len(h) == 0 {
		return 0
	}
	return h[0]
}

// pop removes the best place of a heap that is not empty.
func (h *heap) pop() {
	s := *h
	last := s[len(s)-1]
	s = s[:len(s)-1]
	at := 0
	for {
		child := 2*at + 1
		if child >= len(s) {
			break
		}
		if child+1 < len(s) && s[child+1] > s[child] {
			child++
		}
		if s[child] <= last {
			break
		}
		s[at] = s[child]
		at = child
	}
	if len(s) > 0 {
		s[at] = last
	}
	*h = s
}
