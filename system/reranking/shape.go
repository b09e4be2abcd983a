package reranking

import (
	"math"

	"feedloop/system"
)

// shape prepares what beside scores decides about a page. Value models have no
// unit, so relevance is the score's place between the lowest and the highest of
// the query; only then can factors and similarities act on it. A row without a
// score has none.
func (r *Reranker) shape(q *system.Query) {
	if !r.shapes {
		return
	}
	low, high, some := float32(0), float32(0), false
	for _, s := range q.Scores {
		if !scored(s) {
			continue
		}
		if !some {
			low, high, some = s, s, true
		}
		low, high = min(low, s), max(high, s)
	}
	r.relevance = r.relevance[:0]
	for i, s := range q.Scores {
		x := float32(0)
		if scored(s) && high > low {
			x = (s - low) / (high - low)
		}
		if !q.Candidates[i].From.Has(system.InNetwork) {
			x *= float32(r.config.OutOfNetwork)
		}
		r.relevance = append(r.relevance, x)
	}
	r.prices = r.prices[:0]
	if r.config.Viability.on() {
		for i := range q.Candidates {
			r.prices = append(r.prices, r.audience.price(r.catalogue.Post(q.Candidates[i].Post).Creator))
		}
	}
	if r.spreader != nil && !r.plain {
		r.contents.rows = r.contents.rows[:0]
		for i := range q.Candidates {
			r.contents.rows = append(r.contents.rows, r.catalogue.Post(q.Candidates[i].Post).Content[:]...)
		}
		r.spreader.begin(r.relevance, &r.contents)
	}
}

// scored tells whether a score is one that a ranker gave.
func scored(s float32) bool { return s > system.Unscored && s <= math.MaxFloat32 }

// byScore tells whether nothing but scores and spacing makes this page.
func (r *Reranker) byScore() bool { return !r.shapes || r.plain }

// gain is what a free row would bring to the next slot. Diversity fails open:
// rows that add nothing new come last, in order of relevance.
func (r *Reranker) gain(q *system.Query, row int32) float32 {
	if r.byScore() {
		return q.Scores[row]
	}
	x := r.relevance[row] * r.decay(q.Candidates[row].Post)
	if len(r.prices) > 0 {
		x += r.prices[row]
	}
	if r.spreader == nil {
		return x
	}
	g, ok := r.spreader.gain(row, x)
	if !ok {
		return x - 100
	}
	return g
}

// decay is the factor for another post of the same creator: (1-f) d^k + f.
func (r *Reranker) decay(id system.PostID) float32 {
	d := float32(1)
	if r.config.AuthorDecay < 1 {
		author := r.catalogue.Post(id).Creator
		for _, a := range r.authors {
			if a == author {
				d *= float32(r.config.AuthorDecay)
			}
		}
	}
	f := float32(r.config.AuthorFloor)
	return float32((1-f)*d) + f
}
