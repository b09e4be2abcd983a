package view

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// impression is a view of a share of a post's length.
func impression(share float32) Delta {
	return DeltaOf(&system.Event{Kind: system.Viewed, Watch: 100 * share, Length: 100})
}

// Chronon's tiles and sawtooth windows: views are a moment, how many, and the
// share of their length that is watched.
func TestWindowsAreChronons(t *testing.T) {
	type stream struct {
		Window, Hop, At string
		Views           [][3]any
	}
	type shown struct {
		Count float32
		Last  *float32 // null where there is nothing to be last
	}
	clock := func(s string) sim.Time {
		var hour, minute int
		_, err := fmt.Sscanf(s, "%d:%d", &hour, &minute)
		require.NoError(t, err)
		return sim.Time(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	}
	simtest.Golden(t, "testdata/chronon.json", func(t *testing.T, v simtest.Vector[stream, shown]) {
		window, err := time.ParseDuration(v.Input.Window)
		require.NoError(t, err)
		hop, err := time.ParseDuration(v.Input.Hop)
		require.NoError(t, err)
		w := newTiles(window, hop)
		for _, tile := range v.Input.Views {
			for range int(tile[1].(float64)) {
				d := impression(float32(tile[2].(float64)))
				w.Add(&d, clock(tile[0].(string)))
			}
		}
		sum := w.Sum(clock(v.Input.At))
		assert.Equal(t, v.Expected.Count, sum.N[impressions])
		if v.Expected.Last != nil {
			assert.InDelta(t, *v.Expected.Last, sum.Last, v.Atol)
		}
	})
}

// The slow twin keeps all events, and counts those at or after the hop in which
// the window begins. Events come in any order; one that is older than the
// window by the time it comes is not counted, then or later.
func TestWindowAgainstAList(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		hop := time.Duration(rapid.IntRange(1, 5).Draw(rt, "hop")) * time.Minute
		window := hop * time.Duration(rapid.IntRange(1, 12).Draw(rt, "hops"))
		w := newTiles(window, hop)
		var kept []sim.Time
		newest, now := sim.Time(0), sim.Time(0)
		for range rapid.IntRange(1, 50).Draw(rt, "events") {
			now = now.Add(time.Duration(rapid.IntRange(0, 900).Draw(rt, "gap")) * time.Second)
			at := max(now.Add(-time.Duration(rapid.IntRange(0, 2000).Draw(rt, "late"))*time.Second), 0)
			d := impression(.5)
			w.Add(&d, at)
			newest = max(newest, at)
			if int64(at)/int64(hop) >= int64(newest)/int64(hop)-int64(window/hop) {
				kept = append(kept, at)
			}
			want := 0
			for _, x := range kept {
				if int64(x)/int64(hop) >= int64(now)/int64(hop)-int64(window/hop) {
					want++
				}
			}
			sum := w.Sum(now)
			assert.EqualValues(rt, want, sum.N[impressions], "at %v", now)
		}
	})
}

func TestHopsAreChronons(t *testing.T) {
	for window, want := range map[time.Duration]time.Duration{
		30 * sim.Day: sim.Day, 12 * sim.Day: sim.Day, 7 * sim.Day: time.Hour, 12 * time.Hour: time.Hour,
		6 * time.Hour: 5 * time.Minute, time.Hour: 5 * time.Minute, 36 * time.Minute: 3 * time.Minute,
	} {
		assert.Equal(t, want, hopOf(window), "%v", window)
	}
}
