package retrieval

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

var testPurpose = rng.NewPurpose("retrieval.test")

// world is a retriever with what stands around it.
type world struct {
	kernel    *sim.Kernel
	catalogue *system.Catalogue
	seen      *system.Seen
	retriever *Retriever
	posts     int
}

// newWorld returns a retriever for some people who follow nobody; posts live
// for two days.
func newWorld(c Config, people int) *world {
	w := &world{kernel: sim.New(sim.Options{}), catalogue: system.NewCatalogue(2 * sim.Day), seen: &system.Seen{}}
	public := make([]system.Person, people)
	for i := range public {
		public[i] = system.Person{ID: system.PersonID(i), Key: uint64(i)}
	}
	w.retriever = NewRetriever(w.kernel, c, rng.New(3, 0), w.catalogue, w.seen, public)
	return w
}

// unit returns a random unit vector; n tells vectors apart.
func unit(n int) (v vector) {
	for i := range v {
		v[i] = float32(rng.Normal(rng.New(1, 0).Uniform(testPurpose, uint64(n), uint64(i)), 0, 1))
	}
	num.Normalize(v[:])
	return v
}

// publish adds a post by a creator now.
func (w *world) publish(creator system.CreatorID) system.PostID {
	id := w.catalogue.Add(system.Post{
		Creator: creator, Key: uint64(w.posts), At: w.kernel.Now(), Duration: 20 * time.Second, Content: unit(1000 + w.posts),
	})
	w.posts++
	w.retriever.Published(id)
	return id
}

// towers returns an artefact whose people point in random directions.
func (w *world) towers(version uint32) *system.Artefact {
	weights := newWeights(len(w.retriever.follows), DefaultConfig().Towers)
	for p := range weights.people {
		weights.people[p] = unit(int(version)*100_000 + p)
	}
	weights.grow(9)
	for c := range weights.creators {
		weights.creators[c] = weights.people[0][c] / 4
	}
	return &system.Artefact{Name: "towers", Version: version, Payload: weights}
}

// from asks one source.
func (w *world) from(s system.Source, person system.PersonID) []system.Candidate {
	q := &system.Query{Request: system.Request{Person: person}}
	found, _ := w.retriever.Source(s, q, nil)
	return found
}

// ids are the posts of candidates.
func ids(cs []system.Candidate) []system.PostID {
	out := []system.PostID{}
	for _, c := range cs {
		out = append(out, c.Post)
	}
	return out
}
