package plots

import (
	"image/color"
	"math"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/stats"
)

var horizonFigure = Figure{
	Name:  "horizon",
	Title: "Short term against long term",
	Doc: "Each world's relative difference from the first, paired by replicate: a ring in the first eighth of the measured " +
		"time, a dot in the last, joined by a line. Where the dot lies left of the ring, what looked like a gain wore off. " +
		"It needs windows of half a day or more, or the eighths hold different hours.",
	make: horizon,
}

// horizonMetrics are its panels, those a run recorded: what operators see, how
// long and how often people come, what it is worth to them, and who is left.
var horizonMetrics = []string{
	"engagement.long_view.rate", "true_minutes_per_person_day", "true_value_per_person_day", "true_active_share",
}

// horizonParts is into how many stretches the measured time is divided.
const horizonParts = 8

func horizon(run *record.Run) (*sheet, error) {
	worlds := run.Manifest.Worlds
	early, late := stretches(run)
	switch {
	case len(worlds) < 2:
		return nil, missing("there is one world; an effect is a difference between two")
	case late.from <= early.from:
		return nil, missing("there are not two windows of half a day or more after the warm-up")
	}
	s := &sheet{
		subtitle: "Difference from " + worlds[0] + ". Ring: " + early.String() + "; dot: " + late.String() + ". Dashed: true, known only to the simulator.",
		height:   34 + 15*vg.Length(len(worlds)),
		note:     provenance(run, "thin lines: 95 % interval, paired by replicate"),
	}
	for _, name := range horizonMetrics {
		p := horizonPanel(run, name, early, late)
		if p == nil {
			continue
		}
		if n := len(s.panels); n > 0 && s.panels[n-1][1] == nil {
			s.panels[n-1][1] = p
		} else {
			s.panels = append(s.panels, []*panel{p, nil})
		}
	}
	if len(s.panels) == 0 {
		return nil, missing("none of its metrics were recorded")
	}
	return s, nil
}

// stretch is some windows of the series.
type stretch struct{ from, until sim.Time }

// String writes the days of a stretch, the first being day 1.
func (s stretch) String() string {
	first, last := int(s.from/sim.Time(sim.Day))+1, int((s.until-1)/sim.Time(sim.Day))+1
	if first == last {
		return "day " + fixed(float64(first), 0)
	}
	return "days " + fixed(float64(first), 0) + " to " + fixed(float64(last), 0)
}

// stretches are the first and the last windows of the measured time.
func stretches(run *record.Run) (early, late stretch) {
	if run.Manifest.Window.Duration() < 12*time.Hour || len(run.Results) == 0 {
		return early, late
	}
	series := run.Results[0].Series
	first, end := 0, len(series.End)
	for first < end && series.Start(first) < run.Manifest.Warmup.Time() {
		first++
	}
	if first == end {
		return early, late
	}
	n := max(1, (end-first)/horizonParts)
	return stretch{series.Start(first), series.End[first+n-1]}, stretch{series.Start(end - n), series.End[end-1]}
}

// within is a metric of a world over a stretch, by replicate.
func (s stretch) within(run *record.Run, world, metric string) []float64 {
	var out []float64
	for _, r := range run.World(world) {
		var values []float64
		for i, v := range r.Column(metric) {
			if r.Series.Start(i) >= s.from && r.Series.End[i] <= s.until {
				values = append(values, v)
			}
		}
		out = append(out, mean(values))
	}
	return out
}

// against is a world's difference from the first over the stretch.
func (s stretch) against(run *record.Run, world, metric string) stats.Interval {
	base, values := s.within(run, run.Manifest.Worlds[0], metric), s.within(run, world, metric)
	if level := stats.Mean(base, confidence); level.N > 1 && !(level.Low > 0) {
		return stats.Interval{Estimate: math.NaN()} // a share of it would turn better into worse
	}
	n := min(len(base), len(values))
	return bounded(stats.RelativePaired(values[:n], base[:n], confidence))
}

// horizonPanel compares all worlds in one metric; nil without data.
func horizonPanel(run *record.Run, name string, early, late stretch) *panel {
	m, _ := run.Metric(name)
	worlds := run.Manifest.Worlds
	var arrows dumbbells
	low, high := 0.0, 0.0   // of the estimates
	least, most := 0.0, 0.0 // of the intervals
	for i, world := range worlds[1:] {
		d := dumbbell{metric: m, color: hue(i + 1), row: -float64(i)}
		d.early, d.late = early.against(run, world, name), late.against(run, world, name)
		if !finite(d.early.Estimate) || !finite(d.late.Estimate) {
			return nil
		}
		for _, v := range []stats.Interval{d.early, d.late} {
			low, high = min(low, v.Estimate), max(high, v.Estimate)
			least, most = min(least, v.Low), max(most, v.High)
		}
		arrows = append(arrows, d)
	}
	// One wide interval does not squeeze the rest: it is cut off.
	room := max((high-low)/4, .002)
	p := &panel{title: name, x: linear(max(least, low-room), min(most, high+room), "share", 4), y: categories(worlds[1:])}
	for i, t := range p.x.ticks {
		if t.Value > 0 {
			p.x.ticks[i].Label = "+" + t.Label
		}
	}
	p.layers = []plot.Plotter{columns{}, zero{}, arrows}
	return p
}

// dumbbell is a world's difference, early and late.
type dumbbell struct {
	metric      record.Metric
	early, late stats.Interval
	row         float64
	color       color.NRGBA
}

type dumbbells []dumbbell

// Plot implements plot.Plotter.
func (all dumbbells) Plot(c draw.Canvas, p *plot.Plot) {
	const apart = .22 // of a row, between the two
	place := placer(c, p)
	x := scale{min: p.X.Min, max: p.X.Max}
	for _, d := range all {
		thin := styleOf(d.metric, d.color)
		thin.Width = hairline
		up, down := d.row+apart/2, d.row-apart/2
		whisker(c, place(x.clamp(d.early.Low), up), place(x.clamp(d.early.High), up), thin)
		whisker(c, place(x.clamp(d.late.Low), down), place(x.clamp(d.late.High), down), thin)
		from, to := place(x.clamp(d.early.Estimate), up), place(x.clamp(d.late.Estimate), down)
		c.StrokeLine2(draw.LineStyle{Color: tint(d.color, .5), Width: lineData}, from.X, from.Y, to.X, to.Y)
		ring := func(at vg.Point, radius vg.Length, fill color.Color) {
			c.DrawGlyphNoClip(draw.GlyphStyle{Color: fill, Radius: radius, Shape: draw.CircleGlyph{}}, at)
		}
		ring(from, 3, d.color)
		ring(from, 1.8, paper)
		ring(to, 3, d.color)
	}
}
