package score

import (
	"slices"

	"feedloop/sim/stats"
)

// headlines are the metrics that a summary shows when the scenario expects
// nothing of others, the most telling first.
var headlines = []string{
	"true_value_per_person_day", "true_value_per_impression", "true_satisfaction",
	"engagement.long_view.rate", "ranking.normalized_entropy", "true_normalized_entropy",
	"features.age.mean", "ranking.model.age", "serving.latency.p99", "serving.fallback.share", "serving.requests.count",
}

// keyMetricsShown is the number of rows of the closing table.
const keyMetricsShown = 8

// keyMetrics compares worlds by the metrics the scenario names and by the
// headlines, with paired differences from the first world.
func (j *judge) keyMetrics() []KeyMetric {
	var names []string
	for _, x := range j.scenario.Expect {
		names = append(names, x.Metric)
	}
	var out []KeyMetric
	for _, name := range append(names, headlines...) {
		known := slices.ContainsFunc(out, func(m KeyMetric) bool { return m.Name == name })
		if known || len(out) == keyMetricsShown || j.metric(name).Unit == "" {
			continue
		}
		out = append(out, j.keyMetric(name))
	}
	return out
}

// keyMetric is one row: the mean over replicates by world, and the paired
// relative difference from the first.
func (j *judge) keyMetric(name string) KeyMetric {
	m := j.metric(name)
	out := KeyMetric{Name: name, Unit: m.Unit, Better: m.Better}
	var first []float64
	for i, world := range j.run.Manifest.Worlds {
		values := j.totals(world, name)
		out.Values = append(out.Values, Value(stats.Mean(values, confidence)))
		if i == 0 {
			first = values
			out.Differences = append(out.Differences, Value{})
			continue
		}
		d := share(minus(values, first), first, "the value in "+j.run.Manifest.Worlds[0])
		out.Differences = append(out.Differences, Value(d))
	}
	return out
}
