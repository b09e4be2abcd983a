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

// What a model had ranked counts from the end of the warm-up on, by position and
// by head; what none had ranked does not.
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
			e := system.Example{ModelVersion: 1, Position: at}
			e.Predictions = [system.Heads]float32{system.Play: .75, system.LongView: .25}
			if at == 0 {
				e.Labels = e.Labels.With(system.Play)
			}
			d.monitor.Example(&e)
			e.ModelVersion = 0
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
	assert.Equal(t, []string{"play", "long_view"}, reliability.Strings("head")[:2])
	assert.Equal(t, []float64{.75, .3125 / 1.3125}, reliability.Floats("from")[:2], "odds of 3 and of 5/4 of a quarter")
	assert.Equal(t, []float64{6, 6}, reliability.Floats("impressions")[:2])
	assert.Equal(t, []float64{4.5, 1.5}, reliability.Floats("predicted")[:2])
	assert.Equal(t, []float64{3, 0}, reliability.Floats("observed")[:2])
	assert.Equal(t, .75, d.column(Examined)[0])
}

// Where no ranker learns where people look, the cells are empty and there is no
// metric.
func TestNothingLearnedOfPositions(t *testing.T) {
	d := newDesk(Gauges{Examined: func() []float32 { return nil }})
	d.monitor.Example(&system.Example{ModelVersion: 1})
	d.hour()
	positions := tableOf(t, d.monitor, "positions")
	assert.Equal(t, []string{""}, positions.Strings("examined"))
	assert.True(t, math.IsNaN(d.column(Examined)[0]))
}
