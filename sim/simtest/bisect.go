package simtest

import (
	"fmt"
	"iter"
	"math"

	"feedloop/sim"
)

// Difference is where two runs part.
type Difference struct {
	Number uint64 // of the event, counted from 1
	A, B   string // the event in either run; "the end" when that run had no more events
	// Handled says that both runs delivered the same event but did not do the same about it: their people digests
	// part inside its handler.
	Handled bool
}

// String says it in a sentence.
func (d Difference) String() string {
	if d.Handled {
		return fmt.Sprintf("event %d is the same in both runs, but people were shown or did something else in it: %s", d.Number, d.A)
	}
	return fmt.Sprintf("event %d is the first that differs:\n  a: %s\n  b: %s", d.Number, d.A, d.B)
}

// Bisect finds where two runs part, and says false if they do not. It lets both worlds live once, in turns of a stretch
// of events, and compares event by event, so what it finds is true of these very runs: it needs neither to repeat
// itself, which a world with chance from outside does not.
func Bisect(a, b World) (Difference, bool) { return bisect(side{world: a}, side{world: b}) }

// side is one of two worlds that are compared, and the number of processors it lives on; 0: as many as there are.
type side struct {
	world      World
	processors int
}

func bisect(a, b side) (Difference, bool) {
	nextA, stopA := iter.Pull(a.world.steps)
	defer stopA()
	nextB, stopB := iter.Pull(b.world.steps)
	defer stopB()
	var last step // that both runs had
	for number := uint64(1); ; {
		inA, inB := a.turn(nextA), b.turn(nextB)
		for i := range min(len(inA), len(inB)) {
			x, y := inA[i], inB[i]
			switch {
			case x.before != y.before:
				shown := last.show()
				return Difference{Number: number - 1, A: shown, B: shown, Handled: true}, true
			case x.end && y.end:
				return Difference{}, false
			case !x.same(y):
				return Difference{Number: number, A: x.show(), B: y.show()}, true
			}
			last = x
			number++
		}
	}
}

// turn lets a world live on for a stretch.
func (s side) turn(next func() ([]step, bool)) (steps []step) {
	on(s.processors, func() { steps, _ = next() })
	return steps
}

// stretch is how many events a world lives through before the other takes its turn: enough that turns cost nothing, few
// enough that their events fit a cache.
const stretch = 4096

// step is an event about to be handled, or the end of a run.
type step struct {
	kernel *sim.Kernel
	event  sim.Event
	before sim.Digest // what people saw and did, before it
	end    bool
}

// steps runs a world and yields its events a stretch at a time, each valid until the next; the last of all is the end.
// When nobody wants more, the world still lives to its end, unseen.
func (w World) steps(yield func([]step) bool) {
	steps, more := make([]step, 0, stretch), true
	put := func(s step) {
		if len(steps) == stretch {
			more = more && yield(steps)
			steps = steps[:0]
		}
		steps = append(steps, s)
	}
	k := w.run(func(k *sim.Kernel) {
		k.Trace(0, math.MaxUint64, func(e sim.Event) { put(step{kernel: k, event: e, before: k.People()}) })
	})
	put(step{kernel: k, before: k.People(), end: true})
	if more {
		yield(steps)
	}
}

// same says whether two runs deliver the same event. Kinds are compared by name: their numbers are a matter of set-up.
func (s step) same(other step) bool {
	if s.end || other.end {
		return s.end == other.end
	}
	return s.event == other.event && s.kernel.Name(s.event.Kind) == other.kernel.Name(other.event.Kind)
}

func (s step) show() string {
	switch {
	case s.kernel == nil:
		return "the beginning"
	case s.end:
		return "the end"
	}
	return s.kernel.Show(s.event)
}
