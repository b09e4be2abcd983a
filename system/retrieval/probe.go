package retrieval

import (
	"math"
	"slices"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/system"
)

// probe measures what the neighbours source is worth now, as its operator can:
// for some people, which share of the posts nearest to them, by the towers that
// serve and among all posts that live, it would return. Whatever is wrong shows
// here: links that a walk misses, posts that are too young for the index, towers
// that have moved on.
func (r *Retriever) probe(e sim.Event) {
	if r.index.version == 0 {
		return
	}
	found, wanted := 0, 0
	for i := range r.config.Index.ProbePeople {
		q := &system.Query{Request: system.Request{Person: r.sampled(uint64(e.At), i)}}
		best := r.nearestOfAll(q.Person)
		r.probed, _, _ = r.nearest(q, neighboursAsked, r.probed[:0]) // what a version forbids is not found
		wanted += len(best)
		for _, b := range best {
			if slices.ContainsFunc(r.probed, func(c system.Candidate) bool { return c.Post == b.post() }) {
				found++
			}
		}
	}
	if wanted > 0 {
		r.recall = float64(found) / float64(wanted)
	}
}

// nearestOfAll returns the live posts that score highest with a person by the
// towers that serve, without those that are unfit for them.
func (r *Retriever) nearestOfAll(person system.PersonID) []ranked {
	first, end := r.catalogue.Live(r.kernel.Now())
	u, all := r.person(person), r.found[:0]
	for id := first; id < end; id++ {
		if !r.unfit(person, id) {
			score := num.Dot(u[:], r.vectors[id][:]) + r.weights.creator(r.catalogue.Post(id).Creator)
			all = append(all, rank(score, id))
		}
	}
	r.found = all
	return top(all, neighboursAsked)
}

// IndexRecall is what the last probe found, NaN before the first.
func (r *Retriever) IndexRecall() float64 {
	if r.index.version == 0 {
		return math.NaN()
	}
	return r.recall
}
