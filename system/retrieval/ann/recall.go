package ann

import "feedloop/sim/num"

// Exact answers as [HNSW.Search] does, from a comparison with every vector: what
// a search can find at best.
func (h *HNSW) Exact(q Question, dst []Neighbour) ([]Neighbour, int, error) {
	if err := h.answers(&q); err != nil {
		return dst, 0, err
	}
	scores := make([]float32, len(h.ids))
	num.DotRows(scores, h.rows, h.shape.Dim, q.Vector)
	had := len(dst)
	dst = h.scan.Of(scores, 0, q.K, func(node uint32) bool { return q.hides(h, int32(node)) }, dst)
	for i, n := range dst[had:] {
		dst[had+i].ID = h.ids[n.ID] // it was a node
	}
	return dst, len(scores), nil
}

// Recall measures the index as its operator can: it asks questions both ways and
// returns which share of the K nearest vectors the search found. One as near as
// the K-th nearest counts as found. No question that has an answer is a recall of 1.
func (h *HNSW) Recall(questions []Question) (float64, error) {
	var found, wanted int
	var exact, near []Neighbour
	for _, q := range questions {
		var err error
		if exact, _, err = h.Exact(q, exact[:0]); err != nil {
			return 0, err
		}
		if near, _, err = h.Search(q, near[:0]); err != nil {
			return 0, err
		}
		wanted += len(exact)
		for _, n := range near {
			if n.Score >= exact[len(exact)-1].Score {
				found++
			}
		}
	}
	if wanted == 0 {
		return 1, nil
	}
	return float64(found) / float64(wanted), nil
}
