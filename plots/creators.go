package plots

import (
	"slices"

	"feedloop/sim/record"
)

var creatorsFigure = Figure{
	Name:  "creators",
	Title: "Creators who go on, and what people get",
	Doc: "How many creators still upload in every world over time, how evenly pages are spread over them, and what that is " +
		"worth to people. Read it from the top: an uneven spread comes before creators leave, a loss of value after.",
	make: creators,
}

// creatorMetrics are its panels, those a run recorded. The first has to move, or
// there is nothing to see.
var creatorMetrics = []string{
	"true_creators_active", "reranking.exposure.creator_gini", "true_value_per_person_day", "true_active_share",
}

func creators(run *record.Run) (*sheet, error) {
	moved := slices.ContainsFunc(run.Results, func(r record.Result) bool {
		column := r.Column(creatorMetrics[0])
		return slices.ContainsFunc(column, func(v float64) bool { return v != column[0] })
	})
	if !moved {
		return nil, missing("no creator gave up or joined")
	}
	frame := newFrame(run, 11)
	return frame.story(96, frame.metricPanels(creatorMetrics)), nil
}
