package plots

import (
	"slices"

	"feedloop/sim/record"
)

var loopFigure = Figure{
	Name:  "loop",
	Title: "What the loop does",
	Doc: "People and what they are shown, as one generation of training follows the other: how far interests have come from " +
		"where they began, how popular what is served was before, how much of what there is is served at all, and how far " +
		"a group's feed is from what it likes. Whatever keeps rising feeds on itself. Dashed: true, known only to the simulator.",
	make: loop,
}

// loopMetrics are the panels; a second metric of a panel is drawn lighter.
var loopMetrics = [][]string{
	{"true_interest_drift"}, {"true_taste_drift"}, {"true_taste_focus"},
	{"reranking.popularity.post"}, {"reranking.popularity.creator"},
	{"reranking.coverage.posts"}, {"reranking.coverage.creators"},
	{"reranking.exposure.post_gini"}, {"reranking.exposure.creator_gini"},
	{"true_miscalibration.minority", "true_miscalibration.majority"},
	{"true_value_per_impression.minority", "true_value_per_impression.majority"},
}

func loop(run *record.Run) (*sheet, error) {
	frame := newFrame(run, 11)
	panels := make([]*panel, len(loopMetrics))
	for i, metrics := range loopMetrics {
		panels[i] = frame.pair(metrics, frame.daily())
	}
	s := frame.story(84, panels)
	if len(s.panels) == 0 {
		return nil, missing("nothing that a loop moves was recorded")
	}
	return s, nil
}

// pair draws the first of the metrics in full strength and the others lighter,
// on one scale; nil where none has ever moved.
func (f frame) pair(metrics []string, trailing int) *panel {
	var all []strand
	strandsOf := make([][]strand, len(metrics))
	for i, name := range metrics {
		strandsOf[i] = f.strands(name, trailing)
		all = append(all, strandsOf[i]...)
	}
	if !slices.ContainsFunc(all, strand.moves) {
		return nil
	}
	lo, hi := rangeOf(all, 0)
	var p *panel
	for i, name := range metrics {
		m, _ := f.run.Metric(name)
		if p == nil {
			p = f.panel(m.Name, describe(m))
			p.y = linear(lo, hi, m.Unit, 3)
			f.draw(p, m, merged(strandsOf[i], p.y))
			continue
		}
		p.unit = "and, lighter, " + lastPart(name)
		for _, s := range strandsOf[i] {
			p.layers = append(p.layers, line{s.curve, lighter(m, s)})
		}
	}
	return p
}

// moves tells whether the curve is anything but level, rounding aside.
func (s strand) moves() bool {
	points := s.curve.since(0)
	return slices.ContainsFunc(points, func(p point) bool { return !near(points[0].mean, p.mean) })
}
