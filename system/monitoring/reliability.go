package monitoring

import (
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system"
	"feedloop/system/evaluate"
)

// reliability sets what came true beside what was promised on pages served since
// the warm-up, by head.
type reliability struct {
	warmup   sim.Time
	examined func() []float32 // see [Gauges]
	heads    [system.Heads]evaluate.Reliability
}

// add takes an impression that a model had ranked. A ranker that learns where people
// look predicts what those do who look; what it promises of an impression is that
// times the chance of its position.
func (r *reliability) add(e *system.Example) {
	if e.Served < r.warmup {
		return
	}
	chance := r.chance(int(e.Position))
	for h := range r.heads {
		r.heads[h].Add(float32(chance*e.Predictions[h]), e.Labels.Has(system.Head(h)))
	}
}

// chance is that of a position to be looked at, as the ranker that serves now has
// learned it; 1 where none is learned.
//
// Simplification: the ranker that served the page may have been one before.
func (r *reliability) chance(position int) float32 {
	if r.examined != nil {
		if chances := r.examined(); position < len(chances) {
			return chances[position]
		}
	}
	return 1
}

// table holds, by head and step of the promised probability, how many
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
