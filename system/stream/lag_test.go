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
