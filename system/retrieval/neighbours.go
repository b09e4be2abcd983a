package retrieval

import (
	"math"

	"feedloop/sim/num"
	"feedloop/system"
)

// lifted is the dimension of the graph's vectors: a post's vector, its
// creator's bias, and what brings it to the common length.
const lifted = system.Dim + 2

// grow makes the graph of the index's rows and lets go of them.
//
// The best post has the largest u.t + b, a product of vectors of different
// lengths, in which a long one is everybody's neighbour. One number more makes
// them equally long (Bachrach et al., 2014) and changes no score:
//
//	post    (t, b, sqrt(longest^2 - |t|^2 - b^2))
//	person  (u, 1, 0)
//
// The seed is the hash of the towers: in other worlds with the same towers the
// graph is the same, and another replicate has other towers.
func (x *index) grow() *HNSW {
	longest := float32(0)
	squares := make([]float32, len(x.biases))
	for i, b := range x.biases {
		t := x.rows[i*system.Dim:][:system.Dim]
		squares[i] = num.Dot(t, t) + float32(b*b)
		if finite(squares[i]) {
			longest = max(longest, squares[i])
		}
	}
	graph := NewHNSW(DefaultShape(lifted), x.version, x.towers.hash())
	for i, b := range x.biases {
		var v [lifted]float32
		copy(v[:], x.rows[i*system.Dim:][:system.Dim])
		v[system.Dim] = b
		v[system.Dim+1] = float32(math.Sqrt(float64(longest - squares[i])))
		if err := graph.Insert(uint32(x.first)+uint32(i), v[:]); err != nil {
			continue // not finite: nobody's neighbour, as behind all others in a scan
		}
	}
	x.rows, x.biases = nil, nil
	return graph
}

// asker is who asks for neighbours, and from which post on they are alive.
type asker struct {
	person system.PersonID
	live   system.PostID
	hides  func(id uint32) bool // the method of the retriever, bound once
}

// hides says whether a post has expired, or is unfit for the asker.
func (r *Retriever) hides(id uint32) bool {
	post := system.PostID(id)
	return post < r.asker.live || r.unfit(r.asker.person, post)
}

// nearest appends the k live posts nearest the person, best first, that they
// have not been shown; it returns how many rows it compared.
func (r *Retriever) nearest(q *system.Query, k int, dst []system.Candidate) ([]system.Candidate, int) {
	x := &r.index
	if x.version == 0 || k == 0 {
		return dst, 0
	}
	r.asker.person = q.Person
	r.asker.live, _ = r.catalogue.Live(r.kernel.Now())
	person := &x.towers.people[q.Person]
	if x.version == r.version || r.mixed.On() {
		person = r.person(q.Person)
	}
	if x.graph != nil {
		return r.walked(person, k, dst)
	}
	return r.scanned(person, k, dst)
}

// scanned compares the person with every post of the index.
func (r *Retriever) scanned(person *vector, k int, dst []system.Candidate) ([]system.Candidate, int) {
	x := &r.index
	n := len(x.biases)
	if cap(r.scores) < n {
		r.scores = make([]float32, 2*n)
	}
	scores := r.scores[:n]
	num.DotRows(scores, x.rows, system.Dim, person[:])
	num.Axpy(1, x.biases, scores)
	r.best.reset(k, n)
	r.best.scan(scores, uint32(x.first), r.asker.hides)
	for _, p := range r.best.places {
		dst = append(dst, candidate(x.first+system.PostID(p.node()), system.Neighbours))
	}
	return dst, n
}

// walked walks the graph of the index, which finds nothing for a person whose
// vector is not finite. Its version holds by construction: people come from the
// towers that made it, unless a fault mixes versions and answers for that.
func (r *Retriever) walked(person *vector, k int, dst []system.Candidate) ([]system.Candidate, int) {
	x := &r.index
	lift := [lifted]float32{system.Dim: 1}
	copy(lift[:], person[:])
	near, rows, err := x.graph.Search(Question{
		Version: x.version, Vector: lift[:], K: k, Breadth: r.config.Index.Breadth, Hide: r.asker.hides,
	}, r.near[:0])
	if err != nil {
		return dst, 0
	}
	r.near = near
	for _, n := range near {
		dst = append(dst, candidate(system.PostID(n.ID), system.Neighbours))
	}
	return dst, rows
}
