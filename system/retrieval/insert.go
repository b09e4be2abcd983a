package retrieval

import (
	"math"

	"feedloop/sim/num"
	"feedloop/system"
)

// insert brings the index that serves up to date without a build: posts that
// were published since it was read go in, in the space of its towers, and those
// that have expired come out.
func (r *Retriever) insert() {
	x := &r.index
	if x.version == 0 {
		return
	}
	live, end := r.catalogue.Live(r.kernel.Now())
	r.counts.Offered += uint64(end - x.end)
	for ; x.end < end; x.end++ {
		p := inTraining(r.catalogue.Post(x.end))
		if x.put(x.end, x.towers.tower(&p), x.towers.creator(p.creator)) {
			r.counts.Inserted++
		} else {
			r.counts.Unindexed++
		}
	}
	for ; x.first < min(live, x.end); x.first++ {
		x.drop()
	}
	x.asOf = r.kernel.Now()
}

// put adds a post and tells whether it can be found: one whose numbers are not
// finite is not in a graph, and no scan returns it. In a graph a vector
// longer than the longest of the build keeps its length, and is everybody's
// neighbour a little more than it should.
func (x *index) put(id system.PostID, v vector, bias float32) bool {
	if x.graph == nil {
		x.rows, x.biases = append(x.rows, v[:]...), append(x.biases, bias)
		return num.Finite(num.Dot(v[:], v[:]) + bias)
	}
	node := lift(&v)
	node[system.Dim] = bias
	node[system.Dim+1] = float32(math.Sqrt(float64(max(0, x.longest-num.Dot(v[:], v[:])-float32(bias*bias)))))
	return x.graph.Insert(uint32(id), node[:]) == nil
}

// drop takes the oldest post out.
func (x *index) drop() {
	if x.graph != nil {
		x.graph.Delete(uint32(x.first))
		return
	}
	x.rows, x.biases = x.rows[system.Dim:], x.biases[1:]
}
