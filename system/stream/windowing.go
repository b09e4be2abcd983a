package stream

import (
	"time"

	"feedloop/sim"
)

// Shape is how windows lie in event time.
type Shape string

// The shapes.
const (
	Tumbling Shape = "tumbling" // one after the other: a record is in one window
	Sliding  Shape = "sliding"  // a new one every slide: a record is in size/slide of them
	Session  Shape = "session"  // from the first record of a key to a gap after its last
)

// Values lists the shapes.
func (Shape) Values() []string { return []string{string(Tumbling), string(Sliding), string(Session)} }

// Windowing says which windows a record belongs to, and for how long they are
// kept for records that come late.
type Windowing struct {
	// Shape of the windows: tumbling, sliding or session. Default tumbling.
	Shape Shape `yaml:"shape"`
	// Size of a tumbling or sliding window; of a session, the gap that ends it.
	// Default 5m.
	Size time.Duration `yaml:"size"`
	// Slide is the time between the starts of sliding windows, size a whole
	// multiple of it. Default 1m.
	Slide time.Duration `yaml:"slide"`
	// Lateness is how long after its end a window still takes records, by the
	// watermark; it then fires again for each. What comes later goes to the side
	// output. Default 0s.
	Lateness time.Duration `yaml:"lateness"`
}

// DefaultWindowing returns tumbling windows of five minutes.
func DefaultWindowing() Windowing {
	return Windowing{Shape: Tumbling, Size: 5 * time.Minute, Slide: time.Minute}
}

// Validate returns everything that is wrong with w.
func (w Windowing) Validate() error {
	var v sim.Check
	v.That(w.Shape == Tumbling || w.Shape == Sliding || w.Shape == Session, "shape", w.Shape, "tumbling, sliding or session")
	v.That(w.Size > 0, "size", w.Size, "a positive duration")
	if w.Shape == Sliding {
		v.That(w.Slide > 0 && w.Slide <= w.Size && w.Size%max(w.Slide, 1) == 0, "slide", w.Slide, "a whole part of size")
	}
	v.That(w.Lateness >= 0, "lateness", w.Lateness, "0 or more")
	return v.Err()
}

// Window is a stretch of event time, [Start, End).
type Window struct{ Start, End sim.Time }

// last is the newest event time that belongs to the window.
func (w Window) last() sim.Time { return w.End - 1 }

// meets tells whether two session windows are one: they overlap or touch.
func (w Window) meets(v Window) bool { return w.Start <= v.End && v.Start <= w.End }

// cover is the window from the earlier start to the later end.
func (w Window) cover(v Window) Window { return Window{min(w.Start, v.Start), max(w.End, v.End)} }

// first returns the last window that starts at or before a moment: the tumbling
// one it belongs to, the newest of the sliding ones, or a session of its own.
func (w Windowing) first(at sim.Time) Window {
	step := w.Size
	switch w.Shape {
	case Session:
		return Window{at, at.Add(w.Size)}
	case Sliding:
		step = w.Slide
	}
	into := at % sim.Time(step)
	if into < 0 { // before the scenario's start: devices whose clock is slow
		into += sim.Time(step)
	}
	start := at - into
	return Window{start, start.Add(w.Size)}
}
