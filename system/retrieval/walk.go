package retrieval

import "feedloop/system"

// wander follows the graph of engagement three steps from the person: to a post
// they engaged with last, to somebody who engaged with it, to a post of theirs.
//
//	person ──▶ seeds ──▶ their fans ──▶ posts of these
//
// A post's score is the probability that a walk which takes every step at random
// ends there. Pixie and GraphJet walk thousands of times to estimate it; over
// the few edges that a [history] keeps, the sum over all walks is exact, takes no
// luck and no longer. Nothing here is made ahead: an engagement counts as soon as
// the log has brought it.
func (r *Retriever) wander(q *system.Query, quota int, dst []system.Candidate) ([]system.Candidate, int) {
	r.tally.begin(r.catalogue.Live(r.kernel.Now()))
	seeds := r.history.seeds(q.Person, r.config.Engagement.Seeds)
	for _, seed := range seeds {
		fans := r.history.of(seed)
		for _, fan := range fans {
			if fan == q.Person {
				continue // back where it began, it would find only what the person knows
			}
			posts := r.history.posts[fan]
			p := 1 / float32(len(seeds)*len(fans)*len(posts))
			for _, post := range posts {
				r.tally.add(post, p)
			}
		}
	}
	return r.elect(system.GraphWalk, q, quota, dst), r.tally.rows
}
