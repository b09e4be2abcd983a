package stream

import (
	"math"
	"time"

	"feedloop/sim"
)

// NoWatermark is the watermark of an input that has seen nothing.
const NoWatermark sim.Time = math.MinInt64

// Watermark follows one input: the newest event time less a bound on disorder,
// less one (Flink's bounded-out-of-orderness strategy). The zero value has
// seen nothing.
type Watermark struct {
	newest sim.Time
	some   bool
	// last is when the input last spoke, by the processing clock.
	last sim.Time
}

// Observe takes the event time of a record that is read at now.
func (w *Watermark) Observe(at, now sim.Time) {
	if !w.some || at > w.newest {
		w.newest = at
	}
	w.some, w.last = true, now
}

// Value returns the watermark under a bound on disorder.
func (w *Watermark) Value(bound time.Duration) sim.Time {
	if !w.some {
		return NoWatermark
	}
	return w.newest.Add(-bound) - 1
}

// Idle tells whether the input has been silent for longer than the limit.
func (w *Watermark) Idle(now sim.Time, limit time.Duration) bool { return now.Sub(w.last) > limit }

// Combined is the watermark of an operator with several inputs: the minimum
// over those that are not idle, and it never falls back. The zero value of
// current is given by [NewCombined].
type Combined struct {
	Inputs  []Watermark
	current sim.Time
}

// NewCombined returns the watermark over n inputs.
func NewCombined(n int) *Combined {
	return &Combined{Inputs: make([]Watermark, n), current: NoWatermark}
}

// Advance recomputes the watermark at now and returns it. When all inputs are
// idle it stays where it was.
func (c *Combined) Advance(now sim.Time, bound, idle time.Duration) sim.Time {
	low, some := sim.Time(math.MaxInt64), false
	for i := range c.Inputs {
		if w := &c.Inputs[i]; !w.Idle(now, idle) {
			low, some = min(low, w.Value(bound)), true
		}
	}
	if some && low > c.current {
		c.current = low
	}
	return c.current
}

// clone returns a copy that shares nothing.
func (c *Combined) clone() Combined {
	return Combined{Inputs: append([]Watermark(nil), c.Inputs...), current: c.current}
}

// assign makes c what other is; they share nothing after it either.
func (c *Combined) assign(other *Combined) {
	copy(c.Inputs, other.Inputs)
	c.current = other.current
}
