package record

import (
	"cmp"
	"math"
	"slices"

	"feedloop/sim"
)

// Result is what one replicate of one world measured.
type Result struct {
	World     string
	Replicate int      // counted from 0
	Metrics   []Metric // sorted by name; Totals and Series.Columns follow the same order
	Totals    []float64
	Series    Series
	Moments   []Moment         // in order of time
	Tables    []Table          // anything that is not a metric over time: the funnel, cohorts
	Trail     []sim.Checkpoint // the digests every 2^10 events and, last, at the end
}

// Series holds every metric window by window. Window i is the time after
// End[i-1] (after 0 for the first) up to and including End[i].
type Series struct {
	End     []sim.Time
	Columns [][]float64 // by metric, then by window; NaN where a window has no data
}

// Start returns the moment window i began.
func (s Series) Start(i int) sim.Time {
	if i == 0 {
		return 0
	}
	return s.End[i-1]
}

// index finds a metric's place; ok is false when it was not recorded.
func (r *Result) index(metric string) (i int, ok bool) {
	return slices.BinarySearchFunc(r.Metrics, metric, func(m Metric, name string) int { return cmp.Compare(m.Name, name) })
}

// Has reports whether the metric was recorded, with or without data.
func (r *Result) Has(metric string) bool {
	_, ok := r.index(metric)
	return ok
}

// Total returns a metric's number over the measured windows; NaN when there
// were no data or the metric was not recorded.
func (r *Result) Total(metric string) float64 {
	if i, ok := r.index(metric); ok {
		return r.Totals[i]
	}
	return math.NaN()
}

// Column returns a metric window by window, or nil when it was not recorded.
// The caller must not change it.
func (r *Result) Column(metric string) []float64 {
	if i, ok := r.index(metric); ok {
		return r.Series.Columns[i]
	}
	return nil
}

// Table finds an attached table by name.
func (r *Result) Table(name string) (Table, bool) {
	for _, t := range r.Tables {
		if t.Name == name {
			return t, true
		}
	}
	return Table{}, false
}

// End returns the digests at the end of the replicate: the last checkpoint of
// the trail, or the zero one when none was kept.
func (r *Result) End() sim.Checkpoint {
	if len(r.Trail) == 0 {
		return sim.Checkpoint{}
	}
	return r.Trail[len(r.Trail)-1]
}
