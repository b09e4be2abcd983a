package simtest

import (
	"fmt"

	"feedloop/sim/stats"
)

// Agrees demands that a formula lies within the sample's own interval for the mean. At 99.99 %, about four standard
// errors, luck alone fails one check in ten thousand; and with the fixed seeds of a test only when a draw was changed.
// The sample must hold at least 100 values, or the interval is too wide to contradict anything.
func Agrees(t TB, sample []float64, formula float64, what string, args ...any) {
	t.Helper()
	i := stats.Mean(sample, 0.9999)
	if i.N < 100 {
		t.Errorf("%s: a sample of %d proves nothing", fmt.Sprintf(what, args...), i.N)
	}
	if i.Excludes(formula) {
		t.Errorf("%s: the formula says %.6g, the sample %v", fmt.Sprintf(what, args...), formula, i)
	}
}

// Identifies demands that a sample agrees with a formula at the value that a parameter was given, and would not agree if
// the parameter were five per cent off, either way: that the test could fail. The sample must be so large that five per cent
// are some six standard errors.
func Identifies(t TB, sample []float64, parameter float64, formula func(parameter float64) float64, what string, args ...any) {
	t.Helper()
	Agrees(t, sample, formula(parameter), what, args...)
	for _, wrong := range []float64{0.95 * parameter, 1.05 * parameter} {
		if i := stats.Mean(sample, 0.9999); !i.Excludes(formula(wrong)) {
			t.Errorf("%s: the sample %v would agree with a parameter of %.4g as well, for which the formula says %.6g",
				fmt.Sprintf(what, args...), i, wrong, formula(wrong))
		}
	}
}
