package ingestion

import (
	"feedloop/sim"
	"feedloop/system"
)

// DeadLetter is an event that the collector turned away: as it came, why, and
// where it stood among all that came.
type DeadLetter struct {
	Event  system.Event
	Key    uint64
	Reason Reason
	// Position is the event's number among those that the collector received,
	// from 0; a second letter about the same event keeps it.
	Position uint64
	// Attempt counts the tries, from 1.
	Attempt int
	// At is when it was turned away.
	At   sim.Time
	sent bool // a replay has taken it up
}

// deadLetters keeps the newest of them. Letters are numbered from 0 in the order
// in which they were written.
type deadLetters struct {
	letters []DeadLetter
	first   int // the number of the first that is kept
	next    int // the number at which a replay goes on
}

// add keeps a letter, and forgets the oldest when there is half too many.
func (d *deadLetters) add(l DeadLetter, limit int) {
	d.letters = append(d.letters, l)
	if over := len(d.letters) - limit; over > limit/2 {
		d.letters = append(d.letters[:0], d.letters[over:]...)
		d.first += over
		d.next = max(d.next, d.first)
	}
}

// DeadLetters returns what is kept, oldest first.
func (in *Ingestion) DeadLetters() []DeadLetter { return in.dead.letters }

// Replay sends the dead letters again: those that came since the last replay,
// so that two replays do no more than one. Whoever keeps no note of that begins
// at the first letter each time, and makes copies. What is turned away again
// becomes a new letter with one attempt more.
func (in *Ingestion) Replay() {
	d := &in.dead
	if !in.config.ReplayOnce {
		d.next = d.first
	}
	for end := d.first + len(d.letters); d.next < end && in.out.Room(1); {
		l := &d.letters[d.next-d.first]
		c := in.of(&l.Event)
		if l.sent {
			c.Duplicated++
		} else {
			c.Replayed++
		}
		l.sent = true
		c.InFlight++
		d.next++
		again := *l
		again.Attempt++
		again.sent = false
		in.admit(&again)
	}
}
