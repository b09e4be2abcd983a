package retraining

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/stream"
)

// crashing joins 40 pages, one a minute, with three events each, of which the
// last comes after the page has closed. At is when the joiner's reader crashes; 0 is never.
func crashing(t *testing.T, at sim.Time) ([]system.Example, JoinCounts) {
	c := DefaultConfig()
	c.LabelWindow = 10 * time.Minute
	d := newDesk(c)
	if at > 0 {
		require.NoError(t, d.kernel.Inject(sim.Plan{{Kind: stream.Crash, Target: "joiner", At: at, For: time.Second}}))
	}
	kinds := []system.EventKind{system.Viewed, system.Liked, system.Shared}
	happens := d.kernel.Register("test.happens", sim.People, func(e sim.Event) {
		n, i := uint32(e.Arg/4), e.Arg%4
		if i == 0 {
			d.serve(1, n, system.PostID(n))
		} else {
			d.log.Append(1, event(kinds[i-1], 1, n, 0, system.PostID(n)))
		}
	})
	for n := range uint64(40) {
		served := sim.Time(time.Minute)*sim.Time(n) + 1
		for i, later := range []time.Duration{0, 20 * time.Second, 5 * time.Minute, 11 * time.Minute} {
			d.kernel.At(served.Add(later), happens, 0, 4*n+uint64(i))
		}
	}
	d.kernel.Run(sim.Time(time.Hour))
	data, _ := d.joiner.Lend(0)
	return data.Rows, d.joiner.Counts()
}

// The joiner keeps no checkpoint and needs none: labels are a set, so what a crash
// repeats changes nothing. What it repeats of pages that have closed in between is
// counted among the orphans once more.
func TestACrashOfTheJoinerChangesNoExample(t *testing.T) {
	want, counts := crashing(t, 0)
	require.Len(t, want, 40)
	require.EqualValues(t, 40, counts.Orphans)
	again := uint64(0)
	for s := 1; s < 51*60; s += 5 { // between any two events, which lie 20 s apart
		got, after := crashing(t, sim.Time(s)*sim.Time(time.Second))
		require.Equal(t, want, got, "crash after %d s", s)
		require.GreaterOrEqual(t, after.Orphans, counts.Orphans)
		again += after.Orphans - counts.Orphans
		after.Orphans = counts.Orphans
		require.Equal(t, counts, after)
	}
	assert.Positive(t, again, "there was something to repeat")
}
