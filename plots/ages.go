package plots

import (
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
)

var agesFigure = Figure{
	Name:  "ages",
	Title: "Age of what the system knows",
	Doc: "Ages and delays over time: events on their way, features, the index, the model. Each is the distance between " +
		"what happened and what a request can see. A saw-tooth is a batch job; its height is the job's period.",
	make: ages,
}

// ageMetrics are the panels of the figure from the newest to the oldest
// knowledge. A second metric of a panel is drawn lighter.
var ageMetrics = [][]string{
	{"ingestion.delay.p99", "ingestion.delay.p50"},
	{"stream.event_time_lag.mean"},
	{"stream.watermark_lag.mean"},
	{"stream.lag.seconds"},
	{"features.age.mean", "features.age.p99"},
	{"features.batch_age.mean"},
	{"retrieval.index.age"},
	{"ranking.model.age"},
}

func ages(run *record.Run) (*sheet, error) {
	frame := newFrame(run, 11)
	s := &sheet{
		subtitle: "Age or delay by world, logarithmic where it spans decades. At line ends: mean or quantile after warm-up.",
		height:   82,
		sharedX:  true,
		strip:    strip{frame.marks, frame.lanes},
		note:     provenance(run, frame.notes()...),
	}
	for _, metrics := range slices.Concat(ageMetrics, otherAges(run)) {
		if p := frame.age(metrics); p != nil {
			s.panels = append(s.panels, []*panel{p})
		}
	}
	if len(s.panels) == 0 {
		return nil, missing("no age or delay was recorded")
	}
	return s, nil
}

// otherAges are the ages and lags in seconds that a run recorded beyond the
// known ones.
func otherAges(run *record.Run) [][]string {
	known := slices.Concat(ageMetrics...)
	var others [][]string
	for _, m := range run.Manifest.Metrics {
		if m.Unit == "s" && (strings.Contains(m.Name, "age.") || strings.Contains(m.Name, "lag.")) && !slices.Contains(known, m.Name) {
			others = append(others, []string{m.Name})
		}
	}
	return others
}

// age draws the first of the metrics that has data in full strength and the
// others lighter.
func (f frame) age(metrics []string) *panel {
	var p *panel
	strandsOf := make([][]strand, len(metrics))
	for i, name := range metrics {
		strandsOf[i] = f.strands(name, 1)
	}
	y := ageScale(slices.Concat(strandsOf...))
	for i, name := range metrics {
		m, _ := f.run.Metric(name)
		strands := merged(strandsOf[i], y)
		switch {
		case len(strands) == 0:
		case p == nil:
			p = f.panel(m.Name, describe(m))
			p.y = y
			f.draw(p, m, strands)
		default:
			p.unit = "and, lighter, " + lastPart(name)
			for _, s := range strands {
				p.layers = append(p.layers, line{s.curve, lighter(m, s)})
			}
		}
	}
	return p
}

// lighter is how the second metric of a panel is drawn.
func lighter(m record.Metric, s strand) draw.LineStyle {
	style := styleOf(m, tint(s.color, .45))
	style.Width = lineThin
	return style
}

// lastPart is a metric's aggregate: the name's last part.
func lastPart(name string) string { return name[strings.LastIndex(name, ".")+1:] }

// ageScale is linear from zero, or logarithmic when the oldest is many times
// the youngest and both should be seen. Zeros have no place on a logarithmic
// scale: some are drawn at its lower end, many make it linear. What claims to be
// younger than now is the first thing to see, and pulls the scale below zero.
func ageScale(strands []strand) scale {
	const many, some = 30, .05
	lo, hi, below, zeros, n := math.Inf(1), 0.0, 0.0, 0.0, 0.0
	for _, s := range strands {
		for _, p := range s.curve.since(0) {
			n++
			if p.mean > 0 {
				lo, hi = min(lo, p.mean), max(hi, p.mean)
			} else {
				zeros++
				below = min(below, p.mean)
			}
		}
	}
	if hi > lo*many && zeros < some*n && below == 0 {
		return logarithmic(lo, hi, "s")
	}
	return linear(below, hi, "s", 3)
}
