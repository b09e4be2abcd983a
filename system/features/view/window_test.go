package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/system"
)

// clock is a moment of the first day.
func clock(hour, minute int) sim.Time {
	return sim.Time(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

// impression is a view of a share of a post's length.
func impression(share float32) Delta {
	return DeltaOf(&system.Event{Kind: system.Viewed, Watch: 100 * share, Length: 100})
}

// Chronon's published example: an hour in hops of ten minutes covers 13:20 to
// 14:27 when it is 14:27.
func TestSawtooth(t *testing.T) {
	d := impression(1)
	for _, x := range []struct {
		at   sim.Time
		want float32
	}{
		{clock(13, 19), 0}, {clock(13, 20) - 1, 0}, {clock(13, 20), 1}, {clock(14, 0), 1}, {clock(14, 27), 1},
	} {
		w := newTiles(time.Hour, 10*time.Minute)
		w.Add(&d, x.at)
		sum := w.Sum(clock(14, 27))
		assert.Equal(t, x.want, sum.N[impressions], "%v", x.at)
	}
}

// Chronon's published merge: tiles (2, B), (9, A) and (3, C) give 14 and C under
// count and last.
func TestTilesMerge(t *testing.T) {
	const a, b, c = .1, .2, .3
	w := newTiles(time.Hour, 10*time.Minute)
	for i, tile := range []struct {
		n    int
		last float32
	}{{2, b}, {9, a}, {3, c}} {
		for range tile.n {
			d := impression(tile.last)
			w.Add(&d, clock(14, 10*i))
		}
	}
	sum := w.Sum(clock(14, 27))
	assert.EqualValues(t, 14, sum.N[impressions])
	assert.EqualValues(t, float32(c), sum.Last)
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
