package plots

import "feedloop/sim/record"

var indexFigure = Figure{
	Name:  "index",
	Title: "What the embedding index finds",
	Doc: "What operators see of the index over time: the probe's recall, of all posts and of young ones, how young what it " +
		"returns is, and searches and builds that went wrong. A panel in which nothing happened is left out. An old index lacks the " +
		"young posts alone; one that is asked with vectors of other towers finds nothing, and no error says so.",
	make: index,
}

// indexMetrics are the panels of the figure, those of which a run recorded
// anything but zeros.
var indexMetrics = []string{
	"retrieval.index.recall", "retrieval.index.young_recall", "retrieval.index.young_share",
	"retrieval.version_split.share", "retrieval.version_errors.count", "retrieval.index.refused",
}

func index(run *record.Run) (*sheet, error) {
	frame := newFrame(run, 11)
	s := &sheet{
		subtitle: "By world; all of it can be measured without knowing the truth. At line ends: mean or sum after warm-up.",
		height:   84,
		sharedX:  true,
		strip:    strip{frame.marks, frame.lanes},
		note:     provenance(run, frame.notes()...),
	}
	for _, name := range indexMetrics {
		strands := frame.strands(name, 1)
		lo, hi := rangeOf(strands, 0)
		if len(strands) == 0 || lo == 0 && hi == 0 {
			continue
		}
		m, _ := run.Metric(name)
		p := frame.panel(m.Name, describe(m))
		p.y = linear(0, hi, m.Unit, 3)
		frame.draw(p, m, merged(strands, p.y))
		s.panels = append(s.panels, []*panel{p})
	}
	if len(s.panels) == 0 {
		return nil, missing("no recall of an index was recorded")
	}
	return s, nil
}
