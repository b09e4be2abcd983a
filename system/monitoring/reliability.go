package monitoring

import (
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system"
	"feedloop/system/evaluate"
)

// reliability sets what came true beside what was predicted since the warm-up,
// by head.
type reliability struct {
	warmup sim.Time
	heads  [system.Heads]evaluate.Reliability
}

// add takes an impression that a model had ranked.
func (r *reliability) add(e *system.Example, now sim.Time) {
	if now < r.warmup {
		return
	}
	for h := range r.heads {
		r.heads[h].Add(e.Predictions[h], e.Labels.Has(system.Head(h)))
	}
}

// table holds, by head and step of the predicted probability, how many
// impressions there were, and how many positives were promised and came true.
func (r *reliability) table() record.Table {
	t := record.Table{Name: "reliability", Columns: []string{"head", "from", "to", "impressions", "predicted", "observed"}}
	for h := range r.heads {
		r.heads[h].Steps(func(from, to, n, predicted, positives float64) {
			t.Add(system.Head(h), from, to, n, predicted, positives)
		})
	}
	return t
}
