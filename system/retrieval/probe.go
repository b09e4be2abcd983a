package retrieval

import (
	"math"
	"slices"
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/system"
)

// young is the age up to which a probe calls a post young.
const young = 6 * time.Hour

// Probe is what the neighbours source was worth when it was last asked for the
// neighbours of a few people: shares, NaN where there was nothing to have a
// share of.
type Probe struct {
	// Recall is which share of the posts nearest to them, by the towers that serve
	// and among all posts that live, it would return. Whatever is wrong shows here:
	// links that a walk misses, posts that are too young for the index, towers
	// that have moved on.
	Recall float64
	// YoungRecall is the same among the posts that were published in the last six
	// hours, of which a build that has failed for so long has none; YoungShare
	// how many of the posts that it returns are so young.
	YoungRecall, YoungShare float64
}

// unprobed is what is known before the first probe.
var unprobed = Probe{math.NaN(), math.NaN(), math.NaN()}

// Probed returns the last probe.
func (r *Retriever) Probed() Probe { return r.lastProbe }

// probe measures what the neighbours source is worth now, as its operator can.
func (r *Retriever) probe(e sim.Event) {
	if r.index.version == 0 {
		return
	}
	var all, fresh, returned hits
	for i := range r.config.Index.ProbePeople {
		q := &system.Query{Request: system.Request{Person: r.sampled(uint64(e.At), i)}}
		best := r.nearestOfAll(q.Person)
		r.probed, _, _ = r.nearest(q, neighboursAsked, r.probed[:0]) // what a version forbids is not found
		for _, b := range best {
			found := slices.ContainsFunc(r.probed, func(c system.Candidate) bool { return c.Post == system.PostID(b.ID()) })
			all.count(found)
			if r.isYoung(system.PostID(b.ID()), e.At) {
				fresh.count(found)
			}
		}
		for _, c := range r.probed {
			returned.count(r.isYoung(c.Post, e.At))
		}
	}
	r.lastProbe = Probe{all.share(), fresh.share(), returned.share()}
}

func (r *Retriever) isYoung(post system.PostID, now sim.Time) bool {
	return now.Sub(r.catalogue.Post(post).At) <= young
}

// hits are how many of all were so.
type hits struct{ so, all float64 }

func (h *hits) count(so bool) {
	h.all++
	if so {
		h.so++
	}
}

// share is NaN where there is nothing to have a share of.
func (h hits) share() float64 { return h.so / h.all }

// nearestOfAll returns the live posts that score highest with a person by the
// towers that serve, without those that are unfit for them.
func (r *Retriever) nearestOfAll(person system.PersonID) []num.Ranked {
	first, end := r.catalogue.Live(r.kernel.Now())
	u, all := r.person(person), r.found[:0]
	for id := first; id < end; id++ {
		if !r.unfit(person, id) {
			score := num.Dot(u[:], r.vectors[id][:]) + r.weights.creator(r.catalogue.Post(id).Creator)
			all = append(all, num.Rank(score, uint32(id)))
		}
	}
	r.found = all
	return num.Largest(all, neighboursAsked)
}
