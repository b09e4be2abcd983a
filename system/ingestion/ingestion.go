package ingestion

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/stream"
)

// Ingestion is every device and the collector of a world.
type Ingestion struct {
	config   Config
	kernel   *sim.Kernel
	src      rng.Source
	out      *stream.Producer[system.Event]
	known    known
	batches  []batch // by slot
	free     []uint32
	held     []int      // by person: events that the device keeps
	back     []sim.Time // by person: when the device is connected again
	arrive   sim.Kind
	dedupe   *stream.Dedupe // nil: copies pass
	dead     deadLetters
	received uint64 // events that came through to the collector
	counts   [kinds]Counts
	clocks   clocks
	letter   DeadLetter // the event that is being admitted

	outage, loss, duplication, dropped *sim.Point

	// Arrived is called for every event that is appended; nil is allowed.
	Arrived func(*system.Event)
}

// batch is what one device sends together.
type batch struct {
	key     uint64
	events  []system.Event
	attempt int
	again   bool     // a duplicate of a batch that has arrived
	sent    sim.Time // when it last left its device
}

var (
	networkPurpose = rng.NewPurpose("ingestion.network")
	offlinePurpose = rng.NewPurpose("ingestion.offline")
	attemptPurpose = rng.NewPurpose("ingestion.attempt")
	releasePurpose = rng.NewPurpose("ingestion.release")
)

// New returns the way from devices to the log. The catalogue and the number of
// people are what the collector validates against.
func New(k *sim.Kernel, c Config, src rng.Source, out *stream.Producer[system.Event], catalogue *system.Catalogue, people int) *Ingestion {
	in := &Ingestion{
		config: c, kernel: k, src: src, out: out, known: known{catalogue, people, c.MaxSkew},
		held: make([]int, people), back: make([]sim.Time, people), clocks: newClocks(k, c, src),
		outage: k.Point(Outage), loss: k.Point(Loss), duplication: k.Point(Duplication), dropped: k.Point(FieldDropped),
	}
	if c.Future != Reject {
		in.known.skew = -1
	}
	if c.Dedupe > 0 {
		in.dedupe = stream.NewDedupe(c.Dedupe)
	}
	in.arrive = k.Register("ingestion.arrive", sim.Infrastructure, in.onArrive)
	out.Delivered, out.Fated = in.delivered, in.fated
	replay := k.Point(Replayed)
	replay.Changed(func(bool) {
		if replay.On() {
			for range int(max(1, replay.Parameter())) {
				in.Replay()
			}
		}
	})
	return in
}

// Report takes what a device saw on a page. The device gathers events into
// batches; each leaves when it has lingered since its first event.
func (in *Ingestion) Report(key uint64, events []system.Event) {
	for len(events) > 0 {
		leaves := max(events[0].At, in.kernel.Now()).Add(in.config.Linger)
		n := 1
		for n < len(events) && events[n].At <= leaves {
			n++
		}
		in.gather(key, events[:n], leaves)
		events = events[n:]
	}
}

// gather makes a batch that leaves its device at a moment, or when the device
// is connected again.
func (in *Ingestion) gather(key uint64, events []system.Event, leaves sim.Time) {
	if events = in.hold(events); len(events) == 0 {
		return
	}
	if back := in.connected(events[0].Person); back > leaves {
		leaves = back
	} else if u, v := in.src.Uniforms(offlinePurpose, key, events[0].ID&(1<<32-1)); u < float64(in.config.Offline) {
		leaves = leaves.Add(seconds(rng.Exponential(v, in.config.OfflineFor.Seconds())))
		in.disconnect(events[0].Person, leaves)
	}
	in.send(in.take(key, events), leaves)
}

// connected is when the device of a person is connected again, if that matters.
func (in *Ingestion) connected(p system.PersonID) sim.Time {
	if in.config.OfflineHolds && int(p) < len(in.back) {
		return in.back[p]
	}
	return 0
}

func (in *Ingestion) disconnect(p system.PersonID, until sim.Time) {
	if int(p) < len(in.back) {
		in.back[p] = until
	}
}

// hold puts events into the device's buffer and returns those that fit.
func (in *Ingestion) hold(events []system.Event) []system.Event {
	for i := range events {
		in.of(&events[i]).Emitted++
	}
	if person := int(events[0].Person); person < len(in.held) {
		room := max(0, in.config.DeviceBuffer-in.held[person])
		if room < len(events) {
			for i := range events[room:] {
				in.of(&events[room+i]).Lost[DeviceFull]++
			}
			events = events[:room]
		}
		in.held[person] += len(events)
	}
	for i := range events {
		in.of(&events[i]).InFlight++
	}
	return events
}

// done lets a device forget a batch.
func (in *Ingestion) done(slot uint32) {
	b := &in.batches[slot]
	if person := int(b.events[0].Person); person < len(in.held) {
		in.held[person] -= len(b.events)
	}
	in.free = append(in.free, slot)
}

// take copies events into a free batch.
func (in *Ingestion) take(key uint64, events []system.Event) uint32 {
	slot := uint32(len(in.batches))
	if n := len(in.free); n > 0 {
		slot, in.free = in.free[n-1], in.free[:n-1]
	} else {
		in.batches = append(in.batches, batch{})
	}
	b := &in.batches[slot]
	*b = batch{key: key, events: append(b.events[:0], events...)}
	return slot
}

// send puts a batch on the network at a moment.
func (in *Ingestion) send(slot uint32, at sim.Time) {
	b := &in.batches[slot]
	u := in.src.Uniform(networkPurpose, b.key, b.address())
	delay := seconds(rng.LogNormal(u, in.config.Delay.Seconds(), in.config.DelaySigma))
	b.sent = at
	in.kernel.At(at.Add(delay), in.arrive, slot, 0)
}

// address tells attempts of one batch apart.
func (b *batch) address() uint64 {
	try := uint64(b.attempt)
	if b.again {
		try |= 128
	}
	return b.events[0].ID&(1<<32-1) | try<<32
}

// onArrive is a batch at the collector: it may fail to get through, or find no
// room, and its acknowledgement may fail to get back.
func (in *Ingestion) onArrive(e sim.Event) {
	slot := e.Actor
	b := &in.batches[slot]
	u, v := in.src.Uniforms(attemptPurpose, b.key, b.address())
	if in.outage.On() || u < in.probability(in.loss, in.config.Loss) || !in.out.Room(len(b.events)) {
		b.attempt++
		if b.attempt < in.config.Attempts {
			in.send(slot, e.At.Add(in.config.Retry))
			return
		}
		for i := range b.events {
			c := in.of(&b.events[i])
			c.Lost[GaveUp]++
			c.InFlight--
		}
		in.done(slot)
		return
	}
	if !b.again && v < in.probability(in.duplication, in.config.Duplicates) {
		in.collect(b, e.At)
		b.again = true
		for i := range b.events {
			c := in.of(&b.events[i])
			c.Duplicated++
			c.InFlight++
		}
		in.send(slot, e.At.Add(in.config.Retry))
		return
	}
	in.collect(b, e.At)
	in.done(slot)
}

// probability is the configured one, or a fault's where that is higher.
func (in *Ingestion) probability(p *sim.Point, usual sim.Share) float64 {
	return max(float64(usual), p.Parameter())
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
