package scenarios

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Bound is what an expectation demands of a number: the range it must lie in.
//
//	bound    = operator amount | "between" amount "and" amount
//	operator = ">" | ">=" | "<" | "<=" | "="
//	amount   = [ "+" | "-" ] number [ "%" | duration unit ]
//
// as in "> +3%", "< 200ms", "= 0", "between 0.9 and 1.1". A percentage beside
// `against`, `gap`, `lead_lost` or `since` is relative to what these name; of a single
// world it is meant for metrics that are shares.
type Bound struct {
	Low, High float64 // ±Inf for no end; percentages as fractions, durations in seconds
	Open      bool    // the ends themselves are outside, as for > and <
	Unit      Unit    // what the amounts were written in
	text      string  // as written
}

// Unit is what the amounts of a bound are written in.
type Unit uint8

// The units.
const (
	Plain   Unit = iota // the metric's own unit
	Percent             // a share, of the whole or of what is compared with
	Seconds             // time, however it was written
)

var (
	boundForm   = regexp.MustCompile(`^(>=|<=|>|<|=)\s*(\S+)$`)
	betweenForm = regexp.MustCompile(`^between\s+(\S+)\s+and\s+(\S+)$`)
)

// Want describes the accepted texts.
func (Bound) Want() string {
	return `a bound such as "> +3%", "< 200ms", "= 0" or "between 0.9 and 1.1"`
}

// String returns the bound as it was written.
func (b Bound) String() string { return b.text }

// MarshalText returns the bound as it was written.
func (b Bound) MarshalText() ([]byte, error) { return []byte(b.text), nil }

// UnmarshalText reads a bound by the grammar above.
func (b *Bound) UnmarshalText(text []byte) error {
	*b = Bound{Low: math.Inf(-1), High: math.Inf(1), text: string(text)}
	if m := betweenForm.FindStringSubmatch(b.text); m != nil {
		return b.between(m[1], m[2])
	}
	m := boundForm.FindStringSubmatch(b.text)
	if m == nil {
		return fmt.Errorf("one of > >= < <= = and a number, or `between a and b`")
	}
	amount, unit, err := parseAmount(m[2])
	if err != nil {
		return err
	}
	b.Unit = unit
	switch m[1] {
	case ">":
		b.Low, b.Open = amount, true
	case ">=":
		b.Low = amount
	case "<":
		b.High, b.Open = amount, true
	case "<=":
		b.High = amount
	case "=":
		b.Low, b.High = amount, amount
	}
	return nil
}

// between reads the two ends of a range.
func (b *Bound) between(from, to string) error {
	low, unit, err := parseAmount(from)
	if err != nil {
		return err
	}
	high, other, err := parseAmount(to)
	switch {
	case err != nil:
		return err
	case unit != other:
		return fmt.Errorf("give %s and %s the same kind of unit", from, to)
	case low > high:
		return fmt.Errorf("the smaller end comes first: did you mean `between %s and %s`?", to, from)
	}
	b.Low, b.High, b.Unit = low, high, unit
	return nil
}

// parseAmount reads a number with its unit.
func parseAmount(text string) (float64, Unit, error) {
	unsigned := strings.TrimLeft(text, "+-")
	number, percent := strings.CutSuffix(text, "%")
	switch {
	case floatForm.MatchString(number):
		x, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return 0, Plain, fmt.Errorf("%s is too large", text)
		}
		if percent {
			return x / 100, Percent, nil
		}
		return x, Plain, nil
	case len(text)-len(unsigned) <= 1:
		if d, ok := parseDuration(unsigned); ok {
			if strings.HasPrefix(text, "-") {
				d = -d
			}
			return d.Seconds(), Seconds, nil
		}
	}
	return 0, Plain, fmt.Errorf("%s is no number, percentage or duration", written(text))
}

// metricSeconds is the length of the units of time that metrics are measured
// in.
var metricSeconds = map[string]float64{
	"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "h": 3600, "d": 86400,
}

// In returns the bound in the unit of a metric. A bound on a comparison that
// is written in percent is relative, and has no unit to convert to.
func (b Bound) In(unit string, comparison bool) (Bound, error) {
	seconds, isTime := metricSeconds[unit]
	switch {
	case b.Unit == Percent && !comparison && unit != "share" && unit != "%":
		return b, fmt.Errorf("a percentage of what? the metric is measured in %s; to compare worlds add `against:`", unitName(unit))
	case b.Unit == Percent && !comparison && unit == "%":
		return b.scaled(100), nil
	case b.Unit == Seconds && !isTime:
		return b, fmt.Errorf("the metric is measured in %s, not in time", unitName(unit))
	case b.Unit == Seconds:
		return b.scaled(1 / seconds), nil
	case b.Unit == Plain && isTime && !b.isZero():
		return b, fmt.Errorf("which unit? the metric is measured in %s: write `%s%s`", unit, b.text, strings.Replace(unit, "min", "m", 1))
	}
	return b, nil
}

// isZero reports whether the only amount is 0, which needs no unit.
func (b Bound) isZero() bool {
	return (b.Low == 0 || math.IsInf(b.Low, -1)) && (b.High == 0 || math.IsInf(b.High, 1))
}

// unitName is a metric's unit as a sentence names it.
func unitName(unit string) string {
	if unit == "1" {
		return "pure numbers"
	}
	return unit
}

func (b Bound) scaled(by float64) Bound {
	b.Low *= by
	b.High *= by
	return b
}

// Holds reports whether a number lies within the bound.
func (b Bound) Holds(x float64) bool {
	if b.Open {
		return x > b.Low && x < b.High || x > b.Low && math.IsInf(b.High, 1) || x < b.High && math.IsInf(b.Low, -1)
	}
	return x >= b.Low && x <= b.High
}

// HoldsAll reports whether a whole interval lies within the bound: the test
// for an estimate of which only an interval is known.
func (b Bound) HoldsAll(low, high float64) bool { return low <= high && b.Holds(low) && b.Holds(high) }

// HoldsNone reports whether a whole interval lies outside the bound, so that
// more replicates would not help.
func (b Bound) HoldsNone(low, high float64) bool {
	if b.Open {
		return high <= b.Low || low >= b.High
	}
	return high < b.Low || low > b.High
}

// Misses returns by how much a number lies outside the bound; negative inside,
// the nearer to an end the closer to zero.
func (b Bound) Misses(x float64) float64 { return max(b.Low-x, x-b.High) }
