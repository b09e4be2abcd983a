package run

import (
	"fmt"
	"math"
	"time"

	"feedloop/scenarios"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system/features"
	"feedloop/system/features/audit"
	"feedloop/system/ingestion"
	"feedloop/system/stream"
)

// CauseFound says how often the audit of features is right.
var CauseFound = record.Register(record.Metric{
	Name: "true_cause_found.share", Unit: "share", Better: record.Up, Knower: record.Simulator, Of: record.Quotient,
	Definition: "of the values served under a fault that the audit does not confirm, those that it puts down to what the fault does; recorded where features are audited",
})

// causes compare what the audit of features infers with what was planted. The
// plan of faults is known here and not to the audit.
type causes struct {
	audit  *audit.Audit
	plan   sim.Plan
	config scenarios.System
	values [audit.Causes][audit.Causes]float64 // planted by inferred; planted None is without a fault
	found  *record.Ratio
}

// compareCauses listens to the audit of a store; nil where there is none.
func compareCauses(s *features.Store, rec *record.Recorder, c scenarios.System, events []scenarios.Event) *causes {
	if s.Audit() == nil {
		return nil
	}
	x := &causes{audit: s.Audit(), plan: scenarios.Faults(events), config: c, found: rec.Ratio(CauseFound)}
	x.audit.Judged = x.judged
	return x
}

// judged takes the audit's word on a view. Without a fault there is nothing that
// it could be right about: what differs then is late, as the network has it.
func (x *causes) judged(j audit.Judgement) {
	n, planted := float64(j.Values), x.planted(j)
	x.values[planted][j.Cause] += n
	if planted == audit.None {
		return
	}
	x.found.Den(n)
	if planted == j.Cause {
		x.found.Num(n)
	}
}

// planting is what a fault does to served values, and when.
type planting struct {
	cause audit.Cause
	batch bool // only to rows of batch views
	// after is for how long values still show it when it is over: until rows have
	// been made anew, or for as long as an event counts.
	after time.Duration
	// made tells that it shows in the rows that are made while it lasts, or so long
	// after, for as long as they are served, and not in others.
	made  bool
	lands time.Duration
}

// counted is for how long an event counts that was lost, or came twice: a
// half-life of long-lived counters, after which its weight is half.
const counted = 14 * sim.Day

// planting returns what a fault does where no knob is set against it, and
// whether it does anything to features.
func (x *causes) planting(f sim.Fault) (p planting, does bool) {
	store, group := &x.config.Features, &x.config.Stream.Consumer
	again := store.Batch.Every + store.Batch.Lands
	copies := store.Dedupe == 0
	switch f.Kind {
	case features.BatchLate:
		return planting{cause: audit.Late, batch: true, after: again}, true
	case features.Backfill:
		return planting{cause: audit.Backfill, batch: true, made: true, lands: store.Batch.Lands}, !store.Batch.Seal
	case features.TTLIgnored:
		return planting{cause: audit.TTL}, !store.Online.CheckAge
	case features.WrongDefault:
		return planting{cause: audit.Default}, !store.Online.SharedDefaults
	case features.Redefined:
		return planting{cause: audit.Version, made: true}, true
	case features.ShardLost:
		return planting{cause: audit.Lost}, store.Online.Replicas == 1
	case features.ShardSlow:
		return planting{cause: audit.Lost}, store.Online.GiveUp
	case ingestion.Duplication:
		return planting{cause: audit.Duplicated, after: counted}, copies && x.config.Ingestion.Dedupe == 0
	case stream.RetentionCut: // takes what a reader that stands still for longer has not read
		return planting{cause: audit.Lost, after: counted}, x.stalls(f)
	case stream.Stall, stream.Slow, stream.Rebalance, stream.HotPartition:
		return planting{cause: audit.Late, after: time.Hour}, true
	case stream.Crash:
		switch group.Delivery {
		case stream.AtMostOnce:
			return planting{cause: audit.Lost, after: counted}, true
		case stream.AtLeastOnce:
			return planting{cause: audit.Duplicated, after: counted}, copies
		}
		return planting{cause: audit.Late, after: time.Hour}, true
	}
	return planting{}, false
}

// stalls tells whether the store's reader stands still, while retention is cut
// short, for longer than what is left of it.
func (x *causes) stalls(cut sim.Fault) bool {
	left := time.Duration(float64(x.config.Stream.Retention) / max(1, cut.Parameter))
	for _, f := range x.plan {
		if f.Kind == stream.Stall && x.aimed(f, audit.Judgement{}) && min(until(f), until(cut)).Sub(max(f.At, cut.At)) > left {
			return true
		}
	}
	return false
}

// until is when a fault is over; one that lasts to the end outlasts everything.
func until(f sim.Fault) sim.Time {
	if f.For == 0 {
		return math.MaxInt64 / 2
	}
	return f.At.Add(f.For)
}

// planted is the cause that the plan has for a served view: that of the newest
// fault which could have touched it.
func (x *causes) planted(j audit.Judgement) audit.Cause {
	cause := audit.None
	for _, f := range x.plan {
		p, does := x.planting(f)
		at := j.At
		if p.made {
			at = j.Made.Add(p.lands)
		}
		if does && f.At <= at && at < until(f).Add(p.after) && (j.Batch || !p.batch) && x.aimed(f, j) {
			cause = p.cause
		}
	}
	return cause
}

// aimed tells whether a fault could touch what was read: whether that is its
// target, and of the kind that it spoils. A wrong default takes the place of what is
// not there, and only what has expired can be served too long.
func (x *causes) aimed(f sim.Fault, j audit.Judgement) bool {
	switch f.Kind {
	case features.TTLIgnored, features.WrongDefault, features.Redefined:
		spoils := f.Kind == features.Redefined || f.Kind == features.TTLIgnored && j.Present && j.Expired ||
			f.Kind == features.WrongDefault && !j.Present
		return spoils && (f.Target == "" || f.Target == string(j.Entity))
	case features.ShardLost, features.ShardSlow:
		return f.Target == "" || f.Target == fmt.Sprintf("shard-%d", j.Member%uint32(x.config.Features.Online.Shards))
	case stream.Stall, stream.Slow, stream.Crash, stream.Rebalance:
		return f.Target == "" || f.Target == "features"
	}
	return true
}

// table returns the confusion matrix.
func (x *causes) table() record.Table {
	t := record.Table{Name: "causes", Columns: []string{"planted", "inferred", "values"}}
	for planted := range x.values {
		for inferred, n := range x.values[planted] {
			if n > 0 {
				t.Add(audit.Cause(planted).String(), audit.Cause(inferred).String(), n)
			}
		}
	}
	return t
}
