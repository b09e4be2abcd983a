package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
	"feedloop/sim/stats"
)

var lossesFigure = Figure{
	Name:  "losses",
	Title: "Where the value of a page is lost",
	Doc: "From the true_loss metrics: from the best page of all live posts down to the page shown, what each step of the funnel " +
		"takes. Each bar begins where the one above ends; a bar to the right is a gain. Known only to the simulator.",
	make: losses,
}

// lossSteps are the steps in the order of the funnel.
var lossSteps = []struct{ metric, label string }{
	{"true_loss.not_found", "not found by the sources"},
	{"true_loss.too_young", "too young for the index"},
	{"true_loss.misranked", "misranked by the model"},
	{"true_loss.stale", "counts not visible yet"},
	{"true_loss.rearranged", "filters, spacing, diversity"},
	{"true_loss.explored", "exploration"},
}

func losses(run *record.Run) (*sheet, error) {
	var worlds []lossBars
	for i, world := range run.Manifest.Worlds {
		if bars, ok := lossesOf(run, world); ok {
			bars.color = hue(i)
			worlds = append(worlds, bars)
		}
	}
	if len(worlds) == 0 {
		return nil, missing("no true_loss was recorded")
	}
	rows := []string{"best page of all live posts"}
	for _, s := range lossSteps {
		rows = append(rows, s.label)
	}
	p := &panel{y: categories(append(rows, "the page shown")), layers: []plot.Plotter{columns{}}}
	least, most := 0.0, 0.0
	for i := range worlds {
		worlds[i].place(i, len(worlds))
		for _, b := range worlds[i].bars {
			least, most = min(least, b.from, b.to), max(most, b.from, b.to)
		}
		p.layers = append(p.layers, worlds[i])
	}
	p.x = linear(least, most, "1", 6)
	p.x.max = max(p.x.max, most)
	p.title, p.unit = "true value by slot", "of sampled pages, from where the person stood"
	return &sheet{
		subtitle: "What each step takes from the best page there was. All of it is truth, known only to the simulator.",
		height:   56 + vg.Length(len(rows)+1)*(8+11.5*vg.Length(len(worlds))),
		panels:   [][]*panel{{p}},
		key:      lossKey(run, worlds),
		note:     provenance(run, "whiskers: 95 % interval of the step over replicates"),
	}, nil
}

// lossBars are the steps of one world.
type lossBars struct {
	world string
	bars  []lossBar
	color color.NRGBA
	half  float64 // height of a bar, halved
}

// lossBar goes from the value before a step to the value after it.
type lossBar struct {
	from, to float64
	change   stats.Interval // the value itself for the first and the last
	total    bool
	row      float64
}

// lossesOf are the bars of a world; false where nobody watched its funnel.
func lossesOf(run *record.Run, world string) (lossBars, bool) {
	bars := lossBars{world: world}
	ideal := stats.Mean(run.Totals(world, "true_ideal_page"), confidence)
	if math.IsNaN(ideal.Estimate) {
		return bars, false
	}
	at := ideal.Estimate
	bars.bars = append(bars.bars, lossBar{to: at, change: ideal, total: true})
	for _, s := range lossSteps {
		lost := stats.Mean(run.Totals(world, s.metric), confidence)
		if math.IsNaN(lost.Estimate) {
			return bars, false
		}
		change := stats.Interval{Estimate: -lost.Estimate, Low: -lost.High, High: -lost.Low, N: lost.N}
		bars.bars = append(bars.bars, lossBar{from: at, to: at - lost.Estimate, change: change})
		at -= lost.Estimate
	}
	shown := ideal
	shown.Estimate, shown.Low, shown.High = at, at, at
	bars.bars = append(bars.bars, lossBar{to: at, change: shown, total: true})
	return bars, true
}

// place gives the bars of the i-th of n worlds their rows.
func (b *lossBars) place(i, n int) {
	const filled = .76 // of a row, with room for a line of text in each bar
	b.half = filled / float64(2*n)
	for j := range b.bars {
		b.bars[j].row = -float64(j) + filled*(.5-(float64(i)+.5)/float64(n))
	}
}

// GlyphBoxes implements plot.GlyphBoxer: it reserves the room for a value beside the longest bar.
func (b lossBars) GlyphBoxes(*plot.Plot) []plot.GlyphBox { return []plot.GlyphBox{rightOf(96)} }

// Plot implements plot.Plotter.
func (b lossBars) Plot(c draw.Canvas, p *plot.Plot) {
	place := placer(c, p)
	x := scale{min: p.X.Min, max: p.X.Max}
	for i, bar := range b.bars {
		low, high := min(bar.from, bar.to), max(bar.from, bar.to)
		opacity := .75
		if bar.total {
			opacity = .35
		}
		c.FillPolygon(tint(b.color, opacity), []vg.Point{
			place(low, bar.row-b.half), place(high, bar.row-b.half), place(high, bar.row+b.half), place(low, bar.row+b.half)})
		c.StrokeLine2(draw.LineStyle{Color: b.color, Width: lineThin},
			place(bar.to, bar.row-b.half).X, place(bar.to, bar.row-b.half).Y, place(bar.to, bar.row+b.half).X, place(bar.to, bar.row+b.half).Y)
		if i+1 < len(b.bars) { // the next begins here
			from, to := place(bar.to, bar.row-b.half), place(bar.to, b.bars[i+1].row+b.half)
			c.StrokeLine2(draw.LineStyle{Color: tint(b.color, .5), Width: hairline, Dashes: dashed}, from.X, from.Y, to.X, to.Y)
		}
		end := high
		if w := bar.change; w.N > 1 && finite(w.Low) && finite(w.High) && w.Low < w.High {
			from, to := x.clamp(bar.from+w.Low), x.clamp(bar.from+w.High)
			whisker(c, place(from, bar.row), place(to, bar.row), draw.LineStyle{Color: dark(b.color), Width: lineThin})
			end = max(end, to)
		}
		text, at := b.text(bar), place(end, bar.row)
		at.X, at.Y = at.X+5, at.Y-2.8
		erase(c, at, bold(8, ink), text)
		c.FillText(bold(8, dark(b.color)), at, text)
	}
}

// text is the value of a bar: of a step with its sign, and as a share of the best page.
func (b lossBars) text(bar lossBar) string {
	text := formatValue(bar.change.Estimate, "1")
	if bar.total && bar.to == b.bars[0].to {
		return text
	}
	share := bar.change.Estimate / b.bars[0].to
	if !bar.total {
		return text + "  (" + formatPercent(share) + ")"
	}
	return text + "  (" + formatValue(share, "share") + " of the best)"
}

// lossKey names the worlds that have bars, where there is more than one.
func lossKey(run *record.Run, worlds []lossBars) []endLabel {
	if len(run.Manifest.Worlds) < 2 {
		return nil
	}
	var key []endLabel
	for _, w := range worlds {
		key = append(key, endLabel{name: w.world, color: w.color})
	}
	return key
}
