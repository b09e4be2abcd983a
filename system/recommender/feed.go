package recommender

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

// World is what a recommender knows of the world around it.
type World struct {
	Catalogue *system.Catalogue
	People    []system.Person
	// Attributes returns what a post is made of; nil where posts have none.
	Attributes func(system.PostID) []float32
	// Truth returns what a post is worth to a person. Only the ideal asks.
	Truth func(system.PersonID, system.PostID) float32
}

// Feed is a [system.Pager] that answers every request after the same time.
type Feed struct {
	// Audience receives the lists. It is set before the world runs.
	Audience system.Audience

	config  Config
	world   World
	kernel  *sim.Kernel
	src     rng.Source
	latency time.Duration

	history history
	family  family
	trained uint64        // trainings so far
	known   system.PostID // posts before this one were there at the last training
	near    []Neighbours

	asked   uint64
	pending sim.Pending[system.Request] // to be answered, by the actor of the event
	answer  sim.Kind
	page    system.Page // reused
	ranked  []ranked    // reused, as all that follows
	scores  []float64
	words   []num.Ranked
	spare   []num.Ranked
}

// New returns a recommender and schedules its trainings.
func New(k *sim.Kernel, c Config, src rng.Source, w World, latency time.Duration) *Feed {
	f := &Feed{config: c, world: w, kernel: k, src: src, latency: latency, history: newHistory(len(w.People))}
	f.family = newFamily(c.Family, f)
	f.answer = k.Register("recommender.answer", sim.Infrastructure, f.onAnswer)
	train := k.Register("recommender.train", sim.Infrastructure, f.onTrain)
	if c.Every > 0 {
		k.Every(sim.Time(c.Start), c.Every, train)
	} else {
		k.At(sim.Time(c.Start), train, 0, 0)
	}
	return f
}

// Asked is the number of requests so far.
func (f *Feed) Asked() uint64 { return f.asked }

// Ask implements [system.Pager].
func (f *Feed) Ask(r system.Request) {
	f.asked++
	f.kernel.After(f.latency, f.answer, f.pending.Add(r), 0)
}

func (f *Feed) onAnswer(e sim.Event) {
	r := f.pending.Take(e.Actor)
	f.page = system.Page{Request: r, Items: f.page.Items[:0], Served: e.At, Rung: system.Full, ModelVersion: uint32(f.trained)}
	f.fill(r, e.At)
	if len(f.page.Items) == 0 {
		f.page.Rung = system.EmptyPage
	}
	f.Audience.Receive(&f.page)
}

// Consume takes a line of the log.
func (f *Feed) Consume(e *system.Event) { f.history.note(e) }

// onTrain learns from the log so far. What is published in the very moment of a
// training is too young for it.
//
// Simplification: a training takes no time.
func (f *Feed) onTrain(e sim.Event) {
	end := system.PostID(f.world.Catalogue.Len())
	for end > 0 && f.world.Catalogue.Post(end-1).At >= e.At {
		end--
	}
	f.known = end
	f.trained++
	f.family.train(f)
	f.near = append(f.near, f.neighbours(e.At)...)
}
