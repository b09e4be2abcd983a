package plots

import (
	"cmp"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
)

var reliabilityFigure = Figure{
	Name:  "reliability",
	Title: "Predicted against observed",
	Doc: "A reliability diagram of each head, from the table reliability: what came true over what was predicted, by tenths of the " +
		"impressions served since the warm-up that became examples: those viewed, or, with retraining.impressions: served, those not looked " +
		"at, too. On the grey diagonal predictions mean what they say; below it they promise too much. Where the ranker learns where people " +
		"look, a prediction is taken times the chance of its position. The strip at the foot shows where the predictions lie. Axes are " +
		"logarithmic where tenths span decades.",
	make: reliability,
}

func reliability(run *record.Run) (*sheet, error) {
	const columns = 3
	var drawn []*panel
	for _, head := range trueHeads(run) {
		drawn = append(drawn, reliabilityPanel(run, head))
	}
	if len(drawn) == 0 {
		return nil, missing("no table reliability was recorded, or nothing that was predicted came true")
	}
	s := &sheet{
		subtitle: "Across: mean prediction of a tenth of the examples; up: rate at which it came true. In the corner: predicted over observed.",
		height:   172,
		note:     provenance(run, append(bandsOver(run), "strips: density of the predictions")...),
	}
	if len(run.Manifest.Worlds) > 1 {
		s.key = slices.DeleteFunc(keyOf(run, 0), func(l endLabel) bool { return !predicts(run, l.name) })
	}
	for row := range slices.Chunk(drawn, columns) {
		s.panels = append(s.panels, rowOf(row, columns))
	}
	return s, nil
}

// predicts tells whether a world has predictions at all: yardsticks have none.
func predicts(run *record.Run, world string) bool {
	return slices.ContainsFunc(run.World(world), func(r *record.Result) bool {
		_, some := r.Table("reliability")
		return some
	})
}

// trueHeads lists the heads that came true in some world, long views first.
func trueHeads(run *record.Run) []string {
	came := map[string]float64{}
	for i := range run.Results {
		t, _ := run.Results[i].Table("reliability")
		observed := t.Floats("observed")
		for row, head := range t.Strings("head") {
			came[head] += observed[row]
		}
	}
	heads := slices.DeleteFunc(namesIn(run, "reliability", "head"), func(head string) bool { return came[head] == 0 })
	first := func(head string) int {
		if head == "long_view" {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(heads, func(a, b string) int { return cmp.Compare(first(a), first(b)) })
	return heads
}

// reliabilityPanel draws the diagram of a head in every world.
func reliabilityPanel(run *record.Run, head string) *panel {
	p := &panel{title: head}
	var diagrams []strand
	var strips []density
	var corner promises
	for i, world := range run.Manifest.Worlds {
		var replicates [][]step
		for _, r := range run.World(world) {
			if steps := stepsOf(r, head); len(steps) > 0 {
				replicates = append(replicates, steps)
			}
		}
		if len(replicates) > 0 {
			all := pooled(replicates)
			diagrams = append(diagrams, strand{curve: diagram(replicates), color: hue(i)})
			strips = append(strips, density{steps: all, color: hue(i)})
			corner = append(corner, promise{between(all, 0, 1), hue(i)})
		}
	}
	p.x = probabilityScale(diagrams)
	p.y = p.x.lowered(footShare)
	p.layers = []plot.Plotter{columns{}, diagonal{}}
	for _, s := range diagrams {
		c := s.curve.within(p.x)
		p.layers = append(p.layers, band{c, tint(s.color, .15)}, line{c, draw.LineStyle{Color: tint(s.color, .8), Width: lineThin}}, points{c, s.color})
	}
	p.layers = append(p.layers, foot(strips), corner)
	return p
}

// probabilityScale is linear from zero or, where the tenths of a world span decades,
// logarithmic over three of them at most.
func probabilityScale(diagrams []strand) scale {
	const many, most = 30, 1000
	lo, hi, ratio := math.Inf(1), 0.0, 0.0
	for _, s := range diagrams {
		ratio = max(ratio, s.curve[len(s.curve)-1].at/s.curve[0].at)
		for _, p := range s.curve {
			hi = max(hi, p.at, p.mean)
			for _, x := range []float64{p.at, p.mean} {
				if x > 0 {
					lo = min(lo, x)
				}
			}
		}
	}
	if ratio > many {
		return sparse(logarithmic(max(lo, hi/most), hi, "share"))
	}
	return linear(0, hi, "share", 3)
}

// sparse keeps every other label of a scale that has many: 2, 10 and 50 % of 2, 5,
// 10, 20 and 50.
func sparse(s scale) scale {
	const many = 4
	if len(s.ticks) <= many {
		return s
	}
	var ticks []plot.Tick
	for i := 0; i < len(s.ticks); i += 2 {
		ticks = append(ticks, s.ticks[i])
	}
	s.ticks = ticks
	return s
}

// within leaves out the points that lie below a logarithmic scale, and cuts off
// what of the band does.
func (c curve) within(s scale) curve {
	c = slices.DeleteFunc(slices.Clone(c), func(p point) bool { return min(p.at, p.mean) < s.min })
	for i := range c {
		c[i].low = max(c[i].low, s.min) // of NaN, NaN
	}
	return c
}

// lowered makes room below a scale: a share of all that there is then.
func (s scale) lowered(share float64) scale {
	below := share / (1 - share)
	if s.log {
		s.min /= math.Pow(s.max/s.min, below)
	} else {
		s.min -= below * (s.max - s.min)
	}
	return s
}

// footShare is the height of the strip below a diagram, as a share of the panel.
const footShare = .18

// density is how many predictions of a world lie where.
type density struct {
	steps []step
	color color.NRGBA
}

// foot draws densities of every world in the strip below a diagram.
type foot []density

// Plot implements plot.Plotter.
func (f foot) Plot(c draw.Canvas, p *plot.Plot) {
	_, log := p.X.Scale.(plot.LogScale)
	outlines, highest := make([][]vg.Point, len(f)), vg.Length(0)
	for i, d := range f {
		all := between(d.steps, 0, 1).n
		for _, s := range d.steps {
			if s.from < p.X.Min && log || s.to > p.X.Max {
				continue
			}
			from, to := c.X(p.X.Norm(s.from)), c.X(p.X.Norm(s.to))
			height := vg.Length(s.n/all) / (to - from)
			highest = max(highest, height)
			outlines[i] = append(outlines[i], vg.Point{X: from, Y: height}, vg.Point{X: to, Y: height})
		}
	}
	room := .85 * footShare * (c.Max.Y - c.Min.Y)
	for i, outline := range outlines {
		for j := range outline {
			outline[j].Y = c.Min.Y + outline[j].Y/highest*room
		}
		if len(outline) > 0 {
			c.StrokeLines(draw.LineStyle{Color: tint(f[i].color, .8), Width: lineThin}, outline)
		}
	}
}

// promise is what a world predicts and observes in all.
type promise struct {
	all   step
	color color.NRGBA
}

// promises lists what each world predicts over what it observes, in the upper
// left corner; more than a few would meet the curves.
type promises []promise

// Plot implements plot.Plotter.
func (all promises) Plot(c draw.Canvas, _ *plot.Plot) {
	const few = 6
	for i, w := range all[:min(len(all), few)] {
		if w.all.observed == 0 {
			continue
		}
		style := aligned(sans(7.5, dark(w.color)), draw.XLeft, draw.YTop)
		c.FillText(style, vg.Point{X: c.Min.X + 4, Y: c.Max.Y - 2 - vg.Length(i)*9}, fixed(w.all.predicted/w.all.observed, 2))
	}
}
