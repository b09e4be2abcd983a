package score

import (
	"fmt"
	"slices"

	"feedloop/scenarios"
	"feedloop/sim/record"
	"feedloop/sim/stats"
)

// confidence of every interval.
const confidence = 0.95

// Judge draws the conclusions of a run.
func Judge(s *scenarios.Scenario, r *record.Run) Summary {
	m := r.Manifest
	j := &judge{scenario: s, run: r}
	out := Summary{
		Scenario: m.Scenario, Question: m.Question, Seed: m.Seed, Replicates: m.Replicates,
		Span: m.Span, Warmup: m.Warmup, Worlds: m.Worlds, Incomplete: m.Incomplete,
		Requests: j.requests(), KeyMetrics: j.keyMetrics(), Funnels: j.funnels(), Moments: j.moments(),
	}
	var asked []scenarios.Expectation
	for _, x := range s.Expect {
		if j.simulated(x) {
			asked = append(asked, x)
			out.Expectations = append(out.Expectations, j.expectation(x))
		}
	}
	out.Verdict = Overall(out.Expectations)
	out.Answer = j.answer(asked, out.Expectations)
	out.Warnings = j.warnings(out.Expectations)
	return out
}

// simulated tells whether the run has all worlds that an expectation names; a
// run of one world has not.
func (j *judge) simulated(x scenarios.Expectation) bool {
	for _, name := range x.Worlds() {
		if !slices.Contains(j.run.Manifest.Worlds, name) {
			return false
		}
	}
	return true
}

// judge holds what all conclusions are drawn from.
type judge struct {
	scenario *scenarios.Scenario
	run      *record.Run
}

// totals returns a metric of a world by replicate; NaN where a replicate has no
// data or did not finish.
func (j *judge) totals(world, metric string) []float64 {
	return j.during(nil, world, metric)
}

// during is the same over a stretch of the run; nil is all that follows the
// warm-up.
func (j *judge) during(stretch *scenarios.Stretch, world, metric string) []float64 {
	out := make([]float64, j.run.Manifest.Replicates)
	for i := range out {
		out[i] = nan
	}
	for i := range j.run.Results {
		if r := &j.run.Results[i]; r.World == world && r.Replicate < len(out) {
			if out[r.Replicate] = r.Total(metric); stretch != nil {
				out[r.Replicate] = over(r, j.metric(metric), *stretch)
			}
		}
	}
	return out
}

// metric returns the definition of a metric that the run recorded.
func (j *judge) metric(name string) record.Metric {
	for _, m := range j.run.Manifest.Metrics {
		if m.Name == name {
			return m
		}
	}
	return record.Metric{Name: name}
}

// requests counts pages over all worlds and replicates, warm-up included.
func (j *judge) requests() int64 {
	sum := 0.0
	for i := range j.run.Results {
		for _, pages := range j.run.Results[i].Column("true_pages_asked") {
			sum += pages
		}
	}
	return int64(sum)
}

// answer says in one sentence what the first comparison found.
func (j *judge) answer(asked []scenarios.Expectation, found []Expectation) string {
	for i, x := range asked {
		v, when := found[i].Value.Interval(), ""
		if x.During != nil {
			when = " " + found[i].During
		}
		switch {
		case !x.Comparison() || v.Estimate != v.Estimate:
			continue
		case x.Gap != nil:
			return fmt.Sprintf("%s closes %.0f %% of the gap in %s from %s to %s%s%s.",
				x.World, 100*v.Estimate, x.Metric, x.Gap.From, x.Gap.To, when, j.rest(x.World))
		case x.LeadLost != nil:
			return fmt.Sprintf("%s loses %.0f %% of the lead in %s that %s has over %s%s.",
				x.LeadLost.By, 100*v.Estimate, x.Metric, x.World, x.LeadLost.Over, when)
		case x.Since != nil:
			return fmt.Sprintf("%s of %s changes by %s %s%s.", x.Metric, x.World, change(v, found[i].Unit), found[i].Beside, when)
		case !v.Excludes(0):
			return fmt.Sprintf("%s and %s do not differ in %s beyond luck%s.", x.World, x.Against, x.Metric, when)
		}
		return fmt.Sprintf("%s changes %s by %s against %s%s.", x.World, x.Metric, change(v, found[i].Unit), x.Against, when)
	}
	return ""
}

// change writes a difference with its sign.
func change(v stats.Interval, unit string) string {
	switch unit {
	case "share":
		return fmt.Sprintf("%+.1f %%", 100*v.Estimate)
	case "1": // a number without a unit
		return fmt.Sprintf("%+.3g", v.Estimate)
	}
	return fmt.Sprintf("%+.3g %s", v.Estimate, unit)
}
