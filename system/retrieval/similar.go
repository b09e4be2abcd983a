package retrieval

import (
	"feedloop/sim/num"
	"feedloop/system"
)

// circle is who is like somebody in the space of a version of the towers.
type circle struct {
	version uint32
	people  []companion // the most alike first
}

// companion is a person with the cosine of the angle between two tastes.
type companion struct {
	person system.PersonID
	cosine float32
}

// alike takes what those who are most like the person engaged with last; each
// speaks with the weight of the likeness.
func (r *Retriever) alike(q *system.Query, quota int, dst []system.Candidate) ([]system.Candidate, int) {
	if r.version == 0 || quota == 0 {
		return dst, 0
	}
	c := &r.circles[q.Person]
	rows := 0
	if c.version != r.version {
		c.version = r.version
		c.people = r.weights.companions(q.Person, r.config.Engagement.People, c.people[:0])
		rows = len(r.circles)
	}
	r.tally.begin(r.catalogue.Live(r.kernel.Now()))
	for _, like := range c.people {
		for _, post := range r.history.posts[like.person] {
			r.tally.add(post, like.cosine)
		}
	}
	return r.elect(system.SimilarPeople, q, quota, dst), rows + r.tally.rows
}

// companions appends the n people whose vectors have the smallest angle with a
// person's, of those with an acute one. Nobody is like somebody without a
// direction.
//
// Simplification: everybody is compared with everybody once a version; with
// millions of people that is the work of an index of people.
func (w *weights) companions(person system.PersonID, n int, dst []companion) []companion {
	own := w.people[person][:]
	length := num.Norm(own)
	if !(length > 0) {
		return dst
	}
	var found []num.Ranked
	for p := range w.people {
		other := w.people[p][:]
		cosine := num.Dot(own, other) / float32(length*num.Norm(other))
		if p != int(person) && cosine > 0 {
			found = append(found, num.Rank(cosine, uint32(p)))
		}
	}
	for _, best := range num.Largest(found, n) {
		dst = append(dst, companion{system.PersonID(best.ID()), best.Score()})
	}
	return dst
}
