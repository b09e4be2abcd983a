package monitoring

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"feedloop/sim"
)

// The table keeps the worst of each window, partition by partition; a second
// tick at one moment closes no second window.
func TestPartitionsKeepTheWorstOfAWindow(t *testing.T) {
	var d *desk
	d = newDesk(Gauges{PartitionLags: func(lags []float64) []float64 {
		minute := d.kernel.Now().Sub(0) / time.Minute
		stalled := 0.
		if minute > 20 && minute < 30 {
			stalled = float64(minute - 20)
		}
		return append(lags, 1, stalled)
	}, PartitionWatermarkLags: func(lags []float64) []float64 {
		if minute := d.kernel.Now().Sub(0) / time.Minute; minute < 40 {
			return append(lags, float64(60+minute), math.NaN())
		}
		return append(lags, 60, math.NaN())
	}})
	d.hour()
	d.hour()
	d.monitor.Tick()
	table := d.monitor.Tables()[0]
	assert.Equal(t, []float64{3600, 3600, 7200, 7200}, table.Floats("seconds"))
	assert.Equal(t, []float64{0, 1, 0, 1}, table.Floats("partition"))
	assert.Equal(t, []float64{1, 9, 1, 0}, table.Floats("lag"))
	watermarks := table.Floats("watermark_lag")
	assert.Equal(t, []float64{99, 60}, []float64{watermarks[0], watermarks[2]})
	assert.True(t, math.IsNaN(watermarks[1]) && math.IsNaN(watermarks[3]), "an idle partition has none")
}

// Lags that there are not yet are not counted as zero.
func TestClocksWithoutData(t *testing.T) {
	nothing := true
	d := newDesk(Gauges{WatermarkLag: func() float64 {
		if nothing {
			return math.NaN()
		}
		return 60
	}})
	d.hour()
	nothing = false
	d.kernel.Run(d.kernel.Now() + sim.Time(time.Minute))
	d.hour()
	column := d.column(WatermarkLag)
	assert.True(t, column[0] != column[0], "no data")
	assert.Equal(t, 60., column[1])
}
