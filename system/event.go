package system

import "feedloop/sim"

// EventKind says what a person did.
type EventKind uint8

// What devices report.
const (
	Viewed     EventKind = iota // an impression ended; Watch says how long it lasted
	Liked                       // a reaction to a post that was shown
	Shared                      // the post was passed on
	Followed                    // the creator of the post was followed
	Hid                         // "not interested"
	Commented                   // a comment was written
	Reported                    // the post was reported as against the rules
	Answered                    // a survey at the end of the visit; Answer says what
	Subscribed                  // a creator was followed, away from any post
	Unfollowed                  // a creator was followed no longer
	Befriended                  // another person was followed; Other says who
	Unfriended                  // another person was followed no longer
	Paused                      // a post was stopped for a while; Watch says how long
	EventKinds                  // their number
)

// String returns the kind's name in tables.
func (k EventKind) String() string {
	return [...]string{"view", "like", "share", "follow", "hide", "comment", "report", "answer",
		"subscribe", "unfollow", "befriend", "unfriend", "pause", "none"}[min(k, EventKinds)]
}

// Event is one line of the behaviour log, as the device wrote it.
type Event struct {
	// ID is unique for ever; two events with one ID are duplicates.
	ID uint64
	// At is the event time by the device's clock; Arrived is when the
	// collector appended it to the log (0 before that).
	At, Arrived sim.Time
	Person      PersonID
	Post        PostID
	Creator     CreatorID
	Topic       TopicID
	Kind        EventKind
	// Position is the rank on the page, from 0.
	Position uint8
	// Visit and Page name the request that showed the post.
	Visit uint32
	Page  uint32
	// Watch is seconds watched, or stopped; Length the post's length in seconds.
	Watch, Length float32
	// Answer is how satisfied the person claims to be, -1 to 1.
	Answer float32
	// Other is the person who is followed, or followed no longer.
	Other PersonID
}

// LongAfter is after how many seconds a view is a long one: 18, or the whole post.
func (e *Event) LongAfter() float32 { return min(18, e.Length) }

// Reporter takes events from devices, best effort.
type Reporter interface {
	// Report hands over what one device did on one page, in order of event
	// time; event times may lie ahead of the clock by as long as the page is
	// being watched, and no event leaves the device before its time. The slice
	// is the caller's and valid only during the call. The key is the person's.
	Report(key uint64, events []Event)
}
