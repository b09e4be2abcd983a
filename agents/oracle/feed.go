package oracle

import (
	"time"

	"feedloop/agents/population"
	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Kind names a feed that needs no stack.
type Kind string

// The kinds.
const (
	Random Kind = "random" // live posts in random order
	Newest Kind = "newest" // newest first
	Best   Kind = "oracle" // by true value
)

// Feed is a [system.Pager] without a stack behind it.
type Feed struct {
	kind    Kind
	view    view
	kernel  *sim.Kernel
	src     rng.Source
	to      system.Audience
	size    int
	latency time.Duration

	pending sim.Pending[system.Request] // to be answered, by the actor of the event
	answer  sim.Kind
	page    system.Page // reused
	found   []valued
	asked   uint64
}

// Asked is the number of requests so far.
func (f *Feed) Asked() uint64 { return f.asked }

var randomPurpose = rng.NewPurpose("oracle.random_feed")

// NewFeed returns a feed that answers each request after latency with a page of
// size posts that the person has not seen.
func NewFeed(k *sim.Kernel, kind Kind, p *population.Population, c *system.Catalogue, seen *system.Seen, src rng.Source, size int, latency time.Duration) *Feed {
	f := &Feed{
		kind: kind, kernel: k, src: src, to: p.People, size: size, latency: latency,
		view: view{people: p.People, posts: p.Posts, catalogue: c, seen: seen},
	}
	f.answer = k.Register("oracle.answer", sim.Infrastructure, f.onAnswer)
	return f
}

// Ask takes a request.
func (f *Feed) Ask(r system.Request) {
	f.asked++
	f.kernel.After(f.latency, f.answer, f.pending.Add(r), 0)
}

func (f *Feed) onAnswer(e sim.Event) {
	r := f.pending.Take(e.Actor)
	f.page = system.Page{Request: r, Items: f.page.Items[:0], Served: e.At, Rung: system.Full}
	f.fill(r, e.At)
	first, _ := f.view.catalogue.Live(e.At)
	f.view.seen.Forget(first)
	for i := range f.page.Items {
		f.view.seen.Add(r.Person, f.page.Items[i].Post)
	}
	if len(f.page.Items) == 0 {
		f.page.Rung = system.EmptyPage
	}
	f.to.Receive(&f.page)
}

func (f *Feed) fill(r system.Request, now sim.Time) {
	first, end := f.view.catalogue.Live(now)
	switch f.kind {
	case Best:
		f.found = f.view.best(r.Person, now, f.size, f.found[:0])
		for _, v := range f.found {
			f.show(v.post, v.value)
		}
	case Newest:
		for post := end; post > first && len(f.page.Items) < f.size; post-- {
			if !f.view.seen.Has(r.Person, post-1) {
				f.show(post-1, 0)
			}
		}
	case Random:
		f.sample(r, first, end)
	}
}

// sample shows posts drawn without replacement; after eight tries a slot it
// takes what comes first, so a feed that is nearly all seen still answers.
func (f *Feed) sample(r system.Request, first, end system.PostID) {
	entity, n := r.Address()
	for try := 0; try < 8*f.size && len(f.page.Items) < f.size && first < end; try++ {
		u := f.src.Uniform(randomPurpose, entity, n+uint64(try))
		f.offer(r.Person, first+system.PostID(u*float64(end-first)))
	}
	for post := first; post < end && len(f.page.Items) < f.size; post++ {
		f.offer(r.Person, post)
	}
}

// offer shows a post unless it was shown before.
func (f *Feed) offer(to system.PersonID, post system.PostID) {
	if !f.view.seen.Has(to, post) && !f.shows(post) {
		f.show(post, 0)
	}
}

func (f *Feed) show(post system.PostID, score float32) {
	f.page.Items = append(f.page.Items, system.Item{Post: post, Score: score, Propensity: 1})
}

func (f *Feed) shows(post system.PostID) bool {
	for i := range f.page.Items {
		if f.page.Items[i].Post == post {
			return true
		}
	}
	return false
}
