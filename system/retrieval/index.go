package retrieval

import (
	"slices"
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/system"
	"feedloop/system/retrieval/ann"
)

// index is the live posts' vectors as of a build, with what was inserted since.
type index struct {
	number  uint64        // of the build; later builds have larger ones
	first   system.PostID // row 0
	end     system.PostID // behind the last
	rows    []float32     // row-major, posts x Dim
	biases  []float32     // of the posts' creators
	graph   *ann.HNSW     // of both, by post; nil when every row is compared
	longest float32       // the square of the length of the graph's vectors
	version uint32        // of the towers that made the rows
	asOf    sim.Time      // when the catalogue was read
	towers  *weights      // the person side of the pair

	misread bool // by a search that takes what is no number for the largest: the fault NoNumbers

	// What a build is judged by: posts that it was to hold and does, with finite
	// numbers, and the share of a sample's neighbours that its search finds.
	wanted, held int
	recall       float64
}

// BuildFailure is the fault that makes index builds fail without a word.
const BuildFailure = "retrieval.index_build_failure"

// MixedVersions is the fault that takes people's vectors from the newest towers
// whatever towers the index was built with, and nobody checks.
const MixedVersions = "retrieval.mixed_versions"

// LostRows is the fault that makes builds lose a share of their posts, the
// fault's parameter.
const LostRows = "retrieval.index_lost_rows"

// NoNumbers is the fault that makes builds write a share of their rows, the
// fault's parameter, as numbers that are none, of which a scan takes every one
// for the largest, as a descending sort in NumPy does. A graph lacks such rows.
const NoNumbers = "retrieval.index_no_numbers"

// Faults lists the fault points.
func Faults() []sim.FaultSpec {
	return []sim.FaultSpec{{
		Kind: BuildFailure, PerDay: [2]float64{0.1, 2}, For: [2]time.Duration{time.Hour, 12 * time.Hour},
		Promise: "the last index keeps serving, and its age says so",
	}, {
		Kind: MixedVersions, PerDay: [2]float64{0.1, 1}, For: [2]time.Duration{time.Hour, 24 * time.Hour},
		Promise: "pages stay whole, and neighbours lose their meaning until the next build after each publish",
	}, {
		Kind: LostRows, PerDay: [2]float64{0.1, 2}, For: [2]time.Duration{time.Hour, 12 * time.Hour},
		Parameter: [2]float64{0.05, 1},
		Promise:   "the gate refuses what was built, and the last whole index keeps serving",
	}, {
		Kind: NoNumbers, PerDay: [2]float64{0.1, 2}, For: [2]time.Duration{time.Hour, 12 * time.Hour},
		Parameter: [2]float64{0.05, 1},
		Promise:   "the gate refuses what was built; without a gate they come first, the same for everybody",
	}}
}

// build starts to make an index of what is live now. It takes as long as its
// rows cost, is judged, and becomes visible as a whole, towers and index together.
func (r *Retriever) build() {
	if r.version == 0 {
		return
	}
	now := r.kernel.Now()
	first, end := r.catalogue.Live(now)
	r.begun++
	made := &index{number: r.begun, first: first, end: end, version: r.version, asOf: now, towers: r.weights, wanted: int(end - first)}
	c := r.config.Index
	took := c.Build + time.Duration(made.wanted)*c.BuildPerPost
	if r.lost.On() {
		made.end -= system.PostID(float64(made.wanted) * min(1, r.lost.Parameter()))
	}
	posts := int(made.end - first)
	made.rows, made.biases = slices.Grow(r.retired.rows[:0], posts*system.Dim), slices.Grow(r.retired.biases[:0], posts)
	r.retired = index{}
	for id := first; id < made.end; id++ { // the vectors of now, of the towers that serve
		made.rows = append(made.rows, r.vectors[id][:]...)
		made.biases = append(made.biases, r.weights.creator(r.catalogue.Post(id).Creator))
	}
	if r.noNumbers.On() {
		made.misread = true
		r.spoil(made, r.noNumbers.Parameter())
	}
	graph := c.graphFor(made.wanted)
	people := make([]system.PersonID, 0, c.Gate.Sample)
	for i := range c.Gate.Sample {
		people = append(people, r.sampled(uint64(now), i))
	}
	r.kernel.Go(took, r.buildKind, 0, uint64(r.builds.Add(made)), func() {
		made.fill(graph)
		made.measure(people, c.Breadth)
	})
}

// fill counts the rows that are sound and makes the graph when there is to be
// one; it runs beside the loop.
func (x *index) fill(graph bool) {
	for i, bias := range x.biases {
		row := x.rows[i*system.Dim:][:system.Dim]
		if num.Finite(num.Dot(row, row) + bias) {
			x.held++
		}
	}
	if graph {
		x.graph = x.grow()
	}
}

// onBuilt swaps the finished index in, if it passes the gate and no newer one
// has overtaken it. The last one of other towers is kept, for a rollback.
func (r *Retriever) onBuilt(e sim.Event) {
	made := r.builds.Take(uint32(e.Arg))
	if r.broken.On() || made.number < r.index.number || made.number <= r.withdrawn {
		return
	}
	if reason := made.refused(r.config.Index.Gate, r.kernel.Now()); reason != "" {
		r.counts.Refused++
		if r.Refused != nil {
			r.Refused(reason)
		}
		return
	}
	r.counts.Held += uint64(made.held)
	r.counts.Missing += uint64(made.wanted - made.held)
	if r.index.version == made.version {
		r.retired = r.index
	} else {
		r.retired, r.previous = r.previous, r.index
	}
	r.index = *made
	if r.config.Index.Insert > 0 {
		r.insert() // what was published during the build
	}
}

// restore brings back the last index of the towers that serve again after a
// rollback, if it may still serve, and lets no build of the withdrawn ones replace
// it.
func (r *Retriever) restore() {
	r.withdrawn = r.begun
	passes := r.previous.refused(r.config.Index.Gate, r.kernel.Now()) == ""
	if r.index.version != r.version && r.previous.version == r.version && passes {
		r.previous.number = r.begun
		r.index, r.previous = r.previous, index{}
	}
}
