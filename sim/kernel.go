package sim

import (
	"fmt"
	"time"
)

// Handler does what an event stands for. It runs to its end at one instant and may schedule more.
type Handler func(Event)

// Options are the choices of a kernel that no outcome may depend on. The zero value is the default.
type Options struct {
	// Queue holds the pending events: Wheel (default) or Heap.
	Queue Queue
	// TieShuffle, when not 0, replaces the sequence of events within an instant and lane by an order drawn from this
	// number. A conclusion that changes under it rests on an accident of ordering.
	TieShuffle uint64
}

// Kernel is one simulated world's clock, queue and loop. It belongs to one goroutine.
type Kernel struct {
	now     Time
	queue   pending
	seq     uint64 // events ever scheduled
	shuffle uint64
	kinds   []kind
	byName  map[string]Kind

	running bool
	lane    Lane // of the event being delivered; Faults, which may schedule anything, outside Run

	delivered   uint64
	milestone   uint64 // the next event number at which to look at trace and checkpoints
	events      Digest
	people      Digest
	checkpoints []Checkpoint
	trace       trace

	timers  timers
	jobs    Pending[*job] // computations beside the loop that have not been joined yet
	periods []time.Duration
	faults  faults
}

// kind is a row of the handler table.
type kind struct {
	handle Handler
	lane   Lane
	name   string
}

// New returns a kernel at time zero with nothing pending.
func New(opts Options) *Kernel {
	k := &Kernel{
		queue:   newQueue(opts.Queue),
		shuffle: opts.TieShuffle,
		byName:  make(map[string]Kind),
	}
	k.timers.init()
	k.faults.init(k)
	k.setMilestone()
	return k
}

// Register enters a handler into the table, at set-up, and returns the kind its events carry. Kinds are numbered in
// the order of registration, so that order is part of a run's identity. Registering a name twice panics.
func (k *Kernel) Register(name string, lane Lane, h Handler) Kind {
	if _, taken := k.byName[name]; taken {
		panic(fmt.Sprintf("sim: event kind %q is registered twice", name))
	}
	if k.delivered > 0 {
		panic(fmt.Sprintf("sim: event kind %q is registered after the first delivery; the table is set up before", name))
	}
	if lane >= lanes || len(k.kinds) > int(^Kind(0)) {
		panic(fmt.Sprintf("sim: event kind %q does not fit: lane %d of %d, kind %d", name, lane, lanes, len(k.kinds)))
	}
	n := Kind(len(k.kinds))
	k.kinds = append(k.kinds, kind{handle: h, lane: lane, name: name})
	k.byName[name] = n
	return n
}

// Name returns the name under which a kind was registered.
func (k *Kernel) Name(kind Kind) string { return k.kinds[kind].name }

// Lane returns the lane in which events of a kind are delivered.
func (k *Kernel) Lane(kind Kind) Lane { return k.kinds[kind].lane }

// Show describes an event with its lane and the name of its kind: "3d2h1m people user.swipe actor 17 arg 4".
func (k *Kernel) Show(e Event) string {
	return fmt.Sprintf("%v %v %s actor %d arg %d", e.At, k.Lane(e.Kind), k.Name(e.Kind), e.Actor, e.Arg)
}

// Now returns the present moment.
func (k *Kernel) Now() Time { return k.now }

// Delivered returns the number of events delivered so far. Cancelled timers do not count.
func (k *Kernel) Delivered() uint64 { return k.delivered }

// Pending returns the number of events that wait to be delivered.
func (k *Kernel) Pending() int { return k.queue.len() - k.timers.cancelled }

// Digest returns the checksum of every event delivered so far, in order.
func (k *Kernel) Digest() Digest { return k.events }

// People returns the checksum of what people saw and did, as far as it was folded in. Worlds that differ only in
// something inert agree on it though their events differ.
func (k *Kernel) People() Digest { return k.people }

// Fold puts a word into the people digest: a page, a score, a reaction.
func (k *Kernel) Fold(word uint64) { k.people = k.people.Fold(word) }

// At schedules an event for moment t, which may be now but not earlier.
func (k *Kernel) At(t Time, kind Kind, actor uint32, arg uint64) {
	k.schedule(t, kind, actor, arg, plain)
}

// After schedules an event for d from now.
func (k *Kernel) After(d time.Duration, kind Kind, actor uint32, arg uint64) {
	k.schedule(k.now.Add(d), kind, actor, arg, plain)
}

// Every schedules an event for the first moment and then again after each period, for ever; Actor and Arg are zero.
// The next tick is scheduled before the handler of the present one runs.
func (k *Kernel) Every(first Time, period time.Duration, kind Kind) {
	if period <= 0 {
		panic(fmt.Sprintf("sim: %q cannot come every %v; a period is positive", k.Name(kind), period))
	}
	k.periods = append(k.periods, period)
	k.schedule(first, kind, 0, uint64(len(k.periods)-1), periodic)
}

// schedule is the one way into the queue.
func (k *Kernel) schedule(t Time, kind Kind, actor uint32, arg uint64, c class) {
	lane := k.kinds[kind].lane
	if t < k.now || k.lane == Observers && lane != Observers {
		k.refuse(t, kind)
	}
	k.seq++
	order := k.seq
	if k.shuffle != 0 {
		order = shuffled(order, k.shuffle)
	}
	k.queue.push(entry{at: t, order: uint64(lane)<<laneShift | order, arg: arg, what: what(actor, kind, c)})
}

// refuse says why an event cannot be scheduled.
func (k *Kernel) refuse(t Time, kind Kind) {
	if t < k.now {
		panic(fmt.Sprintf("sim: %q is scheduled for %v, but the clock already shows %v", k.Name(kind), t, k.now))
	}
	panic(fmt.Sprintf("sim: an observer schedules %q in lane %v; observers may not act on what they observe",
		k.Name(kind), k.kinds[kind].lane))
}

// shuffled maps sequence numbers one-to-one onto 62-bit numbers in an order drawn from seed: each step (add, multiply
// by an odd number, xor the upper half onto the lower) can be undone, so no two events ever share a place.
func shuffled(seq, seed uint64) uint64 {
	const mask = 1<<laneShift - 1
	x := (seq + seed*mix3) & mask
	x = (x ^ x>>31) * mix1 & mask
	x = (x ^ x>>31) * mix2 & mask
	return x ^ x>>31
}

// Run delivers every event due by the given moment, in order, and leaves the clock there.
//
// Events scheduled for the present instant while it is being delivered are delivered too, in their place among what
// is left of it: one for an earlier lane than the present event's comes next, it is neither refused nor lost.
func (k *Kernel) Run(until Time) {
	if until < k.now {
		panic(fmt.Sprintf("sim: clock moved back from %v to %v", k.now, until))
	}
	if k.running {
		panic("sim: Run called from inside a handler")
	}
	k.running = true
	defer func() { k.running, k.lane = false, Faults }()
	for {
		e, due := k.queue.pop(until)
		if !due {
			break
		}
		if e.class() != plain {
			var live bool
			if e, live = k.resolve(e); !live {
				continue
			}
		}
		k.now, k.lane = e.at, e.lane()
		k.delivered++
		k.events = k.events.event(e)
		if k.delivered == k.milestone {
			k.passMilestone(e.event())
		}
		k.kinds[e.kind()].handle(e.event())
	}
	k.now = until
}

// resolve turns an entry that stands for more than a plain event into what its handler should see. It says false
// when that is nothing: a timer that was cancelled.
func (k *Kernel) resolve(e entry) (entry, bool) {
	live := true
	switch e.class() {
	case timed:
		e.arg, live = k.timers.fire(e.arg)
	case joined:
		k.now = e.at // so that a panic out of the job is dated
		e.arg = k.jobs.Take(uint32(e.arg)).join()
	case periodic:
		k.now, k.lane = e.at, e.lane()
		k.schedule(e.at.Add(k.periods[e.arg]), e.kind(), 0, e.arg, periodic)
		e.arg = 0
	}
	return e, live
}
