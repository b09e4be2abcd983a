package ingestion

import (
	"time"

	"feedloop/sim"
	"feedloop/system"
)

// Reason says why the collector rejected an event.
type Reason uint8

// The reasons.
const (
	UnknownPerson Reason = iota
	UnknownPost
	UnknownKind
	BadWatch   // negative or not a number
	FromFuture // further ahead than the allowed skew
	MissingField
	Reasons // their number
)

// String returns the reason's name in tables.
func (r Reason) String() string {
	return [...]string{"unknown_person", "unknown_post", "unknown_kind", "bad_watch", "from_future", "missing_field", "none"}[min(r, Reasons)]
}

// known is what the collector can check an event against.
type known struct {
	catalogue *system.Catalogue
	people    int
	skew      time.Duration // further ahead is from the future; negative lets all pass
}

// reject says whether and why an event is not fit for the log.
func (k known) reject(e *system.Event, now sim.Time) (Reason, bool) {
	switch {
	case int(e.Person) >= k.people:
		return UnknownPerson, true
	case int(e.Post) >= k.catalogue.Len():
		return UnknownPost, true
	case e.Kind >= system.EventKinds:
		return UnknownKind, true
	case !(e.Watch >= 0 && e.Watch < 86400):
		return BadWatch, true
	case k.skew >= 0 && e.At > now.Add(k.skew):
		return FromFuture, true
	}
	return 0, false
}
