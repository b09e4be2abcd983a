package stream

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
)

// The event-time lag is that of the partition furthest behind; the watermark is
// the bound on disorder further behind; and looking at either moves nothing.
func TestLagsOfEventTime(t *testing.T) {
	c := DefaultConfig()
	c.Idle = time.Hour
	k, g, appendAt := watched(c)
	_, some := g.EventTimeLag()
	require.False(t, some, "nothing has been read")
	appendAt(0, 10*time.Second, 9*time.Second)
	appendAt(1, 10*time.Second, 4*time.Second)
	k.Run(sim.Time(30 * time.Second))
	before := g.watermark.clone()
	lag, some := g.EventTimeLag()
	assert.True(t, some)
	assert.Equal(t, 26*time.Second, lag)
	behind, _ := g.WatermarkLag()
	assert.Equal(t, 26*time.Second+c.Disorder+1, behind)
	assert.Equal(t, before, g.watermark.clone())
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		g.EventTimeLag()
		g.WatermarkLag()
	}), "operators look often")
}

// Believed, a device that is a day fast makes the newest event that was read one
// of tomorrow: the lag is negative, and does not pass for none at all.
func TestEventTimeLagOfTheFutureIsNegative(t *testing.T) {
	c := DefaultConfig()
	c.Clamp = false
	k, g, appendAt := watched(c)
	appendAt(0, 10*time.Second, 24*time.Hour)
	k.Run(at(30 * time.Second))
	lag, some := g.EventTimeLag()
	assert.True(t, some)
	assert.Equal(t, 30*time.Second-24*time.Hour, lag)
	appendAt(1, 30*time.Second, 5*time.Second)
	k.Run(at(40 * time.Second))
	lag, _ = g.EventTimeLag()
	assert.Equal(t, 35*time.Second, lag, "the partition that is furthest behind")
}
