package plots

import (
	"math"
	"slices"
	"time"

	"gonum.org/v1/plot"

	"feedloop/sim"
)

// scale is the range of an axis with the places worth naming.
type scale struct {
	min, max float64
	log      bool
	ticks    []plot.Tick
}

// apply sets up a gonum axis.
func (s scale) apply(a *plot.Axis) {
	a.Min, a.Max = s.min, s.max
	a.Tick.Marker = plot.ConstantTicks(s.ticks)
	if s.log {
		a.Scale = plot.LogScale{}
	}
}

// share is how far along the axis a value lies: 0 at its start, 1 at its end.
func (s scale) share(x float64) float64 {
	if s.log {
		return math.Log(max(x, s.min)/s.min) / math.Log(s.max/s.min)
	}
	return (x - s.min) / (s.max - s.min)
}

// clamp brings a value into the range.
func (s scale) clamp(x float64) float64 { return min(max(x, s.min), s.max) }

// linear returns a scale a little wider than lo to hi, labelled in the unit at
// n or more round numbers, as few as there can be. Zero is the end of the scale
// where leaving it out would exaggerate: when the range is more than half of it.
func linear(lo, hi float64, unit string, n int) scale {
	if !finite(lo) || !finite(hi) { // no axis reaches there, and steps towards it never end
		lo, hi = 0, 1
	}
	if near(lo, hi) {
		lo, hi = lo-math.Abs(lo)/10, hi+math.Abs(hi)/10
	}
	if lo == hi { // both zero
		hi = 1
	}
	s := scale{min: lo - (hi-lo)*air, max: hi + (hi-lo)*air}
	if lo >= 0 && lo <= hi/2 {
		s.min = 0
	}
	if hi <= 0 && hi >= lo/2 {
		s.max = 0
	}
	for parts := 1; len(s.ticks) < n; parts++ {
		s.ticks = roundTicks(s.min, s.max, roundStep((s.max-s.min)/float64(parts), unit), unit)
	}
	return s
}

// near tells whether two numbers differ by no more than rounding does, so that
// there is nothing between them to label.
func near(lo, hi float64) bool {
	const noise = 1e-9 // some million times what a float64 rounds off
	return math.Abs(hi-lo) <= noise*max(math.Abs(lo), math.Abs(hi))
}

// air is the share of a range left free above and below it.
const air = .06

// finite tells a number that an axis can show.
func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// roundTicks labels the multiples of a step from lo to hi.
func roundTicks(lo, hi, step float64, unit string) []plot.Tick {
	var ticks []plot.Tick
	const slack = 1e-9 // of a step: a multiple that rounding pushed out is in
	for i := math.Ceil(lo/step - slack); i*step <= hi+step*slack; i++ {
		ticks = append(ticks, plot.Tick{Value: i * step, Label: formatTick(i*step, step, unit)})
	}
	return ticks
}

// roundStep is the smallest round number not below a rough step: 1, 2, 2.5 or
// 5 times a power of ten, or a round piece of time.
func roundStep(rough float64, unit string) float64 {
	if unit == "s" && rough > 1 {
		return roundTime(rough)
	}
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*power >= rough*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// clock lists the round pieces of time, in seconds.
var clock = seconds(
	time.Second, 2*time.Second, 5*time.Second, 10*time.Second, 30*time.Second,
	time.Minute, 2*time.Minute, 5*time.Minute, 10*time.Minute, 30*time.Minute,
	time.Hour, 2*time.Hour, 3*time.Hour, 6*time.Hour, 12*time.Hour,
	sim.Day, 2*sim.Day, sim.Week, 2*sim.Week, 4*sim.Week)

func seconds(ds ...time.Duration) []float64 {
	s := make([]float64, len(ds))
	for i, d := range ds {
		s[i] = d.Seconds()
	}
	return s
}

// roundTime is the smallest round piece of time not below rough seconds.
func roundTime(rough float64) float64 {
	i, _ := slices.BinarySearch(clock, rough*(1-1e-9))
	if i < len(clock) {
		return clock[i]
	}
	week := sim.Week.Seconds()
	return math.Ceil(rough/(4*week)) * 4 * week
}

// timeAxis is the simulated time from 0 to span seconds, labelled at no more
// than n round pieces.
func timeAxis(span float64, n int) scale {
	step := roundTime(span / float64(n))
	s := scale{max: span}
	for t := 0.0; t <= span; t += step {
		s.ticks = append(s.ticks, plot.Tick{Value: t, Label: formatTick(t, step, "s")})
	}
	return s
}

// logarithmic returns a scale a little wider than lo to hi, both positive. It is
// labelled at powers of ten, or for seconds at the pieces of time people think
// in; where fewer than three of the coarse ones fall inside, at finer ones, and
// where fewer than two of those do, at their doubles and halves.
func logarithmic(lo, hi float64, unit string) scale {
	s := scale{min: lo / 1.3, max: hi * 1.3, log: true}
	marks := [][]float64{thousands, tens, steps}
	if unit == "s" {
		marks = [][]float64{units, finer}
	}
	for i, mark := range marks {
		s.ticks = nil
		for _, x := range mark {
			if s.min <= x && x <= s.max {
				s.ticks = append(s.ticks, plot.Tick{Value: x, Label: formatTick(x, x, unit)})
			}
		}
		if len(s.ticks) >= 3-i {
			break
		}
	}
	return s
}

// The marks of logarithmic axes, coarse, fine and finest.
var (
	thousands = powers(3)
	tens      = powers(1)
	steps     = slices.Sorted(slices.Values(slices.Concat(tens, times(2, tens), times(5, tens))))

	units = seconds(time.Microsecond, time.Millisecond, time.Second, time.Minute, time.Hour, sim.Day, 30*sim.Day)
	finer = seconds(time.Millisecond, 10*time.Millisecond, 100*time.Millisecond, time.Second, 10*time.Second,
		time.Minute, 10*time.Minute, time.Hour, 6*time.Hour, sim.Day, sim.Week, 30*sim.Day)
)

// times multiplies every number by x.
func times(x float64, all []float64) []float64 {
	out := slices.Clone(all)
	for i := range out {
		out[i] *= x
	}
	return out
}

// powers lists 10^e for every step-th e from -9 to 12.
func powers(step int) (p []float64) {
	for e := -9; e <= 12; e += step {
		p = append(p, math.Pow(10, float64(e)))
	}
	return p
}
