package stream

// Fate is what became of a record on its way to the log, or past a reader.
type Fate uint8

// The fates.
const (
	TimedOut   Fate = iota // it waited too long for a leader, and its producer gave it up
	LeaderLost             // it was acknowledged, and lost with the leader that alone had it
	Returned               // its leader died before a follower had it; it waits for the next
	Resent                 // it waits to be written although it is in the log: a copy
	Overrun                // retention deleted it before the group had read it
	Dropped                // its offset was committed, and nobody processed it
	Repeated               // it was processed, and will be again: a copy
	Replayed               // it was processed, which a recovery undid, and will be again
	Fates                  // their number
)

// String returns the fate's name in tables.
func (f Fate) String() string {
	return [...]string{
		"timed_out", "leader_lost", "returned", "resent", "overrun", "dropped", "repeated", "replayed", "none",
	}[min(f, Fates)]
}
