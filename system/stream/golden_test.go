package stream

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"feedloop/sim"
)

// Values of Kafka's own UtilsTest.
func TestMurmur2(t *testing.T) {
	for key, want := range map[string]int32{
		"21": -973932308, "foobar": -790332482, "abc": 479470107,
		"a-little-bit-long-string": -985981536, "a-little-bit-longer-string": -1486304829,
		"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
	} {
		assert.Equal(t, want, Murmur2([]byte(key)), key)
	}
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

// Values of Flink's BoundedOutOfOrdernessWatermarksTest and
// WatermarkOutputMultiplexerTest; a millisecond there is a tick here.
func TestWatermark(t *testing.T) {
	var w Watermark
	assert.Equal(t, NoWatermark, w.Value(10))
	w.Observe(1337, 0)
	assert.Equal(t, sim.Time(1326), w.Value(10))
	for _, at := range []sim.Time{12345, 12300, 12340, 12280} {
		w.Observe(at, 0)
	}
	assert.Equal(t, sim.Time(12334), w.Value(10))
}

func TestCombinedWatermarkLeavesOutIdleInputsAndNeverFalls(t *testing.T) {
	c := NewCombined(3)
	c.Inputs[0].Observe(3, 100)
	c.Inputs[1].Observe(6, 200)
	// The third is idle from the start: it last spoke at 0.
	assert.Equal(t, sim.Time(2), c.Advance(100, 0, 50))
	assert.Equal(t, sim.Time(5), c.Advance(201, 0, 50), "the first has gone idle")
	c.Inputs[0].Observe(4, 202)
	assert.Equal(t, sim.Time(5), c.Advance(202, 0, 50), "a watermark never falls")
}

const ms = time.Millisecond

// fired is what a window operator of counts put out.
type fired struct {
	window Window
	n      int
}

// counter is an operator that counts by key.
func counter(by Windowing, out *[]fired) *Windows[int, int] {
	return NewWindows(by, func(into *int, n int) { *into += n }, func(_ int, w Window, n int) { *out = append(*out, fired{w, n}) })
}

// Flink's WindowOperatorTest, tumbling windows of 2 s without lateness: at
// watermark 1985 an event of 1980 is kept, at 1999 two are put out under the
// timestamp 1999, and an event of 1998 is dropped.
func TestTumblingWindowAndLateRecord(t *testing.T) {
	var out []fired
	late := 0
	w := counter(Windowing{Shape: Tumbling, Size: 2000 * ms}, &out)
	w.Late = func(int, sim.Time, int) { late++ }
	add := func(at int) bool { return w.Add(1, sim.Time(at)*sim.Time(ms), 1) }
	// A watermark of the original's 1985 has seen all before 1986.
	watermark := func(at int) { w.Advance(sim.Time(at+1)*sim.Time(ms) - 1) }
	assert.True(t, add(1000))
	watermark(1985)
	assert.True(t, add(1980))
	assert.Empty(t, out)
	watermark(1999)
	assert.Equal(t, []fired{{Window{0, sim.Time(2000 * ms)}, 2}}, out)
	assert.Equal(t, sim.Time(2000*ms)-1, out[0].window.last())
	assert.False(t, add(1998))
	assert.Equal(t, 1, late)
	watermark(2999)
	assert.Len(t, out, 1)
	assert.Equal(t, WindowCounts{Added: 3, Taken: 2, Late: 1, Fired: 1}, w.Counts())
	assert.Zero(t, w.Open())
}

// Flink's testLateness: with 500 ms of lateness the event of 1998 at watermark
// 2000 fires its window again, and that of 1998 at 3000 comes too late.
func TestLatenessFiresAgain(t *testing.T) {
	var out []fired
	w := counter(Windowing{Shape: Tumbling, Size: 2000 * ms, Lateness: 500 * ms}, &out)
	at := func(n int) sim.Time { return sim.Time(n) * sim.Time(ms) }
	w.Add(1, at(500), 1)
	w.Advance(at(1500))
	w.Add(1, at(1300), 1)
	w.Advance(at(2300))
	w.Add(1, at(1997), 1)
	assert.Equal(t, []fired{{Window{0, at(2000)}, 2}, {Window{0, at(2000)}, 3}}, out)
	w.Advance(at(6000))
	assert.False(t, w.Add(1, at(1998), 1))
	assert.Equal(t, WindowCounts{Added: 4, Taken: 3, Late: 1, Fired: 2, Again: 1}, w.Counts())
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
