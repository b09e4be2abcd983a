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
	x.rows, x.biases, x.longest = nil, nil, longest
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
// have not been shown; it returns how many rows it compared. A vector of other
// towers than the index's is an error and finds nothing: its scores would look
// fine and mean nothing.
func (r *Retriever) nearest(q *system.Query, k int, dst []system.Candidate) ([]system.Candidate, int, error) {
	x := &r.index
	if x.version == 0 || k == 0 {
		return dst, 0, nil
	}
	version, person := x.version, &x.towers.people[q.Person]
	if version == r.version || r.config.Index.QueryTower == Newest || r.mixed.On() {
		version, person = r.version, r.person(q.Person)
	}
	if r.mixed.On() {
		version = x.version // so the asker claims, and nobody checks
	}
	r.asker.person = q.Person
	r.asker.live, _ = r.catalogue.Live(r.kernel.Now())
	found, rows, err := r.search(x, version, person, k)
	if err != nil {
		return dst, 0, err
	}
	for _, n := range found {
		c := candidate(system.PostID(n.ID), system.Neighbours)
		c.IndexVersion = x.version
		dst = append(dst, c)
	}
	return dst, rows, nil
}

// search asks an index for the k nearest posts that the asker may see.
func (r *Retriever) search(x *index, version uint32, person *vector, k int) (found []Neighbour, rows int, err error) {
	if x.graph != nil {
		lift := lift(person)
		r.near, rows, err = x.graph.Search(Question{
			Version: version, Vector: lift[:], K: k, Breadth: r.config.Index.Breadth, Hide: r.asker.hides,
		}, r.near[:0])
		return r.near, rows, err
	}
	if version != x.version {
		return nil, 0, mismatch(version, x.version)
	}
	return r.scanned(x, person, k), len(x.biases), nil
}

// scanned compares the person with every post of an index.
func (r *Retriever) scanned(x *index, person *vector, k int) []Neighbour {
	n := len(x.biases)
	if cap(r.scores) < n {
		r.scores = make([]float32, 2*n)
	}
	scores := r.scores[:n]
	num.DotRows(scores, x.rows, system.Dim, person[:])
	num.Axpy(1, x.biases, scores)
	r.best.reset(k, n)
	r.best.scan(scores, uint32(x.first), r.asker.hides)
	r.near = r.near[:0]
	for _, p := range r.best.places {
		r.near = append(r.near, Neighbour{uint32(x.first) + uint32(p.node()), p.score()})
	}
	return r.near
}

// lift returns a person's vector as a question to the graph.
func lift(person *vector) (v [lifted]float32) {
	copy(v[:], person[:])
	v[system.Dim] = 1
	return v
}
