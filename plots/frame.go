package plots

import (
	"image/color"
	"math"
	"slices"
	"time"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim"
	"feedloop/sim/record"
)

// frame is what the panels over time of one run have in common.
type frame struct {
	run   *record.Run
	x     scale
	marks []mark
	lanes []lane
}

// newFrame makes the frame of a run, with about n labels on its time axis.
func newFrame(run *record.Run, n int) frame {
	end := run.Manifest.Span.Duration()
	for i := range run.Results {
		for _, t := range run.Results[i].Series.End {
			end = max(end, time.Duration(t))
		}
	}
	f := frame{run: run, x: timeAxis(max(end.Seconds(), 1), n)}
	f.marks, f.lanes = moments(run)
	f.marks = slices.DeleteFunc(f.marks, func(m mark) bool { return m.at > f.x.max })
	return f
}

// warmup is its end in seconds.
func (f frame) warmup() float64 { return f.run.Manifest.Warmup.Duration().Seconds() }

// daily is how many windows a trailing mean of a day takes, or 1 where a day
// is too long to smooth over: in runs shorter than three.
func (f frame) daily() int {
	window := f.run.Manifest.Window.Duration()
	if window <= 0 || window >= sim.Day || f.x.max < 3*sim.Day.Seconds() {
		return 1
	}
	return int(sim.Day / window)
}

// notes are the parts of the foot of a figure over time.
func (f frame) notes() []string {
	notes := []string{}
	if f.run.Manifest.Replicates > 1 {
		notes = append(notes, "bands: 95 % interval over replicates, each world alone")
	}
	if f.warmup() > 0 {
		notes = append(notes, "grey: warm-up")
	}
	return notes
}

// story is panels one below the other over the time of the run, those there are,
// with what happened above them.
func (f frame) story(height vg.Length, panels []*panel) *sheet {
	notes := f.notes()
	if f.daily() > 1 {
		notes = slices.Insert(notes, 0, "lines: trailing mean of a day")
	}
	s := &sheet{
		subtitle: "By world. Solid: measured; dashed: true, known only to the simulator. At line ends: mean after warm-up.",
		height:   height,
		sharedX:  true,
		strip:    strip{f.marks, f.lanes},
		note:     provenance(f.run, notes...),
	}
	for _, p := range panels {
		if p != nil {
			s.panels = append(s.panels, []*panel{p})
		}
	}
	return s
}

// metricPanels draws a panel for each of the metrics.
func (f frame) metricPanels(names []string) []*panel {
	panels := make([]*panel, len(names))
	for i, name := range names {
		panels[i] = f.metricPanel(name, f.daily())
	}
	return panels
}

// panel is empty but for the warm-up, the grid and the event marks.
func (f frame) panel(title, unit string) *panel {
	p := &panel{title: title, unit: unit, x: f.x}
	p.layers = append(p.layers, span{0, f.warmup()}, grid{}, marksDown(f.marks))
	return p
}

// metricPanel draws a metric of all worlds; nil where none has data.
func (f frame) metricPanel(name string, trailing int) *panel {
	strands := f.strands(name, trailing)
	if len(strands) == 0 {
		return nil
	}
	m, _ := f.run.Metric(name)
	p := f.panel(m.Name, describe(m))
	// The first half of the warm-up may leave the panel: it would flatten the rest.
	lo, hi := rangeOf(strands, f.warmup()/2)
	p.y = linear(lo, hi, m.Unit, 3)
	f.draw(p, m, merged(strands, p.y))
	return p
}

// strand is one world's curve in a panel.
type strand struct {
	world string
	curve curve
	end   point // the last with data
	color color.NRGBA
}

// strands returns a metric's curve in every world that has data.
func (f frame) strands(metric string, trailing int) []strand {
	var strands []strand
	m, _ := f.run.Metric(metric)
	for i, world := range f.run.Manifest.Worlds {
		c := over(f.run, world, metric, trailing).possible(m.Unit)
		if end, ok := c.last(); ok {
			strands = append(strands, strand{world, c, end, hue(i)})
		}
	}
	return strands
}

// rangeOf is the range of all strands and their bands from a moment on. Bands
// count only so far beyond the lines that these keep half of the range: the
// bands of two or three replicates can be enormous.
func rangeOf(strands []strand, from float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	low, high := lo, hi
	for _, s := range strands {
		for _, p := range s.curve.since(from) {
			lo, hi = min(lo, p.mean), max(hi, p.mean)
			low, high = min(low, p.low), max(high, p.high)
		}
	}
	room := max((hi-lo)/2, math.Abs(hi)/100)
	return max(min(lo, low), lo-room), min(max(hi, high), hi+room)
}

// merged draws as one line, in a colour of its own, the strands of two or more
// worlds that would cover each other: lines that are, on average, closer than
// a two-hundredth of the panel's height.
func merged(strands []strand, y scale) []strand {
	const alike = 1. / 200
	if len(strands) < 2 {
		return strands
	}
	for _, s := range strands[1:] {
		if !(distance(strands[0].curve, s.curve, y) < alike) {
			return strands
		}
	}
	one := strands[0]
	one.world, one.color = "all worlds", together
	if len(strands) == 2 {
		one.world = "both worlds"
	}
	return []strand{one}
}

// distance is the mean distance of two curves as a share of the panel's
// height; NaN when they have nothing in common.
func distance(a, b curve, y scale) float64 {
	sum, n := 0.0, 0
	for i := range min(len(a), len(b)) {
		if d := math.Abs(y.share(a[i].mean) - y.share(b[i].mean)); !math.IsNaN(d) {
			sum += d
			n++
		}
	}
	return sum / float64(n)
}

// draw adds the strands to a panel: bands, lines, and labels with the mean
// after warm-up. A logarithmic panel has no bands: an interval that reaches
// down to nothing would fill it.
func (f frame) draw(p *panel, m record.Metric, strands []strand) {
	for _, s := range strands {
		if !p.y.log {
			p.layers = append(p.layers, band{s.curve, tint(s.color, .15)})
		}
	}
	for _, s := range strands {
		p.layers = append(p.layers, line{s.curve, styleOf(m, s.color)})
		p.labels = append(p.labels, endLabel{s.end, s.world, f.total(s.world, m), s.color})
	}
}

// styleOf is how a metric is drawn: measured solid, true dashed.
func styleOf(m record.Metric, c color.Color) draw.LineStyle {
	s := draw.LineStyle{Color: c, Width: lineData}
	if m.IsTruth() {
		s.Dashes = dashed
	}
	return s
}

// total is the mean over replicates of a metric's total, as a label. A name
// that stands for several worlds takes the first.
func (f frame) total(world string, m record.Metric) string {
	if !slices.Contains(f.run.Manifest.Worlds, world) {
		world = f.run.Manifest.Worlds[0]
	}
	return formatValue(mean(f.run.Totals(world, m.Name)), m.Unit)
}

// describe is the unit and the direction of a metric, for behind its name.
func describe(m record.Metric) string {
	unit := m.Unit
	switch unit {
	case "1", "share", "s":
		unit = "" // the ticks say it
	}
	better := ""
	switch m.Better {
	case record.Up:
		better = "more is better"
	case record.Down:
		better = "less is better"
	}
	if unit != "" && better != "" {
		return unit + ", " + better
	}
	return unit + better
}
