package retrieval

import (
	"fmt"
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/retrieval/ann"
)

// Gate is what a finished index must pass before it serves.
type Gate struct {
	// MinCount is the least share of the posts it was to hold that an index must
	// hold, with finite numbers. Default 0.99, range 0 to 1.
	MinCount float64 `yaml:"min_count"`
	// MinRecall is the least share of the true neighbours that its search must
	// find, in a sample. Default 0.8, range 0 to 1.
	MinRecall float64 `yaml:"min_recall"`
	// Sample is how many people the recall is measured with, ten neighbours each.
	// A scan needs no sample. Default 50, range 1 to 10,000.
	Sample int `yaml:"sample"`
	// MaxAge is the most time that may have passed since the catalogue was read.
	// Default 12h, at least 1m.
	MaxAge time.Duration `yaml:"max_age"`
}

// check says what is wrong with g.
func (g Gate) check(v *sim.Check) {
	v.That(g.MinCount >= 0 && g.MinCount <= 1, "index.gate.min_count", g.MinCount, "0 to 1")
	v.That(g.MinRecall >= 0 && g.MinRecall <= 1, "index.gate.min_recall", g.MinRecall, "0 to 1")
	v.That(g.Sample >= 1 && g.Sample <= 10_000, "index.gate.sample", g.Sample, "1 to 10,000")
	v.That(g.MaxAge >= time.Minute, "index.gate.max_age", g.MaxAge, "at least 1m")
}

// neighboursAsked is how many neighbours a measurement of recall asks for.
const neighboursAsked = 10

var samplePurpose = rng.NewPurpose("retrieval.recall_sample")

// sampled returns a person of the n-th sample.
func (r *Retriever) sampled(n uint64, i int) system.PersonID {
	return system.PersonID(rng.Index(r.src.Uniform(samplePurpose, uint64(i), n), len(r.keys)))
}

// measure asks a finished graph for the neighbours of some people and compares
// them with a scan. It runs beside the loop.
func (x *index) measure(people []system.PersonID, breadth int) {
	x.recall = 1
	if x.graph == nil {
		return
	}
	questions := make([]ann.Question, 0, len(people))
	for _, p := range people {
		lift := lift(&x.towers.people[p])
		if v := lift[:]; num.Finite(num.Dot(v, v)) {
			questions = append(questions, ann.Question{Version: x.version, Vector: v, K: neighboursAsked, Breadth: breadth})
		}
	}
	recall, err := x.graph.Recall(questions)
	if err != nil {
		panic("retrieval: a sample of people must be questions to their own index: " + err.Error())
	}
	x.recall = recall
}

// refused says why a finished index must not serve, or nothing.
func (x *index) refused(g Gate, now sim.Time) string {
	age := now.Sub(x.asOf)
	switch {
	case float64(x.held) < float64(g.MinCount*float64(x.wanted)):
		return fmt.Sprintf("holds %d of %d posts", x.held, x.wanted)
	case x.recall < g.MinRecall:
		return fmt.Sprintf("finds %.3f of the neighbours, less than %g", x.recall, g.MinRecall)
	case age > g.MaxAge:
		return fmt.Sprintf("%v old, more than %v", age, g.MaxAge)
	}
	return ""
}
