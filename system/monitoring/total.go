package monitoring

import "feedloop/sim/record"

// total follows a running count that a stage keeps; a window shows by how much
// it rose.
type total struct {
	sum    *record.Sum
	read   func() float64
	before float64
}

// Count records the rises of a running count.
func (m *Monitor) Count(rec *record.Recorder, metric record.Metric, read func() float64) {
	m.totals = append(m.totals, total{sum: rec.Sum(metric), read: read})
}

// rise adds what has come since the last time.
func (t *total) rise() {
	now := t.read()
	t.sum.Add(now - t.before)
	t.before = now
}
