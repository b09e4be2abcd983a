package plots

import (
	"slices"

	"feedloop/sim/record"
)

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
	trailing, notes := frame.daily(), frame.notes()
	if trailing > 1 {
		notes = slices.Insert(notes, 0, "lines: trailing mean of a day")
	}
	s := &sheet{
		subtitle: "By world. Solid: measured; dashed: true, known only to the simulator. At line ends: mean after warm-up.",
		height:   84,
		sharedX:  true,
		strip:    strip{frame.marks, frame.lanes},
		note:     provenance(run, notes...),
	}
	for _, name := range timelineMetrics {
		if p := frame.metricPanel(name, trailing); p != nil {
			s.panels = append(s.panels, []*panel{p})
		}
	}
	if len(s.panels) == 0 {
		return nil, missing("none of its metrics were recorded")
	}
	return s, nil
}
