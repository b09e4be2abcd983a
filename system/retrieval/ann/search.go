package ann

import (
	"fmt"

	"feedloop/sim/num"
)

// scratch is the memory that walks use again and again.
type scratch struct {
	beam    beam
	scan    Scan     // where every vector is compared
	detour  heap     // hidden nodes that may lead on
	visited []uint16 // by node: the epoch of the walk that came by last
	epoch   uint16
	fresh   []int32 // neighbours of a node that the walk meets for the first time
	scores  []float32
	scored  int // scalar products since the search began
	linking
}

// Neighbour is one answer of an index.
type Neighbour struct {
	ID    uint32
	Score float32 // the scalar product
}

// Question is what an index is asked.
type Question struct {
	Version uint32    // of the towers that made Vector
	Vector  []float32 // as long as the index's rows
	K       int       // how many neighbours are wanted
	// Breadth is ef: how many near nodes the search holds on to. More finds more
	// of the true neighbours and takes longer. K when it is less than that.
	Breadth int
	// Hide says which ids must not be returned. They are walked through, as the
	// deleted ones are. Nil hides nothing.
	Hide func(id uint32) bool
}

// Search appends the nearest neighbours it finds to dst, nearest first, and
// returns how many vectors it compared. A question from another version of the
// towers is [ErrVersion]: its scores would be meaningless, and would look fine.
func (h *HNSW) Search(q Question, dst []Neighbour) ([]Neighbour, int, error) {
	if err := h.answers(&q); err != nil {
		return dst, 0, err
	}
	if h.entry == none || q.K < 1 {
		return dst, 0, nil
	}
	h.scored = 0
	near := h.descend(q.Vector, int(h.heights[h.entry]), 0)
	h.walk(q.Vector, near, 0, max(q.K, q.Breadth), &q)
	return h.answer(dst, q.K), h.scored, nil
}

// answer appends the k best of the beam.
func (h *HNSW) answer(dst []Neighbour, k int) []Neighbour {
	for _, p := range h.beam.places[:min(k, len(h.beam.places))] {
		dst = append(dst, Neighbour{h.ids[p.node()], p.score()})
	}
	return dst
}

// Mismatch is the error of a question in another space.
func Mismatch(asked, built uint32) error {
	return fmt.Errorf("search with version %d in an index of %d: %w", asked, built, ErrVersion)
}

// answers says whether the index can answer a question.
func (h *HNSW) answers(q *Question) error {
	if q.Version != h.version {
		return Mismatch(q.Version, h.version)
	}
	if err := h.fits(q.Vector); err != nil {
		return fmt.Errorf("search: %w", err)
	}
	return nil
}

// hides says whether a node must not be returned. No question hides nothing:
// an insertion links to deleted nodes too, so that none is cut off.
func (q *Question) hides(h *HNSW, node int32) bool {
	return q != nil && (h.dead[node] || q.Hide != nil && q.Hide(h.ids[node]))
}

// descend goes from the entry down to a level, on each level above it to a node
// that no neighbour betters, and returns where it ended.
func (h *HNSW) descend(v []float32, top, level int) int32 {
	near := h.entry
	for ; top > level; top-- {
		best := placed(num.Dot(h.row(near), v), near)
		h.scored++
		for {
			h.meet(near, top)
			h.compare(v)
			for i, node := range h.fresh {
				best = max(best, placed(h.scores[i], node))
			}
			if best.node() == near {
				break
			}
			near = best.node()
		}
	}
	return near
}

// walk fills the beam with the nearest nodes of a level that it finds from near
// on and that q does not hide.
func (h *HNSW) walk(v []float32, near int32, level, width int, q *Question) {
	h.begin(width)
	h.visited[near] = h.epoch
	h.fresh = append(h.fresh[:0], near)
	for {
		h.compare(v)
		for i, node := range h.fresh {
			if p := placed(h.scores[i], node); p > h.beam.floor {
				if q.hides(h, node) {
					h.detour.push(p)
				} else {
					h.beam.add(p)
				}
			}
		}
		next := h.onwards()
		if next == none {
			return
		}
		h.meetFirst(next, level)
	}
}

// onwards returns the best node that the walk has found and not passed, and
// passes it; none when nothing is left that beats the worst of a full beam.
func (h *HNSW) onwards() int32 {
	open := h.beam.peek()
	if hidden := h.detour.top(); hidden > open {
		if hidden <= h.beam.floor {
			return none
		}
		h.detour.pop()
		return hidden.node()
	}
	if open == 0 {
		return none
	}
	h.beam.pass()
	return open.node()
}

// begin forgets the walk before, in constant time but for every 65,535th.
func (h *HNSW) begin(width int) {
	h.beam.reset(width, len(h.ids))
	h.detour = h.detour[:0]
	for len(h.visited) < len(h.ids) {
		h.visited = append(h.visited, make([]uint16, max(1024, len(h.visited)))...)
	}
	h.epoch++
	if h.epoch == 0 {
		clear(h.visited)
		h.epoch = 1
	}
}

// meet sets fresh to the neighbours of a node.
func (h *HNSW) meet(node int32, level int) {
	h.fresh = h.fresh[:0]
	for _, n := range h.links(node, level) {
		if n == none {
			return
		}
		h.fresh = append(h.fresh, n)
	}
}

// meetFirst sets fresh to the neighbours of a node that the walk has not met.
// Whether it has is hard to guess for a processor: every neighbour is written
// down, and the next one over it if it was met.
func (h *HNSW) meetFirst(node int32, level int) {
	links := h.links(node, level)
	if cap(h.fresh) < len(links) {
		h.fresh = make([]int32, len(links))
	}
	fresh, visited, epoch, met := h.fresh[:len(links)], h.visited, h.epoch, 0
	for _, n := range links {
		if n == none {
			break
		}
		fresh[met] = n
		if visited[n] != epoch {
			met++
		}
		visited[n] = epoch
	}
	h.fresh = fresh[:met]
}

// compare sets scores to the products of the fresh nodes with v.
func (h *HNSW) compare(v []float32) {
	h.scores = h.products(h.scores, h.fresh, v)
}

// products sets dst to the products of nodes with v: one call into assembly,
// which fetches rows ahead of their use.
func (h *HNSW) products(dst []float32, nodes []int32, v []float32) []float32 {
	if cap(dst) < len(nodes) {
		dst = make([]float32, 2*len(nodes))
	}
	dst = dst[:len(nodes)]
	num.DotGather(dst, h.rows, h.shape.Dim, nodes, v)
	h.scored += len(nodes)
	return dst
}
