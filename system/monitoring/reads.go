package monitoring

import "feedloop/sim/record"

// reads follows the running counts of what readers of the feature store found.
type reads struct {
	share          *record.Ratio
	now            func() (all, defaults uint64)
	all, defaulted uint64 // when they were last read
}

// Reads says where the running counts are read of the views that readers looked
// up, and of those for which they were served the default.
func (m *Monitor) Reads(rec *record.Recorder, now func() (all, defaults uint64)) {
	m.reads = &reads{share: rec.Ratio(FeatureDefaults), now: now}
}

func (r *reads) tick() {
	if r == nil {
		return
	}
	all, defaults := r.now()
	r.share.Den(float64(all - r.all))
	r.share.Num(float64(defaults - r.defaulted))
	r.all, r.defaulted = all, defaults
}
