package monitoring

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/record"
)

// partitions keeps, by partition of the event log, the longest that a record
// waited for the feature counters in each window.
type partitions struct {
	read  func(lags []float64) []float64 // nil: nothing to keep
	now   []float64
	worst []float64 // in the open window
	ends  []sim.Time
	lags  []float64 // closed windows: window x partition
}

// observe reads the lags now.
func (p *partitions) observe() {
	if p.read == nil {
		return
	}
	p.now = p.read(p.now[:0])
	if p.worst == nil {
		p.worst = make([]float64, len(p.now))
	}
	for i, lag := range p.now {
		p.worst[i] = max(p.worst[i], lag)
	}
}

// close ends a window.
func (p *partitions) close(now sim.Time) {
	if p.worst == nil || len(p.ends) > 0 && p.ends[len(p.ends)-1] == now {
		return
	}
	p.ends = append(p.ends, now)
	p.lags = append(p.lags, p.worst...)
	clear(p.worst)
}

// tablePartitions bounds the partitions that are told apart in a table.
const tablePartitions = 64

// table is the lag of each partition in seconds, window by window.
func (p *partitions) table() record.Table {
	t := record.Table{Name: "partitions", Columns: []string{"seconds", "partition", "lag"}}
	for w, end := range p.ends {
		for i, lag := range p.lags[w*len(p.worst) : (w+1)*len(p.worst)] {
			if i < tablePartitions {
				t.Add(time.Duration(end).Seconds(), float64(i), lag)
			}
		}
	}
	return t
}

// Tables are what the monitor leaves beside metrics. Call it once, at the end.
func (m *Monitor) Tables() []record.Table {
	var tables []record.Table
	if m.partitions.read != nil {
		tables = append(tables, m.partitions.table())
	}
	if m.skew != nil {
		tables = append(tables, m.skew.table())
	}
	return tables
}
