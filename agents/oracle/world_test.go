package oracle

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"feedloop/agents/population"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/system"
)

const latency = 100 * time.Millisecond

// town is a small world under a feed that needs no stack. It keeps every page.
type town struct {
	kernel    *sim.Kernel
	people    *population.Population
	catalogue *system.Catalogue
	feed      *Feed
	src       rng.Source
	pages     []system.Page
}

// Publish implements [system.Publisher].
func (w *town) Publish(p system.Post) system.PostID { return w.catalogue.Add(p) }

// Report implements [system.Reporter]: nobody listens.
func (*town) Report(uint64, []system.Event) {}

// Receive implements [system.Audience]: a copy is kept, and the people see it.
func (w *town) Receive(p *system.Page) {
	page := *p
	page.Items = append([]system.Item(nil), p.Items...)
	w.pages = append(w.pages, page)
	w.people.People.Receive(p)
}

// newTown returns a world of some people and creators.
func newTown(kind Kind, people, creators int, change ...func(*population.Config)) *town {
	c := population.DefaultConfig()
	c.Users.Count, c.Creators.Count = people, creators
	c.Users.Return.Churn = -50
	for _, f := range change {
		f(&c)
	}
	w := &town{kernel: sim.New(sim.Options{}), src: rng.New(1, 0), catalogue: system.NewCatalogue(c.Posts.Life)}
	w.people = population.New(w.kernel, c, w.src, record.NewRecorder(time.Hour, 0), w)
	w.people.SignUp(c.Follows)
	w.feed = NewFeed(w.kernel, kind, w.people, w.catalogue, &system.Seen{}, w.src, 10, latency)
	w.feed.to = w
	w.people.People.Pager, w.people.People.Reporter = w.feed, w
	return w
}

// live runs the world for some hours.
func (w *town) live(hours float64) *town {
	w.kernel.Run(w.kernel.Now().Add(time.Duration(hours * float64(time.Hour))))
	return w
}

// serve asks for a page out of turn and returns it.
func (w *town) serve(t *testing.T, r system.Request) system.Page {
	t.Helper()
	r.At = w.kernel.Now()
	before := len(w.pages)
	w.people.People.Frozen = true
	w.feed.Ask(r)
	w.kernel.Run(w.kernel.Now().Add(latency))
	w.people.People.Frozen = false
	for _, p := range w.pages[before:] {
		if p.Request == r {
			return p
		}
	}
	require.Fail(t, "no answer")
	return system.Page{}
}
