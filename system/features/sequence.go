package features

import (
	"feedloop/sim/num"
	"feedloop/system"
)

// sequences keep, by person, the posts that they watched long and those that
// they skipped, the newest of each: a sequence of fixed length. What readers see
// of a sequence is the mean of the posts' content vectors, as of the last
// refresh; a candidate is described by how near it lies to both means.
type sequences struct {
	length  int
	live    []sequence
	visible []traces
	dirty   []uint32
	isDirty []bool
	staged  []uint32
	written []traces

	contents, shares []float32 // of a sequence's posts; reused
}

// sequence is two rings of posts.
type sequence struct {
	posts [traced][]system.PostID
	next  [traced]int
}

// What is traced of a person.
const (
	watchedLong = iota
	skipped
	traced
)

// traces are the mean content vectors of the sequences, one after the other.
type traces [traced * system.Dim]float32

func newSequences(length, people int) *sequences {
	return &sequences{length: length, live: make([]sequence, people), visible: make([]traces, people), isDirty: make([]bool, people)}
}

// add takes an impression into the sequence that it belongs to, if any.
func (h *sequences) add(e *system.Event) {
	if e.Kind != system.Viewed {
		return
	}
	which := watchedLong
	if !system.LabelsOf(e).Has(system.LongView) {
		which = skipped
		if system.LabelsOf(e).Has(system.Play) {
			return
		}
	}
	p := &h.live[e.Person]
	if p.posts[which] == nil {
		p.posts[which] = make([]system.PostID, 0, h.length)
	}
	if len(p.posts[which]) < h.length {
		p.posts[which] = append(p.posts[which], e.Post)
	} else {
		p.posts[which][p.next[which]] = e.Post
		p.next[which] = (p.next[which] + 1) % h.length
	}
	if !h.isDirty[e.Person] {
		h.isDirty[e.Person] = true
		h.dirty = append(h.dirty, uint32(e.Person))
	}
}

// refresh computes the traces of everybody whose sequences moved.
func (h *sequences) refresh(catalogue *system.Catalogue) {
	for _, who := range h.dirty {
		h.isDirty[who] = false
		h.staged = append(h.staged, who)
		h.written = append(h.written, h.traces(&h.live[who], catalogue))
	}
	h.dirty = h.dirty[:0]
}

// traces returns the mean vectors of somebody's sequences; zero of an empty one.
// It gathers the vectors first, which lie anywhere in memory.
func (h *sequences) traces(p *sequence, catalogue *system.Catalogue) (t traces) {
	const dim = system.Dim
	for which, posts := range p.posts {
		h.contents, h.shares = extend(h.contents, len(posts)*dim), extend(h.shares, len(posts))
		for i, id := range posts {
			content := catalogue.Post(id).Content // by way of registers
			*(*[dim]float32)(h.contents[i*dim:]) = content
			h.shares[i] = 1 / float32(len(posts))
		}
		num.MatMul(t[which*dim:][:dim], h.shares, h.contents, 1, len(posts), dim)
	}
	return t
}

// publish makes them visible.
func (h *sequences) publish() {
	for i, who := range h.staged {
		h.visible[who] = h.written[i]
	}
	h.staged, h.written = h.staged[:0], h.written[:0]
}
