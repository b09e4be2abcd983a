package user

import (
	"time"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/system"
)

// app is a platform to test people with: it answers every request after a delay
// with the posts that the test chooses, and keeps what devices report.
type app struct {
	kernel *sim.Kernel
	people *People
	posts  *content.Posts
	rec    *record.Recorder

	choose func(system.Request) []system.PostID // nil: an empty page
	delay  time.Duration
	never  bool // answer no request

	now      sim.Time // to which windows have been closed by hand; see level
	requests []system.Request
	answered int
	answer   sim.Kind
	reports  [][]system.Event
}

// newApp returns people without a world around them: no posts yet, and pages
// are empty.
func newApp(c Config) *app { return among(c, content.DefaultConfig()) }

// among is newApp where posts are of some kind.
func among(c Config, posts content.Config) *app {
	k, src := sim.New(sim.Options{}), rng.New(1, 0)
	a := &app{kernel: k, posts: content.New(posts, src, nil), rec: record.NewRecorder(sim.Day, 0)}
	a.people = New(k, c, src, a.posts, a.rec)
	a.people.Pager, a.people.Reporter = a, a
	a.answer = k.Register("test.answer", sim.Infrastructure, func(e sim.Event) {
		a.answered++
		a.people.Receive(a.page(a.requests[e.Arg]))
	})
	return a
}

// Ask implements [system.Pager].
func (a *app) Ask(r system.Request) {
	a.requests = append(a.requests, r)
	if !a.never {
		a.kernel.After(a.delay, a.answer, 0, uint64(len(a.requests)-1))
	}
}

// Report implements [system.Reporter].
func (a *app) Report(_ uint64, events []system.Event) {
	a.reports = append(a.reports, append([]system.Event(nil), events...))
}

// page answers a request with what the test chose.
func (a *app) page(r system.Request) *system.Page {
	p := &system.Page{Request: r, Served: a.kernel.Now()}
	if a.choose != nil {
		for _, id := range a.choose(r) {
			p.Items = append(p.Items, system.Item{Post: id, Propensity: 1})
		}
	}
	return p
}

// post adds a post that has an affinity of the given size with the person.
func (a *app) post(who int, affinity float32, truth content.Truth) system.PostID {
	truth.Vector = a.people.All[who].Taste
	for i := range truth.Vector {
		truth.Vector[i] *= affinity
	}
	id := system.PostID(len(a.posts.Truths))
	truth.Key, truth.Creator = content.Key(system.CreatorID(id), 0), system.CreatorID(id)
	a.posts.Truths = append(a.posts.Truths, truth)
	return id
}

// meet lets a person view one post at the top of a page and returns the events
// and the value.
func (a *app) meet(who int, id system.PostID) ([]system.Event, float32) {
	page := a.page(system.Request{Person: system.PersonID(who), Visit: 3, Page: 1})
	page.Items = []system.Item{{Post: id}}
	a.people.open(page)
	a.people.All[who].reported = 0
	_, value := a.people.view(&a.people.All[who], page, 0, a.kernel.Now())
	return append([]system.Event(nil), a.people.events...), value
}

// days runs the world to the end of a number of days.
func (a *app) days(n int) { a.kernel.Run(sim.Time(n)*sim.Time(sim.Day) - 1) }

// steady are people whose tastes and levels stand still.
func steady() Config {
	c := DefaultConfig()
	c.Count = 1
	c.Taste.Influence, c.Taste.Drift, c.Satiation.Gain = 0, 0, 0
	return c
}

// certain is a reaction that always comes.
var certain = Reaction{Base: 50}

// has tells whether a kind is among the events.
func has(events []system.Event, kind system.EventKind) float64 {
	for _, e := range events {
		if e.Kind == kind {
			return 1
		}
	}
	return 0
}
