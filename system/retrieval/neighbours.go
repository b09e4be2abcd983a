package retrieval

import (
	"errors"
	"math"

	"feedloop/sim/num"
	"feedloop/system"
	"feedloop/system/retrieval/ann"
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
func (x *index) grow() *ann.HNSW {
	longest := float32(0)
	squares := make([]float32, len(x.biases))
	for i, b := range x.biases {
		t := x.rows[i*system.Dim:][:system.Dim]
		squares[i] = num.Dot(t, t) + float32(b*b)
		if num.Finite(squares[i]) {
			longest = max(longest, squares[i])
		}
	}
	graph := ann.NewHNSW(ann.DefaultShape(lifted), x.version, x.towers.hash())
	for i, b := range x.biases {
		var v [lifted]float32
		copy(v[:], x.rows[i*system.Dim:][:system.Dim])
		v[system.Dim] = b
		v[system.Dim+1] = float32(math.Sqrt(float64(longest - squares[i])))
		if err := graph.Insert(uint32(x.first)+uint32(i), v[:]); err != nil {
			continue // not finite: nobody's neighbour, as in a scan
		}
	}
	x.rows, x.biases, x.longest = nil, nil, longest
	return graph
}

// asker is who asks for neighbours, and from which post on they are alive.
type asker struct {
	person system.PersonID
	live   system.PostID
	// Methods of the retriever, bound once: what the asker may not see, and the
	// part of it that is no matter of time or of what was shown.
	hides, strange func(id uint32) bool
}

// hides says whether a post has expired, or is unfit for the asker.
func (r *Retriever) hides(id uint32) bool {
	post := system.PostID(id)
	return post < r.asker.live || r.unfit(r.asker.person, post)
}

// strange says whether a post is in a language that the asker has not set.
func (r *Retriever) strange(id uint32) bool { return r.foreign(r.asker.person, system.PostID(id)) }

// asks returns the vector that asks for a person, and of which towers it is.
func (r *Retriever) asks(person system.PersonID) (u *vector, version uint32) {
	x := &r.index
	if x.version == r.version || r.config.Index.QueryTower == Newest || r.mixed.On() {
		return r.person(person), r.version
	}
	return &x.towers.people[person], x.version
}

// neighbours is the source: it searches, and counts what its operators want to
// know about versions.
func (r *Retriever) neighbours(q *system.Query, k int, dst []system.Candidate) ([]system.Candidate, int) {
	if r.index.version == 0 || k == 0 {
		return dst, 0
	}
	r.counts.Searches++
	person, version := r.asks(q.Person)
	if version != r.index.version {
		r.counts.Crossed++
	}
	if !num.Finite(num.Dot(person[:], person[:])) {
		r.counts.Aimless++
	}
	found, rows, err := r.nearest(q, k, dst)
	if errors.Is(err, ann.ErrVersion) {
		r.counts.Mismatched++
	}
	return found, rows
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
	person, version := r.asks(q.Person)
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
func (r *Retriever) search(x *index, version uint32, person *vector, k int) (found []ann.Neighbour, rows int, err error) {
	if x.graph != nil {
		lift := lift(person)
		r.near, rows, err = x.graph.Search(ann.Question{
			Version: version, Vector: lift[:], K: k, Breadth: r.config.Index.Breadth, Hide: r.asker.hides,
		}, r.near[:0])
		return r.near, rows, err
	}
	if version != x.version {
		return nil, 0, ann.Mismatch(version, x.version)
	}
	return r.scanned(x, person, k), len(x.biases), nil
}

// scanned compares the person with every post of an index.
func (r *Retriever) scanned(x *index, person *vector, k int) []ann.Neighbour {
	n := len(x.biases)
	if cap(r.scores) < n {
		r.scores = make([]float32, 2*n)
	}
	scores := r.scores[:n]
	num.DotRows(scores, x.rows, system.Dim, person[:])
	num.Axpy(1, x.biases, scores)
	if x.misread {
		spoilt(scores)
	}
	r.strike(scores, x.first)
	r.near = r.best.Of(scores, uint32(x.first), k, r.asker.strange, r.near[:0])
	return r.near
}

// strike takes the scores of posts that have expired or that the asker was shown
// from the posts of an index, which begin with first: what is no number is
// nobody's neighbour. The nearest have been shown most, and it takes less time to
// go through all that somebody was shown than to look for each of them there.
func (r *Retriever) strike(scores []float32, first system.PostID) {
	none := float32(math.NaN())
	for i := range min(max(r.asker.live, first)-first, system.PostID(len(scores))) {
		scores[i] = none
	}
	for post := range r.seen.Of(r.asker.person) {
		if at := int(post) - int(first); at >= 0 && at < len(scores) {
			scores[at] = none
		}
	}
}

// lift returns a person's vector as a question to the graph.
func lift(person *vector) (v [lifted]float32) {
	copy(v[:], person[:])
	v[system.Dim] = 1
	return v
}
