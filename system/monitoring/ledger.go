package monitoring

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system"
	"feedloop/system/stream"
)

// Account says where every event of a kind is, from the device that reported it
// to the operators' counts by window of event time. At any moment
//
//	Emitted + Copies = Visible + Late + Duplicated + Rejected + Lost + InFlight
type Account struct {
	// Emitted were reported by devices; Copies were made on the way, by whoever
	// sent or read something twice.
	Emitted, Copies uint64
	// Visible are counted in their window; Late came when it was closed;
	// Duplicated were recognised as copies.
	Visible, Late, Duplicated uint64
	// Rejected are dead letters, or were and are forgotten; Lost are gone; InFlight
	// are on their way, or wait in the log.
	Rejected, Lost, InFlight uint64
}

// Balanced tells whether every event is accounted for.
func (a Account) Balanced() bool {
	return a.Emitted+a.Copies == a.Visible+a.Late+a.Duplicated+a.Rejected+a.Lost+a.InFlight
}

// ledger counts events by window of event time, as a warehouse would that has
// to agree with the devices in the end: copies out, late ones aside.
type ledger struct {
	group   *stream.Group[system.Event]
	dedupe  *stream.Dedupe
	windows *stream.Windows[system.EventKind, uint64]
	counts  [system.EventKinds]Account
	late    *record.Ratio
	copies  *record.Ratio
	lost    *record.Sum
}

func newLedger(c Config, rec *record.Recorder) *ledger {
	return &ledger{
		dedupe:  stream.NewDedupe(time.Hour),
		windows: stream.NewWindows[system.EventKind](c.Windows, func(into *uint64, n uint64) { *into += n }, nil),
		late:    rec.Ratio(LateShare), copies: rec.Ratio(DuplicateShare), lost: rec.Sum(StreamLost),
	}
}

// take counts an event that was read, and tells whether it is not a copy. The
// watermark is that of all that was read before.
func (l *ledger) take(e *system.Event, now sim.Time) bool {
	a := &l.counts[e.Kind]
	l.copies.Den(1)
	if l.dedupe.Repeated(e.ID, now) {
		a.Duplicated++
		l.copies.Num(1)
		return false
	}
	l.late.Den(1)
	l.windows.Advance(l.group.Watermark())
	if l.windows.Add(e.Kind, e.At, 1) {
		a.Visible++
	} else {
		a.Late++
		l.late.Num(1)
	}
	return true
}

// fated counts what the log deleted unread, what a crash lost, and what comes
// again.
func (l *ledger) fated(e *system.Event, fate stream.Fate) {
	a := &l.counts[e.Kind]
	switch fate {
	case stream.Overrun, stream.Dropped:
		a.Lost++
		l.lost.Add(1)
	case stream.Repeated:
		a.Copies++
	}
}

// Account returns the monitor's side of the account of a kind: what it has read,
// what it lost, and, in InFlight, what waits in the log.
func (m *Monitor) Account(kind system.EventKind) Account {
	a := m.ledger.counts[kind]
	m.ledger.group.Waiting(func(e *system.Event) {
		if e.Kind == kind {
			a.InFlight++
		}
	})
	return a
}
