package plots

import (
	"cmp"
	"image/color"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
	"feedloop/sim/stats"
)

var freshnessFigure = Figure{
	Name:  "freshness",
	Title: "What freshness is worth",
	Doc: "Each world's gain over the world whose knowledge is oldest, against the mean age of its features, and against that of " +
		"its embedding index where worlds differ in it: a curve that is flat to the left says where more freshness buys " +
		"nothing. Gains are paired by replicate.",
	make: freshness,
}

// freshAges are the ages that the figure is drawn against, a row each, and
// freshGains what it draws: the first is truth, the others are what operators
// see of it.
var (
	freshAges = []struct{ metric, of string }{
		{"features.age.mean", "features"},
		{"retrieval.index.age", "the index"},
	}
	freshGains = []string{"true_value_per_person_day", "engagement.long_view.rate", "engagement.hide.rate"}
)

func freshness(run *record.Run) (*sheet, error) {
	s := &sheet{
		height: 185,
		key:    keyOf(run, 0),
		note:   provenance(run, "lines through dots: 95 % interval, paired by replicate"),
	}
	var over []string
	for _, age := range freshAges {
		worlds := byAge(run, age.metric)
		if len(worlds) < 2 || worlds[len(worlds)-1].age < 2*worlds[0].age {
			continue
		}
		var row []*panel
		for _, name := range freshGains {
			if p := gainPanel(run, name, worlds); p != nil {
				p.xTitle = "mean age of " + age.of
				row = append(row, p)
			}
		}
		if len(row) > 0 {
			s.panels = append(s.panels, row)
			over = append(over, worlds[len(worlds)-1].name+", against the mean age of "+age.of)
		}
	}
	if len(s.panels) == 0 {
		return nil, missing("no two worlds have features or an index of which one's are twice as old as the other's")
	}
	s.subtitle = "Difference from " + strings.Join(over, ", and from ") + ". Dashed: true, known only to the simulator."
	return s, nil
}

// aged is a world with the mean age of something in seconds.
type aged struct {
	name  string
	age   float64
	color color.NRGBA
}

// byAge lists the worlds that recorded an age, the freshest first.
func byAge(run *record.Run, metric string) []aged {
	var worlds []aged
	for i, world := range run.Manifest.Worlds {
		if age := mean(run.Totals(world, metric)); age > 0 {
			worlds = append(worlds, aged{world, age, hue(i)})
		}
	}
	slices.SortStableFunc(worlds, func(a, b aged) int { return cmp.Compare(a.age, b.age) })
	return worlds
}

// gains are the worlds' differences from the last of them, as shares of its
// value.
type gains struct {
	worlds  []aged
	changes []stats.Interval
	truth   bool
}

func gainPanel(run *record.Run, name string, worlds []aged) *panel {
	m, _ := run.Metric(name)
	base := run.Totals(worlds[len(worlds)-1].name, name)
	g := gains{worlds: worlds, truth: m.IsTruth()}
	lo, hi := 0.0, 0.0
	for _, w := range worlds {
		totals := run.Totals(w.name, name)
		n := min(len(base), len(totals))
		change := bounded(stats.RelativePaired(totals[:n], base[:n], confidence))
		if w.name == worlds[len(worlds)-1].name {
			change.Estimate, change.Low, change.High = 0, 0, 0
		}
		if !finite(change.Estimate) {
			return nil
		}
		lo, hi = min(lo, change.Low), max(hi, change.High)
		g.changes = append(g.changes, change)
	}
	p := &panel{title: name}
	p.x = logarithmic(worlds[0].age, worlds[len(worlds)-1].age, "s")
	p.y = linear(lo, hi, "share", 4)
	room := (p.y.max - p.y.min) * air / 2 // the dot of the oldest world, which is at zero, is not at the edge
	p.y.min, p.y.max = p.y.min-room, p.y.max+room
	for i, t := range p.y.ticks {
		if t.Value > 0 {
			p.y.ticks[i].Label = "+" + t.Label
		}
	}
	p.layers = []plot.Plotter{g}
	return p
}

// Plot implements plot.Plotter.
func (g gains) Plot(c draw.Canvas, p *plot.Plot) {
	place := placer(c, p)
	zero := place(p.X.Min, 0).Y
	c.StrokeLine2(draw.LineStyle{Color: muted, Width: hairline}, c.Min.X, zero, c.Max.X, zero)
	var path []vg.Point
	for i, w := range g.worlds {
		path = append(path, place(w.age, g.changes[i].Estimate))
	}
	style := draw.LineStyle{Color: rule, Width: lineData}
	if g.truth {
		style.Dashes = dashed
	}
	c.StrokeLines(style, path)
	for i, w := range g.worlds {
		low, high := place(w.age, g.changes[i].Low), place(w.age, g.changes[i].High)
		c.StrokeLine2(draw.LineStyle{Color: w.color, Width: lineData}, low.X, low.Y, high.X, high.Y)
		c.DrawGlyphNoClip(draw.GlyphStyle{Color: w.color, Radius: 3, Shape: draw.CircleGlyph{}}, path[i])
	}
}
