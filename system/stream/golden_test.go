package stream

import (
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/simtest"
)

// Kafka's murmur2, and the partition among seven: keys with every length of tail,
// and bytes that are negative in Java.
func TestMurmur2(t *testing.T) {
	type key struct {
		Hex        string
		Partitions int
	}
	type place struct {
		Hash      int32
		Partition int
	}
	simtest.Golden(t, "testdata/kafka-murmur2.json", func(t *testing.T, v simtest.Vector[key, place]) {
		bytes, err := hex.DecodeString(v.Input.Hex)
		require.NoError(t, err)
		hash := Murmur2(bytes)
		assert.Equal(t, v.Expected, place{hash, int(hash&0x7fffffff) % v.Input.Partitions})
	})
}

// The partition is (hash & 0x7fffffff) mod n, which is never negative.
func TestPartition(t *testing.T) {
	for key := range uint64(1000) {
		var b [8]byte
		for i := range b {
			b[i] = byte(key >> (56 - 8*i))
		}
		assert.Equal(t, int(uint32(Murmur2(b[:]))<<1>>1)%7, Partition(key, 7))
	}
}

// Flink's watermarks of one input; a millisecond there is a tick here.
func TestWatermark(t *testing.T) {
	type events struct {
		Bound  int
		Events []int64
	}
	simtest.Golden(t, "testdata/flink-watermarks.json", func(t *testing.T, v simtest.Vector[events, *int64]) {
		var w Watermark
		for _, at := range v.Input.Events {
			w.Observe(sim.Time(at), 0)
		}
		if v.Expected == nil {
			assert.Equal(t, NoWatermark, w.Value(time.Duration(v.Input.Bound)))
			return
		}
		assert.EqualValues(t, *v.Expected, w.Value(time.Duration(v.Input.Bound)))
	})
}

// Flink's watermarks of several inputs, some of which go idle and come back.
func TestCombinedWatermark(t *testing.T) {
	const limit = 50
	simtest.Golden(t, "testdata/flink-inputs.json", func(t *testing.T, v simtest.Vector[[]string, int64]) {
		c, now, spoke := NewCombined(2), sim.Time(0), [2]bool{}
		got := NoWatermark
		for _, step := range v.Input {
			var input int
			var what string
			var at sim.Time
			_, _ = fmt.Sscan(step, &input, &what, &at) // idle has no time
			spoke[input] = what == "at"
			if now += limit + 1; what == "at" {
				c.Inputs[input].Observe(at, now)
			}
			for i := range spoke {
				if spoke[i] {
					c.Inputs[i].last = now
				}
			}
			got = c.Advance(now, 0, limit)
		}
		assert.EqualValues(t, v.Expected, got)
	})
}

// fired is what a window operator of counts put out.
type fired struct {
	window Window
	n      int
}

// counter is an operator that counts by key.
func counter(by Windowing, out *[]fired) *Windows[int, int] {
	return NewWindows(by, func(into *int, n int) { *into += n }, func(_ int, w Window, n int) { *out = append(*out, fired{w, n}) })
}

// Flink's WindowOperatorTest: what fires, as "key-sum start-end", and how many
// events are dropped as late; a millisecond there is a tick here.
func TestWindowsAreFlinks(t *testing.T) {
	type feed struct {
		Shape                 Shape
		Size, Slide, Lateness time.Duration
		Steps                 []string // "key time value", the value 1 if left out, or "watermark time"
	}
	type outcome struct {
		Fired []string
		Late  uint64
	}
	simtest.Golden(t, "testdata/flink-windows.json", func(t *testing.T, v simtest.Vector[feed, outcome]) {
		var got outcome
		w := NewWindows(Windowing{v.Input.Shape, v.Input.Size, v.Input.Slide, v.Input.Lateness},
			func(into *int, n int) { *into += n },
			func(key string, w Window, n int) {
				got.Fired = append(got.Fired, fmt.Sprintf("%s-%d %d-%d", key, n, w.Start, w.End))
				require.Equal(t, w.End-1, w.last(), "the timestamp of what is put out")
			})
		for _, step := range v.Input.Steps {
			var key string
			at, value := sim.Time(0), 1
			_, _ = fmt.Sscan(step, &key, &at, &value) // not every step has a value
			if key == "watermark" {
				w.Advance(at)
			} else {
				w.Add(key, at, value)
			}
		}
		got.Late = w.Counts().Late
		assert.ElementsMatch(t, v.Expected.Fired, got.Fired)
		assert.Equal(t, v.Expected.Late, got.Late)
	})
}

// Flink's TimeWindow.getWindowStartWithOffset: no window moves for the times
// before zero.
func TestWindowStarts(t *testing.T) {
	by := Windowing{Shape: Tumbling, Size: 7}
	for at, start := range map[sim.Time]sim.Time{1: 0, 6: 0, 7: 7, 8: 7, -1: -7, -7: -7, -8: -14} {
		assert.Equal(t, Window{start, start + 7}, by.first(at), "%d", at)
	}
}

// Kafka's RangeAssignorTest.
func TestRangeAssignment(t *testing.T) {
	for _, c := range []struct {
		partitions, members int
		want                []int
	}{
		{3, 1, []int{0, 0, 0}}, {2, 3, []int{0, 1}}, {3, 2, []int{0, 0, 1}},
		{10, 3, []int{0, 0, 0, 0, 1, 1, 1, 2, 2, 2}},
	} {
		assert.Equal(t, c.want, NewCoordinator(c.partitions, c.members).owner)
	}
}
