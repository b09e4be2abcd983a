package run

import (
	"slices"
	"testing"
	"time"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/system"
	"feedloop/system/stream"
)

// hurried is the small world with deadlines that it often misses, so that every
// way down the ladder is walked.
const hurried = small + `
  serving: {deadline: 150ms, retrieval_deadline: 30ms, jitter: 0.6}
`

// ledger counts what passes the borders of the platform, from outside of it:
// people's side of requests, pages and events, and a reader of the log.
type ledger struct {
	pager    system.Pager
	reporter system.Reporter
	audience system.Audience

	asked, emitted, viewed uint64
	answered               [system.Rungs]uint64
	described              uint64             // items on pages with features
	shown                  map[[2]uint32]bool // person and post
	repeated               int
	group                  *stream.Group[system.Event]
	logged                 map[uint64]system.EventKind
}

func (l *ledger) Ask(r system.Request) {
	l.asked++
	l.pager.Ask(r)
}

func (l *ledger) Receive(p *system.Page) {
	l.answered[p.Rung]++
	for i := range p.Items {
		key := [2]uint32{uint32(p.Person), uint32(p.Items[i].Post)}
		if l.shown[key] {
			l.repeated++
		}
		l.shown[key] = true
	}
	l.audience.Receive(p)
}

func (l *ledger) Report(key uint64, events []system.Event) {
	l.emitted += uint64(len(events))
	for i := range events {
		if events[i].Kind == system.Viewed {
			l.viewed++
		}
	}
	l.reporter.Report(key, events)
}

// open places a ledger between the people and the platform of a world.
func open(w *world) *ledger {
	p := w.platform
	l := &ledger{pager: p.server, reporter: p.ingestion, audience: w.people.People, logged: map[uint64]system.EventKind{}, shown: map[[2]uint32]bool{}}
	w.people.People.Pager, w.people.People.Reporter, p.server.Audience = l, l, l
	served := p.server.Log
	p.server.Log = func(page *system.Page) {
		if len(page.Features) > 0 {
			l.described += uint64(len(page.Items))
		}
		served(page)
	}
	l.group = p.log.Subscribe("audit", func(e *system.Event) { l.logged[e.ID] = e.Kind })
	return l
}

var swarmPurpose = rng.NewPurpose("run_test.swarm")

// swarm draws faults of every component. The atlas speaks of days; worlds here
// live two, so everything happens ten times as often.
func swarm(seed uint64, horizon time.Duration) sim.Plan {
	atlas := slices.Clone(Faults())
	for i := range atlas {
		atlas[i].PerDay[0] *= 10
		atlas[i].PerDay[1] *= 10
	}
	luck := func(entity, n uint64) float64 { return rng.New(seed, 0).Uniform(swarmPurpose, entity, n) }
	return sim.Swarm(luck, atlas, sim.Time(horizon))
}

// Whatever goes wrong, every request, event, record and served item is
// somewhere, at every hour; and when the faults are over and people have gone
// home, nothing is left on its way.
func TestNothingIsLostSilently(t *testing.T) {
	long(t)
	const seeds = 8
	base := parse(t, hurried, "clock.run=4d", "system.retrieval.index.insert=10m")
	all := make([]simtest.Invariants, seeds+1)
	simtest.Seeds(t, seeds, func(seed uint64) error {
		s := *base
		s.Seed = seed
		w, err := build(&s, task{world: s.Worlds[0]})
		if err != nil {
			return err
		}
		l := open(w)
		if err := w.kernel.Inject(swarm(seed, w.run/2)); err != nil {
			return err
		}
		v := &all[min(seed, seeds)]
		for at := time.Duration(0); at <= w.run; at += time.Hour {
			w.people.People.Frozen = at > w.run/2
			balance(v, w.grow(at), l)
		}
		settled(v, w, l)
		for _, p := range w.kernel.Points() {
			v.Sometimes(p.Fired() > 0, p.Kind())
		}
		return nil
	})
	for i := range all[1:] {
		all[0].Merge(&all[1+i])
	}
	if err := all[0].Err(); err != nil {
		t.Error(err)
	}
}

// balance demands that every account is balanced now, and that the platform's
// books agree with the ledger's.
func balance(v *simtest.Invariants, w *world, l *ledger) {
	p, at := w.platform, w.kernel.Now()
	requests := p.server.Counts()
	v.Always(requests.Balanced(), "requests", "%v: %+v", at, requests)
	v.Always(requests.Asked == l.asked && requests.Answered == l.answered, "requests as people know them", "%v: %+v, %+v", at, requests, l)
	events := p.ingestion.Counts()
	v.Always(events.Balanced(), "events", "%v: %+v", at, events)
	v.Always(events.Emitted == l.emitted, "events as people know them", "%v: %+v, emitted %d", at, events, l.emitted)
	items := p.joiner.Counts()
	v.Always(items.Balanced(), "served items", "%v: %+v", at, items)
	v.Always(items.Served == l.described, "served items as the served log knows them", "%v: %+v, %d", at, items, l.described)
	proposals := p.retriever.Counts()
	v.Always(proposals.Balanced(), "proposals, and posts between builds", "%v: %+v", at, proposals)
	candidates := p.reranker.Counts()
	v.Always(candidates.Balanced(), "candidates", "%v: %+v", at, candidates)
	g := l.group
	v.Always(g.Read+g.Skipped+uint64(g.Lag()) == events.Appended, "records", "%v: read %d, skipped %d, lag %d of %d",
		at, g.Read, g.Skipped, g.Lag(), events.Appended)
	v.Always(items.Examples <= l.viewed, "no example without an impression", "%v: %d of %d", at, items.Examples, l.viewed)

	v.Always(l.repeated == 0, "nobody is shown a post twice", "%v: %d of %d", at, l.repeated, len(l.shown))

	v.Sometimes(events.AllLost() > 0, "a device gave up")
	v.Sometimes(events.Duplicated > 0, "a batch came twice")
	v.Sometimes(uint64(len(l.logged)) < events.Appended, "the log held an event twice")
	v.Sometimes(items.Orphans > 0, "labels came too late")
	v.Sometimes(requests.Partial > 0, "a source came too late")
	v.Sometimes(proposals.Inserted > 0, "a post went into the index between builds")
	for rung := range system.EmptyPage {
		v.Sometimes(requests.Answered[rung] > 0, "a page made "+rung.String())
	}
}

// settled demands that nothing is on its way any more.
func settled(v *simtest.Invariants, w *world, l *ledger) {
	p := w.platform
	v.Eventually(p.server.Counts().InFlight == 0, "requests answered", "%+v", p.server.Counts())
	events, items := p.ingestion.Counts(), p.joiner.Counts()
	v.Eventually(events.InFlight == 0, "events arrived", "%+v", events)
	v.Eventually(items.Waiting == 0, "labels closed", "%+v", items)
	v.Eventually(l.group.Lag() == 0, "records read", "lag %d", l.group.Lag())
	v.Eventually(p.features.Lag() == 0, "counters caught up", "%v", p.features.Lag())
	// Each event left its device once; the copies are what dedupe is for.
	missing := l.emitted - uint64(len(l.logged))
	gone := events.AllLost() + events.AllRejected() + l.group.Skipped
	v.Eventually(missing <= gone, "every event was read, or is lost or rejected", "%d missing, %+v", missing, events)
	views := uint64(0)
	for _, kind := range l.logged { // ordered: a sum of integers does not depend on the order
		if kind == system.Viewed {
			views++
		}
	}
	v.Eventually(views+gone >= l.viewed, "impressions", "%d of %d in the log, %+v", views, l.viewed, events)
	v.Eventually(items.Examples <= views, "examples are logged impressions", "%d of %d", items.Examples, views)
	v.Sometimes(2*items.Examples > l.viewed, "most impressions became examples")
}
