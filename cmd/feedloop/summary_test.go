package main

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/scenarios/score"
	"feedloop/sim"
	"feedloop/sim/record"
)

var rewrite = flag.Bool("rewrite", false, "rewrite testdata with what is printed now")

// counters is the summary of a finished study, with one of everything.
func counters() score.Summary {
	return score.Summary{
		Scenario:   "stale-counters",
		Question:   "Is it worth refreshing post counters every minute instead of every night?",
		Answer:     "Refreshing by the minute raises true value by 4.1 % and costs three times the compute.",
		Verdict:    score.NotHeld,
		Seed:       42,
		Replicates: 5,
		Span:       record.Length(21 * sim.Day),
		Warmup:     record.Length(3 * sim.Day),
		Requests:   63_123,
		Worlds:     []string{"nightly", "minutely"},
		Expectations: []score.Expectation{
			{Metric: "true_value_per_person_day", World: "minutely", Beside: "against nightly", Is: "> +3%", Verdict: score.Held,
				Value: score.Value{Estimate: .041, Low: .032, High: .05, N: 5}, Unit: "share"},
			{Metric: "serving.latency.p99", World: "minutely", Is: "< 200ms", Every: "1h", Verdict: score.NotHeld,
				Value: score.Value{Estimate: 312.4}, Unit: "ms", Windows: 2160, Broken: 3,
				First: sim.Time(12*sim.Day + 3*sim.Day/24), Last: sim.Time(12*sim.Day + 9*sim.Day/24)},
			{Metric: "ranking.calibration_error", World: "minutely", Is: "< 0.10", Verdict: score.NotHeld, Undecided: true,
				Value: score.Value{Estimate: .096, Low: .081, High: .111, N: 5}, Unit: "1"},
			{Metric: "rollout.time_to_detect", World: "minutely", Is: "< 6h", Verdict: score.NoData,
				Value: score.Value{Estimate: math.NaN(), Note: "no canary was started"}, Unit: "h"},
		},
		KeyMetrics: []score.KeyMetric{
			keyMetric("true_value_per_person_day", "value/person-day", 3.211, 3.343, .041, .009),
			keyMetric("serving.latency.p99", "ms", 184.2, 191.9, .04, .06),
			keyMetric("features.age.mean", "h", 11.8, .016, -.9986, .0001),
			keyMetric("ranking.calibration_error", "share", .12, .096, -.2, .05),
			keyMetric("ingestion.events.sum", "events", 1_204_211, 1_251_007, .0389, .002),
		},
		Funnels: []score.Funnel{funnelOf("nightly", .37, .01), funnelOf("minutely", .4, -.0004)},
		Moments: []score.Moment{
			{At: sim.Time(10 * sim.Day), World: "nightly", Kind: "event", Text: "creators.burst news × 5 for 18h", Replicates: 5},
			{At: sim.Time(12*sim.Day + sim.Day/3), World: "minutely", Kind: "fault", Text: "ingestion.stall for 40m", Replicates: 5},
			{At: sim.Time(12*sim.Day + sim.Day/2), World: "minutely", Kind: "rollback", Text: "ranker 7: calibration_error > 0.10 for 2h", Replicates: 2},
		},
		Warnings: []string{"Five replicates leave ranking.calibration_error undecided; ten would halve what is left of the doubt."},
		Next:     []string{"feedloop run stale-counters --replicates 10"},
	}
}

// funnelOf is the funnel of a world that kept a share and lost the rest in two places.
func funnelOf(world string, kept, rearranged float64) score.Funnel {
	value := func(x float64) score.Value { return score.Value{Estimate: x, Low: x - .01, High: x + .01, N: 5} }
	return score.Funnel{World: world, Kept: value(kept), Lost: []score.Lost{
		{Step: "not_found", Share: value(0)}, {Step: "too_young", Share: value(math.NaN())},
		{Step: "misranked", Share: value(1 - kept - rearranged)}, {Step: "rearranged", Share: value(rearranged)},
	}}
}

// keyMetric is a metric of two worlds with a symmetric interval of the difference.
func keyMetric(name, unit string, first, second, difference, half float64) score.KeyMetric {
	return score.KeyMetric{Name: name, Unit: unit,
		Values:      []score.Value{{Estimate: first}, {Estimate: second}},
		Differences: []score.Value{{}, {Estimate: difference, Low: difference - half, High: difference + half}},
	}
}

// TestPages compares the pages of made-up runs with what they looked like when somebody last read them.
func TestPages(t *testing.T) {
	learns := counters()
	learns.Scenario, learns.Worlds = "learns", []string{"newest", "learned", "oracle"}
	learns.Question, learns.Answer = "Does the ranker learn?", ""
	learns.Verdict, learns.Moments, learns.Warnings = score.Held, nil, nil
	learns.Expectations = []score.Expectation{{Metric: "true_value_per_person_day", World: "learned",
		Beside: "of the gap from newest to oracle", Is: "> 30%", Verdict: score.Held,
		Value: score.Value{Estimate: .412, Low: .331, High: .504, N: 5}, Unit: "share"}}
	for i := range learns.KeyMetrics {
		m := &learns.KeyMetrics[i]
		m.Values = append(m.Values, m.Values[1])
		m.Differences = append(m.Differences, m.Differences[1])
	}
	for name, s := range map[string]score.Summary{
		"counters": counters(),
		"learns":   learns,
		"nothing":  {Scenario: "nothing", Verdict: score.Held, Worlds: []string{"main"}, Replicates: 1, Incomplete: true},
		"crowded":  crowded(),
	} {
		file := filepath.Join("testdata", name+".txt")
		got := render(s, false)
		if *rewrite {
			require.NoError(t, os.WriteFile(file, got, 0o644))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), "read it, then go test ./cmd/feedloop -rewrite")
		requirePage(t, got)
	}
}

// crowded has more of everything than a page holds.
func crowded() score.Summary {
	s := counters()
	for len(s.Expectations) < 30 {
		s.Expectations = append(s.Expectations, s.Expectations[:3]...)
	}
	for i := range 6 {
		s.Worlds = append(s.Worlds, fmt.Sprintf("every-%d-minutes", i+2))
		for j := range s.KeyMetrics {
			m := &s.KeyMetrics[j]
			m.Values = append(m.Values, m.Values[1])
			m.Differences = append(m.Differences, m.Differences[1])
		}
	}
	s.KeyMetrics = append(s.KeyMetrics, s.KeyMetrics...)
	for len(s.Moments) < 40 {
		s.Moments = append(s.Moments, s.Moments...)
	}
	s.Question = strings.Repeat(s.Question+" ", 5)
	s.Warnings = append(s.Warnings, s.Question, s.Question, s.Question)
	return s
}

// TestPageFits: whatever a run says, it fits the page. The limits are experience, not layout: what scrolls away is not read.
func TestPageFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := crowded()
		s.Expectations = s.Expectations[:rapid.IntRange(0, len(s.Expectations)).Draw(t, "expectations")]
		s.Worlds = s.Worlds[:rapid.IntRange(1, len(s.Worlds)).Draw(t, "worlds")]
		s.KeyMetrics = s.KeyMetrics[:rapid.IntRange(0, len(s.KeyMetrics)).Draw(t, "metrics")]
		s.Funnels = s.Funnels[:rapid.IntRange(0, 2).Draw(t, "funnels")]
		s.Moments = s.Moments[:rapid.IntRange(0, len(s.Moments)).Draw(t, "moments")]
		s.Warnings = s.Warnings[:rapid.IntRange(0, len(s.Warnings)).Draw(t, "warnings")]
		requirePage(t, render(s, rapid.Bool().Draw(t, "colour")))
	})
}

// requirePage checks the limits of a page, which has no loose ends.
func requirePage(t require.TestingT, page []byte) {
	lines := strings.Split(strings.TrimSuffix(string(page), "\n"), "\n")
	require.LessOrEqual(t, len(lines), pageLines, "%s", page)
	for _, line := range lines {
		require.LessOrEqual(t, text.StringWidthWithoutEscSequences(line), pageWidth, "%s", line)
		require.Equal(t, strings.TrimRight(line, " "), line)
	}
}

func TestQuantity(t *testing.T) {
	for _, test := range []struct{ want, got string }{
		{"–", quantity(math.NaN(), "ms")},
		{"184 ms", quantity(184.23, "ms")},
		{"12.3 %", quantity(.12345, "share")},
		{"1,204,211", quantity(1_204_211, "events")},
		{"1,000", significant(999.6)},
		{"0.0123", significant(.012345)},
		{"1.2e-05", significant(.000012)},
		{"-3.5", significant(-3.5)},
		{"0", significant(0)},
		{"-∞", significant(math.Inf(-1))},
		{"100", significant(99.96)},
		{"-1,234,567", grouped(-1_234_567)},
		{"-123", grouped(-123)},
		{"999", grouped(999)},
		{"1 world", count(1, "world")},
		{"+4.1 %", signed(.041, "share")},
		{"-4.1 %", signed(-.041, "share")},
		{"4.1 % [3.2, 5]", within(score.Value{Estimate: .041, Low: .032, High: .05}, "share")},
		{"7 ms", within(score.Value{Estimate: 7, Low: math.Inf(-1), High: math.Inf(1)}, "ms")},
		{"+4.1 % ±0.9", differing(score.Value{Estimate: .041, Low: .032, High: .05})},
		{"~", differing(score.Value{Estimate: .041, Low: -.032, High: .05})},
		{"~", differing(score.Value{Estimate: .041, Low: math.Inf(-1), High: math.Inf(1)})},
		{"–", differing(score.Value{Estimate: math.NaN(), Low: math.Inf(-1), High: math.Inf(1)})},
	} {
		require.Equal(t, test.want, test.got)
	}
}
