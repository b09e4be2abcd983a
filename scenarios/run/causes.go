package run

import (
	"fmt"
	"time"

	"feedloop/scenarios"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system/features"
	"feedloop/system/features/audit"
	"feedloop/system/ingestion"
	"feedloop/system/stream"
)

// causes compare what the audit of features infers with what was planted. The
// plan of faults is known here and not to the audit.
type causes struct {
	audit  *audit.Audit
	plan   sim.Plan
	config features.Config
	values [audit.Causes][audit.Causes]float64 // planted by inferred
}

// compareCauses listens to the audit of a store; nil where there is none.
func compareCauses(s *features.Store, c scenarios.System, events []scenarios.Event) *causes {
	if s.Audit() == nil {
		return nil
	}
	x := &causes{audit: s.Audit(), plan: scenarios.Faults(events), config: c.Features}
	x.audit.Judged = func(j audit.Judgement) {
		x.values[x.planted(j)][j.Cause] += float64(j.Values)
	}
	return x
}

// planting is what a fault does to served values, and for how long after it is
// over values may still show it: until rows have been made anew.
type planting struct {
	cause audit.Cause
	batch bool // only to rows of batch views
	after time.Duration
}

// plantings are what faults do. Whatever else goes wrong makes events late, as
// the network does by itself.
func (x *causes) plantings() map[string]planting {
	again := x.config.Batch.Every + x.config.Batch.Lands
	return map[string]planting{
		features.BatchLate: {audit.Late, true, again}, features.Backfill: {audit.Backfill, true, again},
		features.TTLIgnored: {audit.TTL, false, 0}, features.WrongDefault: {audit.Default, false, 0},
		features.Redefined: {audit.Version, false, time.Hour}, features.ShardLost: {audit.Lost, false, 0},
		stream.Stall: {audit.Late, false, time.Hour}, stream.Slow: {audit.Late, false, time.Hour},
		stream.RetentionCut: {audit.Lost, false, sim.Day}, ingestion.Duplication: {audit.Duplicated, false, sim.Day},
	}
}

// planted is the cause that the plan has for a served view: that of the newest
// fault which could have touched it, and lateness where there is none.
func (x *causes) planted(j audit.Judgement) audit.Cause {
	cause := audit.Late
	all := x.plantings()
	for _, f := range x.plan {
		p, known := all[f.Kind]
		reaches := f.At <= j.At && (f.For == 0 || j.At < f.At.Add(f.For+p.after)) && (j.Batch || !p.batch)
		if known && reaches && x.aimed(f, j) {
			cause = p.cause
		}
	}
	return cause
}

// aimed tells whether a fault's target is what was read.
func (x *causes) aimed(f sim.Fault, j audit.Judgement) bool {
	switch f.Kind {
	case features.TTLIgnored, features.WrongDefault, features.Redefined:
		return f.Target == "" || f.Target == string(j.Entity)
	case features.ShardLost:
		return f.Target == "" || f.Target == fmt.Sprintf("shard-%d", j.Member%uint32(x.config.Online.Shards))
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

// right returns how many values the audit put down to the planted cause, and how
// many differed at all.
func (x *causes) right() (hits, all float64) {
	for planted := range x.values {
		for inferred, n := range x.values[planted] {
			all += n
			if planted == inferred {
				hits += n
			}
		}
	}
	return hits, all
}
