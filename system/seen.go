package system

import (
	"iter"
	"math/bits"
)

// Seen remembers which live posts were served to whom, so that nobody is shown
// a post twice. The zero Seen is empty.
//
// Each person has a small open-addressing table of post ids, at most half full.
// It is asked for every live post of every request, mostly about posts that the
// person has not met, and such a question ends at the first or second place it
// looks. What has expired is forgotten when a table would have to grow, so that
// its size follows what a person is served in the life of a post.
type Seen struct {
	// Repeats turns it off: nothing is remembered, and posts come again.
	Repeats bool

	rows  []seenRow
	first PostID   // the oldest post that is still remembered
	kept  []PostID // reused
}

// seenRow is one person's table. A place holds a post's id plus one, or 0.
type seenRow struct {
	places []uint32
	used   uint32
	shift  uint32 // 32 less the binary logarithm of the number of places
}

// place is where the search for a post begins: Fibonacci hashing, which spreads
// runs of neighbouring ids evenly.
func (r *seenRow) place(post PostID) uint32 { return uint32(post) * 0x9E3779B1 >> r.shift }

// Forget drops the posts before first, which have expired; first must not fall.
func (s *Seen) Forget(first PostID) { s.first = first }

// Add records that the person was served the post.
func (s *Seen) Add(p PersonID, post PostID) {
	if s.Repeats {
		return
	}
	for int(p) >= len(s.rows) {
		s.rows = append(s.rows, seenRow{})
	}
	r := &s.rows[p]
	if 2*r.used >= uint32(len(r.places)) {
		s.rebuild(r)
	}
	r.add(post)
}

// Has tells whether the person was served the post, and it has not expired.
func (s *Seen) Has(p PersonID, post PostID) bool {
	return int(p) < len(s.rows) && s.rows[p].has(post) && post >= s.first
}

// Of yields the posts that the person was served, and that have not expired, in
// no order that means anything.
func (s *Seen) Of(p PersonID) iter.Seq[PostID] {
	return func(yield func(PostID) bool) {
		if int(p) >= len(s.rows) {
			return
		}
		for _, place := range s.rows[p].places {
			if place > uint32(s.first) && !yield(PostID(place-1)) {
				return
			}
		}
	}
}

func (r *seenRow) has(post PostID) bool {
	if len(r.places) == 0 {
		return false
	}
	mask := uint32(len(r.places) - 1)
	for i := r.place(post) & mask; ; i = (i + 1) & mask {
		if p := r.places[i]; p == 0 || p == uint32(post)+1 {
			return p != 0
		}
	}
}

// add puts a post into a table that has room.
func (r *seenRow) add(post PostID) {
	mask := uint32(len(r.places) - 1)
	i := r.place(post)
	for ; r.places[i&mask] != 0; i++ {
		if r.places[i&mask] == uint32(post)+1 {
			return
		}
	}
	r.places[i&mask] = uint32(post) + 1
	r.used++
}

// rebuild keeps the posts that are remembered, in a table that they fill to
// three eighths at most.
func (s *Seen) rebuild(r *seenRow) {
	s.kept = s.kept[:0]
	for _, p := range r.places {
		if p > uint32(s.first) {
			s.kept = append(s.kept, PostID(p-1))
		}
	}
	size := max(16, len(r.places))
	for 3*size < 8*(len(s.kept)+1) {
		size *= 2
	}
	if size > len(r.places) {
		r.places, r.shift = make([]uint32, size), uint32(bits.LeadingZeros32(uint32(size-1)))
	}
	clear(r.places)
	r.used = 0
	for _, post := range s.kept {
		r.add(post)
	}
}
