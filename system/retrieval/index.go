package retrieval

import (
	"time"

	"feedloop/sim"
	"feedloop/system"
)

// index is an immutable snapshot of the live posts' vectors.
type index struct {
	first   system.PostID // row 0
	rows    []float32     // row-major, posts x Dim
	biases  []float32     // of the posts' creators
	graph   *HNSW         // of both, by post; nil when every row is compared
	version uint32        // of the towers that made the rows
	asOf    sim.Time      // when the catalogue was read
	towers  *weights      // the person side of the pair
}

// BuildFailure is the fault that makes index builds fail without a word.
const BuildFailure = "retrieval.index_build_failure"

// MixedVersions is the fault that takes people's vectors from the newest towers
// whatever towers the index was built with, and nobody checks.
const MixedVersions = "retrieval.mixed_versions"

// Faults lists the fault points.
func Faults() []sim.FaultSpec {
	return []sim.FaultSpec{{
		Kind: BuildFailure, PerDay: [2]float64{0.1, 2}, For: [2]time.Duration{time.Hour, 12 * time.Hour},
		Promise: "the last index keeps serving, and its age says so",
	}, {
		Kind: MixedVersions, PerDay: [2]float64{0.1, 1}, For: [2]time.Duration{time.Hour, 24 * time.Hour},
		Promise: "pages stay whole, and neighbours lose their meaning until the next build after each publish",
	}}
}

// build starts to make an index of what is live now. It takes as long as its
// rows cost and becomes visible as a whole, towers and index together.
func (r *Retriever) build() {
	if r.version == 0 {
		return
	}
	now := r.kernel.Now()
	first, end := r.catalogue.Live(now)
	made := &index{first: first, version: r.version, asOf: now, towers: r.weights}
	posts := make([]postOf, 0, end-first)
	for id := first; id < end; id++ {
		p := r.catalogue.Post(id)
		posts = append(posts, inTraining(p))
	}
	took := r.config.Index.Build + time.Duration(len(posts))*r.config.Index.BuildPerPost
	graph := r.config.Index.graphFor(len(posts))
	r.kernel.Go(took, r.buildKind, 0, r.builds.add(made), func() { made.fill(posts, graph) })
}

// fill computes the rows, and the graph when there is to be one; it runs beside
// the loop.
func (x *index) fill(posts []postOf, graph bool) {
	x.rows, x.biases = make([]float32, len(posts)*system.Dim), make([]float32, len(posts))
	for i := range posts {
		v := x.towers.tower(&posts[i])
		copy(x.rows[i*system.Dim:], v[:])
		x.biases[i] = x.towers.creator(posts[i].creator)
	}
	if graph {
		x.graph = x.grow()
	}
}

// onBuilt swaps the finished index in, unless a newer one has overtaken it.
func (r *Retriever) onBuilt(e sim.Event) {
	made := r.builds.take(e.Arg)
	if !r.broken.On() && made.asOf >= r.index.asOf && made.version >= r.index.version {
		r.index = *made
	}
}
