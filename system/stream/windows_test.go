package stream

import (
	"sort"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
)

// arrival is a value that comes to an operator, between two watermarks.
type arrival struct {
	key       int
	at        sim.Time
	watermark sim.Time // moved to this after it
}

// feed draws arrivals whose event times wander about a rising watermark.
func feed(rt *rapid.T) []arrival {
	n := rapid.IntRange(1, 60).Draw(rt, "n")
	list := make([]arrival, n)
	now := sim.Time(0)
	for i := range list {
		now += sim.Time(rapid.IntRange(0, 4).Draw(rt, "step"))
		list[i] = arrival{
			rapid.IntRange(0, 2).Draw(rt, "key"), now - sim.Time(rapid.IntRange(0, 25).Draw(rt, "delay")),
			now - sim.Time(rapid.IntRange(1, 6).Draw(rt, "bound")),
		}
	}
	return list
}

// lastFired is what fired last, by key and window.
type lastFired map[address[int]]fired

// play runs arrivals through an operator.
func play(by Windowing, list []arrival) (last lastFired, taken []bool, w *Windows[int, int], order []Window) {
	last = lastFired{}
	w = NewWindows(by, func(into *int, n int) { *into += n }, func(key int, win Window, n int) {
		last[address[int]{key, win.Start}] = fired{win, n}
		order = append(order, win)
	})
	for _, a := range list {
		taken = append(taken, w.Add(a.key, a.at, 1))
		w.Advance(a.watermark)
	}
	w.Advance(1000)
	return last, taken, w, order
}

// The slow twin looks at every possible window and counts the arrivals in it
// that were there before the window was closed.
func TestTumblingAndSlidingWindowsAgainstCounting(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		slides := time.Duration(rapid.IntRange(1, 4).Draw(rt, "slides"))
		by := Windowing{Shape: Sliding, Slide: 3, Size: 3 * slides}
		if slides == 1 {
			by.Shape = Tumbling
		}
		by.Lateness = rapid.SampledFrom([]time.Duration{0, 5}).Draw(rt, "lateness")
		list := feed(rt)
		last, taken, w, _ := play(by, list)

		want := lastFired{}
		late := 0
		high := NoWatermark
		for i, a := range list {
			some := false
			for start := sim.Time(-60); start < 300; start += 3 {
				win := Window{start, start.Add(by.Size)}
				if a.at < win.Start || a.at >= win.End || win.End-1+sim.Time(by.Lateness) <= high {
					continue
				}
				some = true
				key := address[int]{a.key, start}
				want[key] = fired{win, want[key].n + 1}
			}
			if !some {
				late++
			}
			require.Equal(rt, some, taken[i], "%d: %+v", i, a)
			high = max(high, a.watermark)
		}
		require.Equal(rt, want, last)
		require.EqualValues(rt, late, w.Counts().Late)
		require.Equal(rt, w.Counts().Added, w.Counts().Taken+w.Counts().Late)
		require.Zero(rt, w.Open(), "all is put out, nothing is kept")
	})
}

// The slow twin of sessions without lateness: sort what was taken by key and
// time, and cut where the gap is wider. Where nothing came late there is no
// other answer.
func TestSessionsAgainstSorting(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		by := Windowing{Shape: Session, Size: 5}
		list := feed(rt)
		for i := range list {
			list[i].watermark = NoWatermark
		}
		last, _, w, order := play(by, list)
		sort.SliceStable(list, func(i, j int) bool {
			return list[i].key < list[j].key || list[i].key == list[j].key && list[i].at < list[j].at
		})
		want := lastFired{}
		var open *fired
		for i, a := range list {
			if i == 0 || list[i-1].key != a.key || a.at > open.window.End {
				open = &fired{Window{a.at, a.at}, 0}
			}
			open.window.End = a.at.Add(by.Size)
			open.n++
			want[address[int]{a.key, open.window.Start}] = *open
		}
		require.Equal(rt, want, last)
		require.Len(rt, order, len(want), "each once")
		require.True(rt, sort.SliceIsSorted(order, func(i, j int) bool { return order[i].End < order[j].End }), "%v", order)
		require.Zero(rt, w.Open())
	})
}

// With late records, sessions keep the books and leave nothing behind; no two
// windows of a key that are put out last overlap unless one was closed already.
func TestSessionsKeepTheBooks(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		by := Windowing{Shape: Session, Size: 5, Lateness: 4}
		list := feed(rt)
		_, taken, w, _ := play(by, list)
		n := 0
		for _, ok := range taken {
			if ok {
				n++
			}
		}
		c := w.Counts()
		require.EqualValues(rt, n, c.Taken)
		require.Equal(rt, c.Added, c.Taken+c.Late)
		require.Zero(rt, w.Open())
		require.Empty(rt, w.sessions)
	})
}

// A snapshot is a copy: whatever happens after it, the operator comes back to
// the same and then does the same.
func TestWindowsComeBackToASnapshot(t *testing.T) {
	for _, shape := range []Shape{Tumbling, Sliding, Session} {
		rapid.Check(t, func(rt *rapid.T) {
			by := Windowing{Shape: shape, Size: 6, Slide: 2, Lateness: 3}
			list := feed(rt)
			cut := rapid.IntRange(0, len(list)).Draw(rt, "cut")
			var out []fired
			w := counter(by, &out)
			run := func(list []arrival) {
				for _, a := range list {
					w.Add(a.key, a.at, 1)
					w.Advance(a.watermark)
				}
			}
			run(list[:cut])
			saved := w.Snapshot()
			out = nil
			run(list[cut:])
			first, counts := out, w.Counts()
			w.Restore(saved)
			out = nil
			run(list[cut:])
			require.Equal(rt, first, out)
			require.Equal(rt, counts, w.Counts())
		})
	}
}

func TestWindowingSaysWhatIsWrong(t *testing.T) {
	err := Windowing{Shape: "hopping", Lateness: -1}.Validate()
	for _, field := range []string{"shape", "size", "lateness"} {
		assert.ErrorContains(t, err, field)
	}
	assert.ErrorContains(t, Windowing{Shape: Sliding, Size: 5, Slide: 2}.Validate(), "slide")
	assert.NoError(t, DefaultWindowing().Validate())
}
