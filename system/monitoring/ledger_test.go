package monitoring

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/stream"
)

// Windows of five minutes that wait a minute for what is late. The event of
// 4 m comes after one of 7 m has moved the watermark past the end of its window.
func TestLedgerTellsLateFromDuplicated(t *testing.T) {
	d := newDesk(Gauges{})
	id := uint64(0)
	emit := func(at time.Duration) {
		id++
		d.log.Append(1, system.Event{ID: id, At: sim.Time(at), Kind: system.Liked})
	}
	at := func(m time.Duration) { d.kernel.Run(sim.Time(m)) }
	at(10 * time.Minute)
	emit(2 * time.Minute)
	emit(7 * time.Minute)
	at(11 * time.Minute)
	emit(4 * time.Minute)
	emit(6 * time.Minute)
	at(12 * time.Minute)
	id--
	emit(6 * time.Minute)
	assert.Equal(t, Account{Visible: 3, Late: 1, InFlight: 1}, d.monitor.Account(system.Liked), "the copy has not been read")
	d.kernel.Run(sim.Time(time.Hour - time.Minute))
	assert.Equal(t, Account{Visible: 3, Late: 1, Duplicated: 1}, d.monitor.Account(system.Liked))
	d.monitor.Tick()
	d.rec.Tick(d.kernel.Now())
	assert.Equal(t, []float64{.25}, d.column(LateShare))
	assert.Equal(t, []float64{.2}, d.column(DuplicateShare))
	assert.Equal(t, []float64{0}, d.column(StreamLost))
	assert.Zero(t, d.monitor.Account(system.Viewed))
}

// Whatever reads the log has its gap counted: one reader stalls beyond the
// retention, and another is taken back by a crash. The monitor itself misses
// nothing, and would say so.
func TestGapsOfEveryReaderAreCounted(t *testing.T) {
	d := newDeskOn(Gauges{}, func(c *stream.Config) { c.Retention, c.Consumer.Commit = time.Hour, time.Hour })
	stalled := d.log.Subscribe("stalled", func(*system.Event) {})
	crashed := d.log.Subscribe("crashed", func(*system.Event) {})
	assert.NoError(t, d.kernel.Inject(sim.Plan{
		{Kind: stream.Stall, Target: "stalled", At: sim.Time(time.Minute), For: 3 * time.Hour},
		{Kind: stream.Crash, Target: "crashed", At: sim.Time(100 * time.Minute), For: time.Minute},
	}))
	for hour := range 4 {
		for range 60 {
			d.log.Append(1, system.Event{ID: uint64(d.kernel.Now()), At: d.kernel.Now(), Kind: system.Liked})
			d.kernel.Run(d.kernel.Now().Add(time.Minute))
		}
		d.monitor.Tick()
		d.rec.Tick(d.kernel.Now())
		if hour == 0 {
			assert.Zero(t, stalled.Skipped, "an hour is kept")
		}
	}
	gap, again := d.column(OffsetGap), d.column(Reprocessed)
	assert.InDelta(t, 110, gap[1]+gap[2]+gap[3], 10, "two of three hours, segments being a tenth of one long")
	assert.EqualValues(t, stalled.Skipped, gap[0]+gap[1]+gap[2]+gap[3])
	assert.InDelta(t, 40, again[1], 2, "since the commit of the first hour")
	assert.EqualValues(t, crashed.Repeated, again[0]+again[1]+again[2]+again[3])
	assert.Zero(t, d.column(StreamLost)[2])
	assert.True(t, stalled.Balanced() && crashed.Balanced())
}

func TestConfigNamesTheWindow(t *testing.T) {
	c := DefaultConfig()
	assert.NoError(t, c.Validate())
	c.Windows.Size = 0
	assert.ErrorContains(t, c.Validate(), "windows.size is 0s")
}

// Eight records wait, six of them in one of four partitions: three times the
// average. Samples without any count for nothing.
func TestLagSkew(t *testing.T) {
	waiting := 0.0
	d := newDesk(Gauges{LagRecords: func() (all, fullest float64) {
		waiting = 8 - waiting
		return waiting, .75 * waiting
	}})
	d.hour()
	assert.Equal(t, []float64{3}, d.column(LagSkew))
	assert.Equal(t, []float64{4}, d.column(LagRecords))
}
