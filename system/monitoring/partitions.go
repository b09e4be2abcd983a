package monitoring

import (
	"math"
	"time"

	"feedloop/sim"
	"feedloop/sim/record"
)

// partitions keeps what the feature counters are behind in each partition of the
// event log: the worst of each window.
type partitions struct {
	waits, watermarks lags
	ends              []sim.Time
}

// lags is one kind of lag by partition.
type lags struct {
	read   func(lags []float64) []float64 // nil: there is nothing to keep
	now    []float64
	worst  []float64 // in the open window; NaN: none was seen
	closed []float64 // windows: window x partition
}

// observe reads the lags now. A lag that there is not is NaN, and left out.
func (l *lags) observe() {
	if l.read == nil {
		return
	}
	l.now = l.read(l.now[:0])
	for i, lag := range l.now {
		if i == len(l.worst) {
			l.worst = append(l.worst, math.NaN())
		}
		if !(l.worst[i] >= lag) && !math.IsNaN(lag) {
			l.worst[i] = lag
		}
	}
}

// close ends a window.
func (l *lags) close() {
	l.closed = append(l.closed, l.worst...)
	for i := range l.worst {
		l.worst[i] = math.NaN()
	}
}

// at is the worst of a partition in a closed window; NaN where there is none.
func (l *lags) at(window, part int) float64 {
	if l.read == nil {
		return math.NaN()
	}
	return l.closed[window*len(l.worst)+part]
}

// observe reads the lags now.
func (p *partitions) observe() {
	p.waits.observe()
	p.watermarks.observe()
}

// close ends a window.
func (p *partitions) close(now sim.Time) {
	if p.waits.worst == nil || len(p.ends) > 0 && p.ends[len(p.ends)-1] == now {
		return
	}
	p.ends = append(p.ends, now)
	p.waits.close()
	p.watermarks.close()
}

// tablePartitions bounds the partitions that are told apart in a table.
const tablePartitions = 64

// table is how far each partition is behind in seconds, window by window: how
// long its oldest record waits, and how far its watermark is behind the clock.
func (p *partitions) table() record.Table {
	t := record.Table{Name: "partitions", Columns: []string{"seconds", "partition", "lag", "watermark_lag"}}
	for w, end := range p.ends {
		for part := range min(len(p.waits.worst), tablePartitions) {
			t.Add(time.Duration(end).Seconds(), float64(part), p.waits.at(w, part), p.watermarks.at(w, part))
		}
	}
	return t
}

// Tables are what the monitor leaves beside metrics. Call it once, at the end.
func (m *Monitor) Tables() []record.Table {
	var tables []record.Table
	if m.partitions.waits.read != nil {
		tables = append(tables, m.partitions.table())
	}
	if m.skew != nil {
		tables = append(tables, m.skew.table())
	}
	return append(tables, m.reliability.table(), m.positions.table())
}
