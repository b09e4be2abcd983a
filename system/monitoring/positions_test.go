package monitoring

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system"
)

// tableOf returns a table of the monitor by its name.
func tableOf(t *testing.T, m *Monitor, name string) record.Table {
	t.Helper()
	for _, table := range m.Tables() {
		if table.Name == name {
			return table
		}
	}
	require.Fail(t, "no table "+name)
	return record.Table{}
}

// What a model had ranked counts by position and by head if it was served after the
// warm-up, whenever its window closes; what none had ranked does not. The promise of
// a position is that to those who look times the chance that somebody does.
func TestPredictionsByPositionAndStep(t *testing.T) {
	chances := []float32{1, .5}
	d := newDesk(Gauges{Examined: func() []float32 { return chances }})
	add := func() {
		p := page(system.Full, 100, 30, false, false)
		p.ModelVersion, p.Served = 1, d.kernel.Now()
		d.monitor.Served(p)
		p = page(system.Heuristic, 100, 0, false, false)
		p.Served = d.kernel.Now()
		d.monitor.Served(p)
		for at := range uint8(2) {
			e := system.Example{ModelVersion: 1, Position: at, Served: d.kernel.Now()}
			e.Predictions = [system.Heads]float32{system.Play: .75, system.LongView: .25}
			if at == 0 {
				e.Labels = e.Labels.With(system.Play)
			}
			d.monitor.Example(&e)
			e.ModelVersion = 0
			d.monitor.Example(&e)
			e.ModelVersion, e.Served = 1, 0
			d.monitor.Example(&e)
		}
	}
	d.monitor.positions.warmup, d.monitor.reliability.warmup = sim.Time(time.Hour), sim.Time(time.Hour)
	add()
	d.hour()
	for range 3 {
		add()
	}
	positions := tableOf(t, d.monitor, "positions")
	for column, want := range map[string][]float64{
		"position": {0, 1}, "served": {3, 3}, "examples": {3, 3}, "predicted": {2.25, 2.25}, "plays": {3, 0}, "examined": {1, .5},
	} {
		assert.Equal(t, want, positions.Floats(column), column)
	}
	reliability := tableOf(t, d.monitor, "reliability")
	assert.Equal(t, []string{"play", "play", "long_view", "long_view"}, reliability.Strings("head")[:4])
	assert.Equal(t, []float64{3, 3, 3, 3}, reliability.Floats("impressions")[:4])
	assert.Equal(t, []float64{.375 * 3, .75 * 3, .125 * 3, .25 * 3}, reliability.Floats("predicted")[:4])
	assert.Equal(t, []float64{0, 3, 0, 0}, reliability.Floats("observed")[:4])
	assert.Equal(t, .75, d.column(Examined)[0])
}

// Where no ranker learns where people look, the cells of the table are empty, and so
// are those of the metric; predictions are taken as they are. A place that brings no
// example is told all the same.
func TestNothingLearnedOfPositions(t *testing.T) {
	d := newDesk(Gauges{Examined: func() []float32 { return nil }})
	p := page(system.Full, 100, 30, false, false)
	p.ModelVersion = 1
	d.monitor.Served(p)
	e := system.Example{ModelVersion: 1}
	e.Predictions[system.Play] = .75
	d.monitor.Example(&e)
	d.hour()
	positions := tableOf(t, d.monitor, "positions")
	assert.Equal(t, []string{"", ""}, positions.Strings("examined"))
	assert.Equal(t, []float64{1, 0}, positions.Floats("examples"))
	reliability := tableOf(t, d.monitor, "reliability")
	assert.Equal(t, .75, reliability.Floats("predicted")[0])
	assert.True(t, math.IsNaN(d.column(Examined)[0]))
}
