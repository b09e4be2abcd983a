package sim

// checkpointEvery is the number of events between checkpoints: few enough that what lies between two is soon looked
// through, many enough that they take less room than the series of a run (a day of the base world leaves some 50, a
// billion events a million).
const checkpointEvery = 1 << 10

// Checkpoint is the state of both digests after a number of events.
type Checkpoint struct {
	Delivered uint64 `json:"delivered"` // events delivered so far
	At        Time   `json:"at"`        // when the last of them was
	Events    Digest `json:"events"`    // everything delivered
	People    Digest `json:"people"`    // what people saw and did
}

// Checkpoint returns the present state of the digests.
func (k *Kernel) Checkpoint() Checkpoint {
	return Checkpoint{Delivered: k.delivered, At: k.now, Events: k.events, People: k.people}
}

// Checkpoints returns the states recorded every 2^10 events. Callers that compare whole runs append Checkpoint().
func (k *Kernel) Checkpoints() []Checkpoint { return k.checkpoints }

// FirstDifference returns the stretch of events in which two runs first differ: after event number from, up to and
// including number to. It says false when the lists are equal.
func FirstDifference(a, b []Checkpoint) (from, to uint64, differ bool) {
	for i := range max(len(a), len(b)) {
		switch {
		case i >= len(a):
			return from, b[i].Delivered, true
		case i >= len(b):
			return from, a[i].Delivered, true
		case a[i] != b[i]:
			return from, max(a[i].Delivered, b[i].Delivered), true
		}
		from = a[i].Delivered
	}
	return 0, 0, false
}

// Trace calls f before each delivery of the events numbered from+1 to to, counted from 1: a stretch such as
// FirstDifference returns. A kernel has one trace; f must not schedule. Outside the stretch a trace costs nothing.
func (k *Kernel) Trace(from, to uint64, f func(Event)) {
	k.trace.from, k.trace.to, k.trace.f = from, to, f
	k.setMilestone()
}

// trace is the stretch that somebody asked to see.
type trace struct {
	from, to uint64
	f        func(Event)
}

// setMilestone finds the next event number at which the loop must do more than deliver, so that it asks one question
// an event and not three.
func (k *Kernel) setMilestone() {
	k.milestone = (k.delivered/checkpointEvery + 1) * checkpointEvery
	if next := max(k.delivered, k.trace.from) + 1; k.trace.f != nil && next <= k.trace.to {
		k.milestone = min(k.milestone, next)
	}
}

// passMilestone shows the event about to be delivered to the trace, and after every 1,024th records a checkpoint. The
// checkpoint holds the event in its events digest, and in its people digest what people did before it.
func (k *Kernel) passMilestone(e Event) {
	if k.trace.f != nil && k.trace.from < k.delivered && k.delivered <= k.trace.to {
		k.trace.f(e)
	}
	if k.delivered%checkpointEvery == 0 {
		k.checkpoints = append(k.checkpoints, k.Checkpoint())
	}
	k.setMilestone()
}
