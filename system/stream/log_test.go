package stream

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"feedloop/sim"
)

func newTestLog(c Config) (*sim.Kernel, *Log[int]) {
	k := sim.New(sim.Options{})
	return k, NewLog(k, c, func(v *int) sim.Time { return sim.Time(*v) })
}

func TestGroupsReadEverythingInOrderOnTheirOwnOffsets(t *testing.T) {
	k, log := newTestLog(DefaultConfig())
	var a, b []int
	log.Subscribe("a", func(v *int) { a = append(a, *v) })
	slow := log.Subscribe("b", func(v *int) { b = append(b, *v) })
	for i := range 100 {
		_, offset := log.Append(7, i)
		assert.Equal(t, int64(i), offset, "offsets rise by one")
	}
	assert.EqualValues(t, 100, slow.Lag())
	k.Run(sim.Time(time.Second))
	want := make([]int, 100)
	for i := range want {
		want[i] = i
	}
	assert.Equal(t, want, a)
	assert.Equal(t, want, b)
	assert.Zero(t, slow.Lag())
}

func TestSlowGroupLagsAndCatchesUp(t *testing.T) {
	c := DefaultConfig()
	c.RatePerSec = 10
	k, log := newTestLog(c)
	g := log.Subscribe("g", func(*int) {})
	for i := range 100 {
		log.Append(uint64(i), i)
	}
	k.Run(sim.Time(5 * time.Second))
	assert.InDelta(t, 50, float64(g.Lag()), 10, "half of it after half of the time, within a second's worth")
	assert.Equal(t, 5*time.Second, g.LagTime())
	k.Run(sim.Time(12 * time.Second))
	assert.Zero(t, g.Lag())
	assert.EqualValues(t, 100, g.Read)
}

func TestStalledGroupResumesAndRetentionSkips(t *testing.T) {
	c := DefaultConfig()
	c.Retention = time.Hour
	k, log := newTestLog(c)
	g := log.Subscribe("g", func(*int) {})
	tick := k.Register("append", sim.People, func(e sim.Event) { log.Append(e.Arg, int(e.Arg)) })
	for i := range uint64(240) {
		k.At(sim.Time(i)*sim.Time(time.Minute), tick, 0, i)
	}
	if err := k.Inject(sim.Plan{{Kind: Stall, At: 0, For: 3 * time.Hour, Target: "g"}}); err != nil {
		t.Fatal(err)
	}
	k.Run(sim.Time(3*time.Hour) - 1)
	assert.Zero(t, g.Read)
	k.Run(sim.Time(5 * time.Hour))
	assert.EqualValues(t, 240, g.Read+g.Skipped, "every record is read or counted as skipped")
	assert.InDelta(t, 110, float64(g.Skipped), 15, "two of three hours were beyond the retention, which is checked with a tenth of slack")
}

func TestDedupeForgetsOnlyAfterTheHorizon(t *testing.T) {
	d := NewDedupe(time.Hour)
	at := func(m int) sim.Time { return sim.Time(time.Duration(m) * time.Minute) }
	assert.False(t, d.Repeated(1, at(0)))
	assert.True(t, d.Repeated(1, at(59)))
	assert.True(t, d.Repeated(1, at(118)), "remembered at least an hour after it was met")
	assert.False(t, d.Repeated(1, at(118+121)))
	assert.EqualValues(t, 2, d.Hits)
}
