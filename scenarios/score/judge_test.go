package score

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/scenarios"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/stats"
)

var (
	judgedValue   = record.Metric{Name: "true_judged", Unit: "value", Definition: "x", Knower: record.Simulator, Of: record.Average, Better: record.Up}
	judgedLatency = record.Metric{Name: "judged.latency", Unit: "ms", Definition: "x", Of: record.Average, Better: record.Down}
)

// lived is a run of hand-made totals, by world and replicate.
func lived(t *testing.T, totals map[string][]float64) *record.Run {
	t.Helper()
	m := record.Manifest{Scenario: "judged", Window: record.Length(time.Hour), Span: record.Length(4 * time.Hour), Warmup: record.Length(time.Hour)}
	var results []record.Result
	for _, world := range []string{"a", "b", "c"} {
		if len(totals[world]) == 0 {
			continue
		}
		m.Worlds = append(m.Worlds, world)
		m.Replicates = len(totals[world])
		for r, total := range totals[world] {
			result := record.Result{
				World: world, Replicate: r, Metrics: []record.Metric{judgedLatency, judgedValue}, Totals: []float64{10, total},
			}
			for i := range 4 { // the first window is warm-up
				result.Series.End = append(result.Series.End, sim.Time(i+1)*sim.Time(time.Hour))
			}
			result.Series.Columns = [][]float64{{900, 10, 20, 10}, {total, total, total, total}}
			results = append(results, result)
		}
	}
	run, err := record.Assemble(m, []byte("name: judged\n"), results)
	require.NoError(t, err)
	return run
}

// judgeOne judges one expectation, written as in a scenario.
func judgeOne(t *testing.T, expect string, totals map[string][]float64) Expectation {
	t.Helper()
	var metrics record.Catalogue
	metrics.Register(judgedValue)
	metrics.Register(judgedLatency)
	text := "name: judged\nclock: {run: 4h, warmup: 1h}\nrecord: {series: 1h}\nworlds: {a: {}, b: {}, c: {}}\nexpect:\n  - " + expect + "\n"
	s, err := scenarios.Parse("judged.yaml", []byte(text), nil, scenarios.Vocabulary{Metrics: &metrics})
	require.NoError(t, err)
	summary := Judge(s, lived(t, totals))
	require.Len(t, summary.Expectations, 1)
	return summary.Expectations[0]
}

func TestComparisonsAreJudgedOnTheirWholeInterval(t *testing.T) {
	up := map[string][]float64{"a": {20, 22, 24}, "b": {10, 11, 12}, "c": {0, 0, 0}}
	noisy := map[string][]float64{"a": {2, 9, 1}, "b": {1, 2, 3}, "c": {0, 0, 0}}
	negative := map[string][]float64{"a": {-4, -4.1, -4.2}, "b": {-1, -1.1, -1.2}, "c": {5, 5, 5}}
	for _, c := range []struct {
		expect    string
		totals    map[string][]float64
		verdict   Verdict
		undecided bool
		estimate  float64
	}{
		{`{metric: true_judged, world: a, against: b, is: "> +90%"}`, up, Held, false, 1},
		{`{metric: true_judged, world: a, against: b, is: "> +110%"}`, up, NotHeld, false, 1},
		{`{metric: true_judged, world: a, against: b, is: "> 0"}`, up, Held, false, 11},
		{`{metric: true_judged, world: a, against: b, is: "> 0"}`, noisy, NotHeld, true, 2},
		{`{metric: true_judged, world: a, against: b, is: "> +3%"}`, negative, NoData, false, math.NaN()},
		{`{metric: true_judged, world: a, against: b, is: "< 0"}`, negative, Held, false, -3},
		{`{metric: true_judged, world: b, gap: {from: a, to: c}, is: "> 30%"}`, negative, Held, false, 3 / 9.1},
		{`{metric: true_judged, world: b, gap: {from: c, to: a}, is: "> 30%"}`, negative, NoData, false, math.NaN()},
		{`{metric: true_judged, world: c, lead_lost: {by: b, over: a}, is: "> 50%"}`, negative, Held, false, 6.1 / 9.1},
		{`{metric: true_judged, world: a, lead_lost: {by: b, over: c}, is: "> 50%"}`, negative, NoData, false, math.NaN()},
		{`{metric: true_judged, world: a, against: b, is: "> 0%"}`, map[string][]float64{"a": {2}, "b": {1}, "c": {0}}, NoData, false, math.NaN()},
		{`{metric: true_judged, world: a, is: "> 1"}`, map[string][]float64{"a": {2}, "b": {1}, "c": {0}}, Held, false, 2},
		{`{metric: true_judged, world: a, is: "> 1"}`, map[string][]float64{"a": {math.NaN(), math.NaN()}, "b": {1, 1}, "c": {0, 0}}, NoData, false, math.NaN()},
		{`{metric: judged.latency, world: a, is: "< 15ms", in_every: 1h}`, up, NotHeld, false, 20},
		{`{metric: judged.latency, world: a, is: "< 15ms", in_every: 3h}`, up, Held, false, 40. / 3},
		{`{metric: judged.latency, world: a, is: "> 400ms", during: {until: 2h}}`, up, Held, false, 455},
		{`{metric: judged.latency, world: a, is: "< 15ms", during: {from: 2h, until: 3h}}`, up, NotHeld, false, 20},
		{`{metric: true_judged, world: a, against: b, is: "> +90%", during: {from: 1h, until: 3h}}`, up, Held, false, 1},
	} {
		got := judgeOne(t, c.expect, c.totals)
		assert.Equal(t, c.verdict, got.Verdict, "%s of %v: %+v", c.expect, c.totals, got)
		assert.Equal(t, c.undecided, got.Undecided, c.expect)
		if math.IsNaN(c.estimate) {
			assert.True(t, math.IsNaN(got.Value.Estimate), "%s: %v", c.expect, got.Value)
		} else {
			assert.InDelta(t, c.estimate, got.Value.Estimate, 1e-9, c.expect)
		}
	}
}

// How far a world has come is what it is now less what it was in a stretch of its
// run, replicate by replicate; in percent, of that.
func TestAWorldIsJudgedAgainstItsPast(t *testing.T) {
	worlds := map[string][]float64{"a": {1, 1}, "b": {1, 1}, "c": {1, 1}}
	for _, c := range []struct {
		expect   string
		verdict  Verdict
		estimate float64
	}{ // the windows have 900, 10, 20 and 10, and the total is 10
		{`{metric: judged.latency, world: a, since: {from: 1h, until: 2h}, during: {from: 2h, until: 3h}, is: "> 5ms"}`, Held, 10},
		{`{metric: judged.latency, world: a, since: {from: 1h, until: 2h}, during: {from: 2h, until: 4h}, is: "> +49%"}`, Held, .5},
		{`{metric: judged.latency, world: a, since: {from: 1h, until: 2h}, during: {from: 2h, until: 3h}, is: "< 0"}`, NotHeld, 10},
		{`{metric: judged.latency, world: a, since: {until: 1h}, is: "< 0"}`, Held, -890},
	} {
		got := judgeOne(t, c.expect, worlds)
		assert.Equal(t, c.verdict, got.Verdict, c.expect)
		assert.InDelta(t, c.estimate, got.Value.Estimate, 1e-9, c.expect)
	}
	lone := map[string][]float64{"a": {1}, "b": {1}, "c": {1}}
	got := judgeOne(t, `{metric: judged.latency, world: a, since: {from: 1h, until: 2h}, is: "> 0"}`, lone)
	assert.Equal(t, NoData, got.Verdict, "one life tells nothing of luck")
	assert.Equal(t, "against its own 1h to 2h", got.Beside)
}

func TestWindowsSayWhenTheyBroke(t *testing.T) {
	got := judgeOne(t, `{metric: judged.latency, world: a, is: "< 15ms", in_every: 1h}`,
		map[string][]float64{"a": {1, 1}, "b": {1, 1}, "c": {1, 1}})
	assert.Equal(t, 6, got.Windows, "three measured windows in each of two replicates: the warm-up, far above the bound, is left out")
	assert.Equal(t, 2, got.Broken)
	assert.Equal(t, sim.Time(2*time.Hour), got.First)
	assert.Equal(t, sim.Time(2*time.Hour), got.Last)
}

func TestExpectationsOnWorldsThatWereNotSimulatedAreLeftOut(t *testing.T) {
	var metrics record.Catalogue
	metrics.Register(judgedValue)
	text := "name: judged\nworlds: {a: {}, b: {}}\nexpect:\n  - {metric: true_judged, world: a, against: b, is: \"> 0%\"}\n"
	s, err := scenarios.Parse("judged.yaml", []byte(text), nil, scenarios.Vocabulary{Metrics: &metrics})
	require.NoError(t, err)
	summary := Judge(s, lived(t, map[string][]float64{"a": {1, 2, 3, 4, 5}}))
	assert.Empty(t, summary.Expectations)
	assert.Equal(t, Held, summary.Verdict)
	require.NotEmpty(t, summary.Warnings)
	assert.Contains(t, summary.Warnings[0], "were not simulated")
}

func TestADifferenceIsWrittenInItsUnit(t *testing.T) {
	for unit, want := range map[string]string{"share": "+31.4 %", "ms": "+0.314 ms", "1": "+0.314"} {
		assert.Equal(t, want, change(stats.Interval{Estimate: .314}, unit))
	}
}
