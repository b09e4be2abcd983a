package ann

import (
	"slices"

	"feedloop/sim/num"
)

// linking is the memory that the choice of links uses again and again.
type linking struct {
	pool    []place // candidates for links, best first
	chosen  []int32
	linked  []int32 // a node's links and the one that wants to join them
	weights []float32
}

// join links a new node to the best of the beam, and these back to it.
func (h *HNSW) join(node int32, level int) {
	h.pool = append(h.pool[:0], h.beam.places...)
	h.choose(h.shape.Degree)
	to := h.links(node, level)
	copy(to, h.chosen)
	for _, other := range to[:len(h.chosen)] {
		h.accept(other, node, level)
	}
}

// accept links a node back to a new one. When its list is full it chooses
// again, among its links and the new one.
func (h *HNSW) accept(node, newcomer int32, level int) {
	links := h.links(node, level)
	if end := slices.Index(links, none); end >= 0 {
		links[end] = newcomer
		return
	}
	h.linked = append(append(h.linked[:0], links...), newcomer)
	h.weights = h.products(h.weights, h.linked, h.row(node))
	h.pool = h.pool[:0]
	for i, n := range h.linked {
		h.pool = append(h.pool, placed(h.weights[i], n))
	}
	slices.SortFunc(h.pool, func(a, b place) int {
		if a > b {
			return -1
		}
		return 1
	})
	h.choose(len(links))
	for i := copy(links, h.chosen); i < len(links); i++ {
		links[i] = none
	}
}

// choose sets chosen to at most m nodes of the pool, the nearest first and
// leaving out whatever is nearer to one chosen than to the node that asks: the
// walk can go there by way of the chosen one. So links lead in all directions,
// and from cluster to cluster (the paper's algorithm 4, without its extensions,
// as in hnswlib).
func (h *HNSW) choose(m int) {
	h.chosen = h.chosen[:0]
	for _, p := range h.pool {
		if len(h.chosen) == m {
			return
		}
		node := p.node()
		if h.apart(node, p.score()) {
			h.chosen = append(h.chosen, node)
		}
	}
}

// apart says whether no chosen node is nearer to a node than score.
func (h *HNSW) apart(node int32, score float32) bool {
	row := h.row(node)
	for _, c := range h.chosen {
		if num.Dot(row, h.row(c)) > score {
			return false
		}
	}
	return true
}
