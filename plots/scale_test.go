package plots

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"gonum.org/v1/plot"
	"pgregory.net/rapid"

	"feedloop/sim"
)

// TestLinearHoldsItsData: whatever the range, the data lie inside the scale,
// so do the ticks, there are enough of them and no two read the same.
func TestLinearHoldsItsData(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		magnitude := math.Pow(10, rapid.Float64Range(-3, 6).Draw(t, "magnitude"))
		lo := rapid.Float64Range(-1, 1).Draw(t, "low") * magnitude
		hi := lo + rapid.Float64Range(.01, 1).Draw(t, "range")*magnitude
		unit := rapid.SampledFrom([]string{"1", "share", "s", "ms"}).Draw(t, "unit")
		if unit == "s" {
			lo, hi = math.Abs(lo), math.Abs(lo)+hi-lo
		}
		s := linear(lo, hi, unit, 3)
		if s.min > lo || s.max < hi {
			t.Fatalf("data from %v to %v outside of %v to %v", lo, hi, s.min, s.max)
		}
		checkTicks(t, s, 3)
	})
}

// TestLinearOfNextToNothing: a range of any width has a scale around it, down to
// one that only rounding left, where steps of its size would go nowhere.
func TestLinearOfNextToNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lo := rapid.Float64Range(-1, 1).Draw(t, "low")
		hi := lo + math.Pow(10, rapid.Float64Range(-18, -2).Draw(t, "range"))
		s := linear(lo, hi, "1", 3)
		if s.min > lo || s.max < hi || len(s.ticks) < 3 || len(s.ticks) > 20 {
			t.Fatalf("%d ticks from %v to %v", len(s.ticks), s.min, s.max)
		}
	})
}

// checkTicks demands n ticks inside a scale, in order, with different labels.
func checkTicks(t *rapid.T, s scale, n int) {
	if len(s.ticks) < n {
		t.Fatalf("%d ticks from %v to %v", len(s.ticks), s.min, s.max)
	}
	slack := (s.max - s.min) * 1e-6
	for i, tick := range s.ticks {
		if tick.Value < s.min-slack || tick.Value > s.max+slack {
			t.Fatalf("tick %v is outside of %v to %v", tick.Value, s.min, s.max)
		}
		if i > 0 && (tick.Value <= s.ticks[i-1].Value || tick.Label == s.ticks[i-1].Label) {
			t.Fatalf("ticks %v and %v", s.ticks[i-1], tick)
		}
	}
}

func TestLinearKnowsZero(t *testing.T) {
	assert.Zero(t, linear(10, 100, "1", 3).min, "a range of more than half of its end starts at zero")
	assert.Greater(t, linear(90, 100, "1", 3).min, 80.0)
	assert.Zero(t, linear(0, 0, "share", 3).min)
	flat := linear(5, 5, "1", 3)
	assert.True(t, flat.min < 5 && flat.max > 5, "a constant has a scale around it")
	assert.InDeltaSlice(t, spanOf(flat), spanOf(linear(5, math.Nextafter(5, 6), "1", 3)), 1e-9, "so has one that rounding moves")
}

func spanOf(s scale) []float64 { return []float64{s.min, s.max} }

func TestTimeAxis(t *testing.T) {
	for _, c := range []struct {
		span  time.Duration
		n     int
		label []string
	}{
		{10 * sim.Day, 5, []string{"0", "2 d", "4 d", "6 d", "8 d", "10 d"}},
		{sim.Day, 4, []string{"0", "6 h", "12 h", "18 h", "1 d"}},
		{20 * time.Minute, 4, []string{"0", "5 min", "10 min", "15 min", "20 min"}},
		{400 * sim.Day, 4, []string{"0", "112 d", "224 d", "336 d"}},
	} {
		s := timeAxis(c.span.Seconds(), c.n)
		assert.Equal(t, c.label, labels(s.ticks))
		assert.Equal(t, c.span.Seconds(), s.max)
	}
}

func TestLogarithmic(t *testing.T) {
	assert.Equal(t, []string{"1 s", "1 min", "1 h", "1 d"}, labels(logarithmic(.9, 90000, "s").ticks), "coarse marks over decades")
	assert.Equal(t, []string{"10 s", "1 min", "10 min"}, labels(logarithmic(8, 900, "s").ticks), "fine ones over few")
	assert.Equal(t, []string{"1", "10", "100", "1000"}, labels(logarithmic(1.3, 1500, "1").ticks))
	assert.Equal(t, []string{"5 %", "10 %", "20 %", "50 %"}, labels(logarithmic(.04, .5, "share").ticks), "one mark says nothing")
	s := logarithmic(10, 1000, "1")
	assert.InDelta(t, .5, s.share(100), 1e-12)
	assert.Zero(t, s.share(-1), "what is not positive lies at the lower end")
}

func labels(ticks []plot.Tick) []string {
	var words []string
	for _, t := range ticks {
		words = append(words, t.Label)
	}
	return words
}

func TestFormat(t *testing.T) {
	for want, got := range map[string]string{
		"0":        formatAge(0),
		"250 ms":   formatAge(.25),
		"30 s":     formatAge(30),
		"1.5 h":    formatAge(5400),
		"1 h":      formatAge(3599),
		"3 d":      formatAge(3 * 86400),
		"12.3 %":   formatValue(.1234, "share"),
		"143 ms":   formatValue(142.7, "ms"),
		"14.5":     formatValue(14.52, "value"),
		"1.50":     formatValue(1.5, "value"),
		"12.3k":    formatValue(12345, "posts"),
		"1.20M":    formatValue(1.2e6, "posts"),
		"0.000123": formatValue(.000123, "1"),
		"–3.00":    formatValue(-3, "1"),
		"no data":  formatValue(math.NaN(), "1"),
		"+3.2 %":   formatPercent(.032),
		"–0.02 %":  formatPercent(-.0002),
		"0 %":      formatPercent(0),
		"+250 %":   formatPercent(2.5),
		"20 %":     formatTick(.2, .1, "share"),
		"2.5 %":    formatTick(.025, .025, "share"),
		"15k":      formatTick(15000, 5000, "1"),
		"0.25":     formatTick(.25, .05, "1"),
	} {
		assert.Equal(t, want, got)
	}
	assert.Equal(t, "no data", formatValue(math.Inf(1), "posts"))
	assert.Equal(t, "0.0", fixed(-.01, 1), "zero has no sign")
}

func TestFormatMoment(t *testing.T) {
	for _, c := range []struct {
		at, step float64
		want     string
	}{
		{0, 3600, "0"}, {4200, 600, "70 min"}, {129600, 43200, "1.5 d"}, {97200, 10800, "27 h"},
		{10.05, .05, "10.05 s"}, {.25, .25, "250 ms"}, {86400, 86400, "1 d"}, {10, 10, "10 s"},
	} {
		assert.Equal(t, c.want, formatMoment(c.at, c.step))
	}
}

// A metric may be infinite, and a step towards infinity never arrives.
func TestAnAxisEndsWhereNumbersEnd(t *testing.T) {
	for _, ends := range [][2]float64{{0, math.Inf(1)}, {math.Inf(-1), 3}, {math.NaN(), 1}} {
		s := linear(ends[0], ends[1], "ms", 3)
		assert.True(t, finite(s.min) && finite(s.max) && len(s.ticks) >= 3, "%v: %v", ends, s)
	}
}

// What claims to be younger than now is seen, however old the rest.
func TestAgesBelowZeroAreOnTheScale(t *testing.T) {
	curveOf := func(ages ...float64) []strand {
		var c curve
		for i, age := range ages {
			c = append(c, point{at: float64(i + 1), mean: age})
		}
		return []strand{{curve: c}}
	}
	assert.True(t, ageScale(curveOf(1, 100, 3600)).log)
	s := ageScale(curveOf(1, 100, 3600, -86000))
	assert.False(t, s.log)
	assert.Less(t, s.min, -86000.)
	assert.Greater(t, s.max, 3600.)
	assert.Zero(t, ageScale(curveOf(30, 50)).min)
}
