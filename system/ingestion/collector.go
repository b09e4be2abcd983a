package ingestion

import (
	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/stream"
)

// collect takes a batch in.
func (in *Ingestion) collect(b *batch, now sim.Time) {
	ahead := in.clocks.ahead(b.key)
	if in.config.CorrectClocks {
		ahead = now.Sub(b.sent) // the difference between the clocks, as far as the collector can tell
	}
	for i := range b.events {
		c := in.of(&b.events[i])
		in.letter = DeadLetter{Event: b.events[i], Key: b.key, Position: in.received, Attempt: 1}
		in.letter.Event.At = in.letter.Event.At.Add(ahead)
		c.Received++
		in.received++
		in.admit(&in.letter)
	}
}

// admit validates an event and sends it to the log, or keeps it as a dead
// letter.
func (in *Ingestion) admit(l *DeadLetter) {
	now, c := in.kernel.Now(), in.of(&l.Event)
	if why, bad := in.wrong(l, now); bad {
		c.Rejected[why]++
		c.InFlight--
		l.Reason, l.At = why, now
		in.dead.add(*l, in.config.DeadLetters)
		return
	}
	if in.dedupe != nil && in.dedupe.Repeated(l.Event.ID, now) {
		c.Recognised++
		c.InFlight--
		return
	}
	in.out.Send(l.Key, &l.Event)
}

// wrong says whether and why an event is not fit for the log. Where the
// collector is not strict, what is missing is a zero from here on.
func (in *Ingestion) wrong(l *DeadLetter, now sim.Time) (Reason, bool) {
	e := &l.Event
	if in.dropped.On() && in.src.Uniform(releasePurpose, l.Key, 0) < in.dropped.Parameter() {
		if in.config.Strict {
			return MissingField, true
		}
		drop(e, in.dropped.Target())
	}
	if in.config.Future == Clamp && e.At > now.Add(in.config.MaxSkew) {
		e.At = now
	}
	return in.known.reject(e, now)
}

// drop empties a field; no name means the first.
func drop(e *system.Event, field string) {
	switch field {
	case "length":
		e.Length = 0
	case "position":
		e.Position = 0
	default:
		e.Watch = 0
	}
}

// delivered is called just before an event is appended to the log.
func (in *Ingestion) delivered(e *system.Event) {
	e.Arrived = in.kernel.Now()
	c := in.of(e)
	c.Appended++
	c.InFlight--
	if in.Arrived != nil {
		in.Arrived(e)
	}
}

// fated is called when an event is lost, or in doubt, behind the collector.
func (in *Ingestion) fated(e *system.Event, fate stream.Fate) {
	c := in.of(e)
	switch fate {
	case stream.TimedOut:
		c.Lost[TimedOut]++
		c.InFlight--
	case stream.LeaderLost:
		c.Lost[LeaderLost]++
		c.Appended--
	case stream.Returned:
		c.Appended--
		c.InFlight++
	case stream.Resent:
		c.Duplicated++
		c.InFlight++
	}
}
