package plots

import (
	"math"
	"strconv"
	"strings"

	"feedloop/sim"
)

// formatTick writes the value of an axis tick, no finer than the step between
// ticks needs.
func formatTick(x, step float64, unit string) string {
	switch unit {
	case "share":
		return fixed(x*100, decimals(step*100)) + " %"
	case "s":
		return formatMoment(x, step)
	}
	if magnitude := math.Abs(step); magnitude > 0 {
		switch big := math.Max(math.Abs(x), magnitude); {
		case big >= 1e6 && x != 0:
			return fixed(x/1e6, decimals(step/1e6)) + "M"
		case big >= 1e4 && x != 0:
			return fixed(x/1e3, decimals(step/1e3)) + "k"
		}
	}
	return fixed(x, decimals(step))
}

// decimals is how many places a step of an axis shows, six at most.
func decimals(step float64) int {
	for d := range 6 {
		scaled := math.Abs(step) * math.Pow(10, float64(d))
		if math.Abs(scaled-math.Round(scaled)) < 1e-6*scaled {
			return d
		}
	}
	return 6
}

// fixed writes a number with an en dash for a minus sign (a PDF in code page
// 1252 has no other as wide) and never as "-0".
func fixed(x float64, places int) string {
	s := strconv.FormatFloat(x, 'f', places, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return strings.Replace(s, "-", "\u2013", 1)
}

// formatValue writes a single number to three figures, with its unit where the
// unit is short.
func formatValue(x float64, unit string) string {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return "no data"
	case unit == "share":
		return threeFigures(x*100) + " %"
	case unit == "s":
		return formatAge(x)
	case unit == "ms":
		return threeFigures(x) + " ms"
	}
	return threeFigures(x)
}

// threeFigures rounds to three figures and shortens thousands and millions.
func threeFigures(x float64) string {
	switch a := math.Abs(x); {
	case a >= 999.5e3:
		return threeFigures(x/1e6) + "M"
	case a >= 9995:
		return threeFigures(x/1e3) + "k"
	case a >= 99.95:
		return fixed(x, 0)
	case a >= 9.995:
		return fixed(x, 1)
	case a >= .9995 || a == 0:
		return fixed(x, 2)
	default:
		// .0123 and .000123 have three figures too, but not more than six places.
		return fixed(x, min(6, 2-int(math.Floor(math.Log10(a)))))
	}
}

// pieces of time with a name, in seconds, the longest first.
var pieces = []struct {
	seconds float64
	name    string
}{{sim.Day.Seconds(), "d"}, {3600, "h"}, {60, "min"}, {1, "s"}, {1e-3, "ms"}}

// formatAge writes seconds in the longest piece of time of which they are at
// least one, to three figures: "250 ms", "30 s", "10 min", "1.5 h", "3 d".
func formatAge(s float64) string {
	if s == 0 {
		return "0"
	}
	for _, p := range pieces {
		const rounds = .9995 // 3,599 s are 1 h
		if math.Abs(s) >= rounds*p.seconds {
			return trimmed(threeFigures(s/p.seconds)) + " " + p.name
		}
	}
	return trimmed(threeFigures(s*1e3)) + " ms"
}

// formatMoment writes the tick of a time axis in the longest piece of time of
// which it is at least one and the step a simple fraction: "1.5 d", "70 min".
func formatMoment(s, step float64) string {
	if s == 0 {
		return "0"
	}
	for _, p := range pieces {
		const simple = 2 // decimals
		places := decimals(step / p.seconds)
		if math.Abs(s) >= p.seconds*(1-1e-9) && places <= simple {
			return trimmed(fixed(s/p.seconds, places)) + " " + p.name
		}
	}
	return trimmed(fixed(s*1e3, decimals(step*1e3))) + " ms"
}

// trimmed drops the zeros at the end of a fraction.
func trimmed(number string) string {
	if strings.Contains(number, ".") {
		return strings.TrimRight(strings.TrimRight(number, "0"), ".")
	}
	return number
}

// formatPercent writes a relative change with its sign: "+3.2 %".
func formatPercent(x float64) string {
	var s string
	switch a := math.Abs(x) * 100; {
	case a == 0:
		return "0 %"
	case a >= 99.95:
		s = threeFigures(x * 100)
	case a >= .0995:
		s = fixed(x*100, 1)
	default:
		s = fixed(x*100, 2)
	}
	if x > 0 {
		s = "+" + s
	}
	return s + " %"
}
