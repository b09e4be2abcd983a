package plots

import "feedloop/sim/record"

var timelineFigure = Figure{
	Name:  "timeline",
	Title: "The run over time",
	Doc: "The key metrics of every world over simulated time, what is true (dashed) above what operators measure (solid), " +
		"with what happened when. Where windows are shorter than a day and the run is longer than three, lines are " +
		"trailing means of a day, so that day and night do not hide the trend. Worlds share their luck, so bands may " +
		"overlap where the paired difference, in the figure effects, is clear.",
	make: timeline,
}

// timelineMetrics are the panels of the timeline, those a run recorded.
var timelineMetrics = []string{
	"true_homogenisation", "true_value_per_person_day", "true_satisfaction", "true_active_share",
	"engagement.long_view.rate", "engagement.hide.rate", "ranking.normalized_entropy", "ranking.calibration",
}

func timeline(run *record.Run) (*sheet, error) {
	frame := newFrame(run, 11)
	s := frame.story(84, frame.metricPanels(timelineMetrics))
	if len(s.panels) == 0 {
		return nil, missing("none of its metrics were recorded")
	}
	return s, nil
}
