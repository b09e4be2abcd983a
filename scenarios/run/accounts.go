package run

import (
	"fmt"

	"feedloop/sim/record"
	"feedloop/system"
	"feedloop/system/ingestion"
	"feedloop/system/monitoring"
)

// account puts the two halves of a kind's account together: up to the log, and
// from there to the operators' counts.
func (p *platform) account(kind system.EventKind) monitoring.Account {
	a, c := p.monitor.Account(kind), p.ingestion.CountsOf(kind)
	a.Emitted += c.Emitted
	a.Copies += c.Duplicated
	a.Duplicated += c.Recognised
	a.Rejected += c.AllRejected() - c.Replayed
	a.Lost += c.AllLost()
	a.InFlight += c.InFlight
	return a
}

// reconcile returns an error if events have vanished, or come from nowhere, on
// their way to the log and past any of its readers.
func (p *platform) reconcile() error {
	for kind := range system.EventKinds {
		if a := p.account(kind); !a.Balanced() {
			return fmt.Errorf("events of kind %v do not add up: %+v", kind, a)
		}
	}
	for _, g := range p.log.Groups() {
		if !g.Balanced() {
			return fmt.Errorf("records that %s reads do not add up: %+v, lag %d", g.Name(), g.GroupCounts, g.Lag())
		}
	}
	return nil
}

// accounts are the tables of what became of events, by kind, and by kind and
// reason; and of records, by reader of the log.
func (p *platform) accounts() []record.Table {
	events := record.Table{Name: "events", Columns: []string{
		"kind", "emitted", "copies", "visible", "late", "duplicated", "rejected", "lost", "in_flight"}}
	reasons := record.Table{Name: "event_losses", Columns: []string{"kind", "fate", "reason", "events"}}
	for kind := range system.EventKinds {
		a := p.account(kind)
		events.Add(kind, a.Emitted, a.Copies, a.Visible, a.Late, a.Duplicated, a.Rejected, a.Lost, a.InFlight)
		c := p.ingestion.CountsOf(kind)
		for why, n := range c.Rejected {
			reasons.Add(kind, "rejected", ingestion.Reason(why), n)
		}
		for how, n := range c.Lost {
			reasons.Add(kind, "lost", ingestion.LossCause(how), n)
		}
		reasons.Add(kind, "lost", "unread", a.Lost-c.AllLost())
	}
	readers := record.Table{Name: "readers", Columns: []string{
		"reader", "read", "skipped", "dropped", "repeated", "replayed", "fenced", "waiting"}}
	for _, g := range p.log.Groups() {
		c := g.GroupCounts
		readers.Add(g.Name(), c.Read, c.Skipped, c.Dropped, c.Repeated, c.Replayed, c.Fenced, g.Lag())
	}
	return []record.Table{events, reasons, readers}
}
