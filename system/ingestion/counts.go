package ingestion

import "feedloop/system"

// LossCause says how an event got lost.
type LossCause uint8

// The causes.
const (
	GaveUp     LossCause = iota // its device tried often enough
	DeviceFull                  // its device had no room left
	TimedOut                    // the collector waited too long for a partition's leader
	LeaderLost                  // it was in the log, on a leader that died alone with it
	LossCauses                  // their number
)

// String returns the cause's name in tables.
func (l LossCause) String() string {
	return [...]string{"gave_up", "device_full", "timed_out", "leader_lost", "none"}[min(l, LossCauses)]
}

// Counts says where every event is. At any moment
//
//	Emitted + Duplicated + Replayed = Appended + Recognised + Rejected + Lost + InFlight
//
// with Rejected and Lost over all reasons.
type Counts struct {
	// Emitted were reported by the app; Duplicated are copies made on the way;
	// Replayed were taken out of the dead letters.
	Emitted, Duplicated, Replayed uint64
	// Received came through to the collector, copies included.
	Received uint64
	// Appended are or were in the log, Recognised are copies that the collector
	// kept out of it, InFlight are on a device, on the network or waiting for the
	// log to have a leader.
	Appended, Recognised, InFlight uint64
	Rejected                       [Reasons]uint64
	Lost                           [LossCauses]uint64
}

// Balanced tells whether every event is accounted for.
func (c Counts) Balanced() bool {
	return c.Emitted+c.Duplicated+c.Replayed == c.Appended+c.Recognised+c.InFlight+c.AllRejected()+c.AllLost()
}

// AllRejected is the number of rejections, for whatever reason.
func (c Counts) AllRejected() uint64 { return sum(c.Rejected[:]) }

// AllLost is the number of lost events, however they got lost.
func (c Counts) AllLost() uint64 { return sum(c.Lost[:]) }

func sum(list []uint64) (total uint64) {
	for _, n := range list {
		total += n
	}
	return total
}

// plus adds two counts.
func (c Counts) plus(d Counts) Counts {
	c.Emitted += d.Emitted
	c.Duplicated += d.Duplicated
	c.Replayed += d.Replayed
	c.Received += d.Received
	c.Appended += d.Appended
	c.Recognised += d.Recognised
	c.InFlight += d.InFlight
	for i := range c.Rejected {
		c.Rejected[i] += d.Rejected[i]
	}
	for i := range c.Lost {
		c.Lost[i] += d.Lost[i]
	}
	return c
}

// kinds is the number of accounts: one for each kind of event, and one for what
// claims to be of none.
const kinds = int(system.EventKinds) + 1

// of returns the account of an event.
func (in *Ingestion) of(e *system.Event) *Counts { return &in.counts[min(e.Kind, system.EventKinds)] }

// Counts returns where every event is.
func (in *Ingestion) Counts() Counts {
	var all Counts
	for i := range in.counts {
		all = all.plus(in.counts[i])
	}
	return all
}

// CountsOf returns where every event of a kind is; kind EventKinds stands for
// what is of no known kind.
func (in *Ingestion) CountsOf(kind system.EventKind) Counts {
	return in.counts[min(kind, system.EventKinds)]
}
