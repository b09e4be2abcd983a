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
	frame := newFrame(run, 11)
	trailing, notes := frame.daily(), frame.notes()
	if trailing > 1 {
		notes = slices.Insert(notes, 0, "lines: trailing mean of a day")
	}
	moved := false
	for _, r := range run.Results {
		column := r.Column(creatorMetrics[0])
		for _, v := range column {
			moved = moved || v != column[0]
		}
	}
	if !moved {
		return nil, missing("no creator gave up or joined")
	}
	s := &sheet{
		subtitle: "By world. Solid: measured; dashed: true, known only to the simulator. At line ends: mean after warm-up.",
		height:   96,
		sharedX:  true,
		strip:    strip{frame.marks, frame.lanes},
		note:     provenance(run, notes...),
	}
	for _, name := range creatorMetrics {
		if p := frame.metricPanel(name, trailing); p != nil {
			s.panels = append(s.panels, []*panel{p})
		}
	}
	return s, nil
}
