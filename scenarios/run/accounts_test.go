package run

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/system"
	"feedloop/system/ingestion"
	"feedloop/system/stream"
)

// emitters counts by kind what people report.
type emitters struct {
	reporter system.Reporter
	emitted  [system.EventKinds]uint64
}

func (r *emitters) Report(key uint64, events []system.Event) {
	for i := range events {
		r.emitted[events[i].Kind]++
	}
	r.reporter.Report(key, events)
}

// climates are ways to build the data plane, from careful to careless. Lags are
// long, so that the few events of a small world meet them.
var climates = [][]string{
	{},
	{"system.stream.replication={brokers: 3, replicas: 3, acks: all, lag: 2m, ack: 1m}", "system.stream.producer.idempotent=false",
		"system.stream.consumer={members: 2, delivery: exactly_once}", "system.monitoring.windows={lateness: 10m}"},
	{"system.stream.replication={brokers: 3, replicas: 2, acks: leader, lag: 40m, ack: 1s}", "system.stream.rate_per_sec=0.05",
		"system.stream.consumer={members: 3, delivery: at_most_once, fetch: 200, fencing: false, reset: latest}",
		"system.ingestion={wrong_clocks: 20%, future: accept, strict: false, dedupe: 10m}", "system.stream.clamp=false"},
	{"system.stream.replication={brokers: 2, replicas: 2, acks: none, lag: 40m}"},
	{"system.stream={partitions: 7, retention: 2h, rate_per_sec: 0.1}", "system.stream.producer={buffer: 20, timeout: 30s, salt: 3}",
		"system.ingestion={device_buffer: 10, offline_holds: true, offline: 20%, replay_once: false, duplicates: 20%}",
		"system.monitoring.windows={shape: session, size: 1m}"},
}

var weatherPurpose = rng.NewPurpose("run_test.weather")

// Emitted and copied is visible, late, duplicated, rejected, lost or in flight:
// at every hour, for every kind of event, under faults drawn from the seed in
// any climate; and when the faults are over, nothing is in flight any more.
func TestEventsAddUpInAnyWeather(t *testing.T) {
	long(t)
	const seeds = 20
	all := make([]simtest.Invariants, seeds+1)
	simtest.Seeds(t, seeds, func(seed uint64) error {
		s := parse(t, small, append([]string{"clock.run=3d", "system.retraining.every=1d"}, climates[seed%uint64(len(climates))]...)...)
		s.Seed = seed
		w, err := build(s, task{world: s.Worlds[0]})
		if err != nil {
			return err
		}
		p := w.platform
		r := &emitters{reporter: p.ingestion}
		w.people.People.Reporter = r
		luck := func(entity, n uint64) float64 { return rng.New(seed, 1).Uniform(weatherPurpose, entity, n) }
		if err := w.kernel.Inject(weather(luck, w.run/2)); err != nil {
			return err
		}
		v := &all[min(seed, seeds)]
		for at := time.Duration(0); at <= w.run; at += time.Hour {
			w.people.People.Frozen = at > w.run/2
			w.grow(at)
			reconciled(v, p, r)
		}
		for kind := range system.EventKinds {
			a := p.account(kind)
			v.Eventually(a.InFlight == 0, "everything has come somewhere", "%v: %+v", kind, a)
		}
		return nil
	})
	for i := range all[1:] {
		all[0].Merge(&all[1+i])
	}
	require.NoError(t, all[0].Err())
}

// reconciled demands that the accounts balance, and agree with the people.
func reconciled(v *simtest.Invariants, p *platform, r *emitters) {
	for kind := range system.EventKinds {
		a, c := p.account(kind), p.ingestion.CountsOf(kind)
		v.Always(a.Balanced(), "accounts", "%v: %+v", kind, a)
		v.Always(c.Balanced(), "the way to the log", "%v: %+v", kind, c)
		v.Always(a.Emitted == r.emitted[kind], "events as people know them", "%v: %+v, %d", kind, a, r.emitted[kind])
		v.Sometimes(a.Visible > 0 && a.Late > 0 && a.Duplicated > 0, "visible, late and duplicated")
		v.Sometimes(a.Rejected > 0, "rejected")
		v.Sometimes(a.InFlight > 0, "in flight")
		v.Sometimes(a.Lost > c.AllLost(), "lost behind the log")
		v.Sometimes(c.Replayed > 0, "replayed")
		for how, n := range c.Lost {
			v.Sometimes(n > 0, "lost: "+[]string{"gave up", "device full", "timed out", "leader lost"}[how])
		}
	}
	counts := p.log.Counts()
	v.Always(counts.Balanced(), "records", "%+v", counts)
	for _, g := range p.log.Groups() {
		v.Always(g.Balanced(), "records by reader", "%s: %+v, lag %d, of %+v", g.Name(), g.GroupCounts, g.Lag(), counts)
		v.Sometimes(g.Skipped > 0, "a reader overrun by retention")
		v.Sometimes(g.Repeated > 0 || g.Replayed > 0, "a reader crashed")
	}
}

// What a run leaves says where every event is.
func TestAccountsAreTables(t *testing.T) {
	w := born(t, small)
	w.grow(w.run)
	require.NoError(t, w.platform.reconcile())
	tables := w.platform.accounts()
	events, reasons, readers := tables[0], tables[1], tables[2]
	require.Len(t, events.Rows, int(system.EventKinds))
	assert.Equal(t, "view", events.Strings("kind")[0])
	assert.Positive(t, events.Floats("visible")[0])
	assert.Positive(t, events.Floats("late")[0], "devices were offline")
	lost := 0.0
	for i, fate := range reasons.Strings("fate") {
		if fate == "lost" && reasons.Strings("kind")[i] == "view" {
			lost += reasons.Floats("events")[i]
		}
	}
	assert.Equal(t, events.Floats("lost")[0], lost)
	assert.Contains(t, readers.Strings("reader"), "features")
	for i, n := range readers.Floats("read") {
		assert.Equal(t, float64(w.platform.log.Counts().Appended), n+readers.Floats("waiting")[i], readers.Strings("reader")[i])
	}
}

// Brokers, members and checkpoints that nothing happens to change nothing that
// people see.
func TestACalmDataPlaneIsInert(t *testing.T) {
	long(t)
	assert.Equal(t, peopleDigest(t, small), peopleDigest(t, small,
		"system.stream.replication={brokers: 5, replicas: 3, lag: 0s}", "system.stream.consumer={members: 2, delivery: exactly_once}",
		"system.ingestion={dead_letters: 0, strict: false}", "system.stream.producer={idempotent: false, buffer: 1000}"))
}

// Every fault of the stream finds its component.
func TestEveryStreamFaultIsWired(t *testing.T) {
	w := born(t, small)
	known := map[string]bool{}
	for _, p := range w.kernel.Points() {
		known[p.Kind()] = true
	}
	for _, f := range stream.Faults() {
		assert.True(t, known[f.Kind], f.Kind)
	}
}

// weather draws faults of the data plane alone, thirty times as often as the
// atlas says, since worlds here live a day and a half.
func weather(luck sim.Uniforms, horizon time.Duration) sim.Plan {
	atlas := append(ingestion.Faults(), stream.Faults()...)
	for i := range atlas {
		atlas[i].PerDay[0] *= 30
		atlas[i].PerDay[1] *= 30
	}
	return sim.Swarm(luck, atlas, sim.Time(horizon))
}
