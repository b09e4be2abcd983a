package plots

import (
	"fmt"
	"image/color"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
	"feedloop/sim/stats"
)

var peopleFigure = Figure{
	Name:  "people",
	Title: "What people did, and what they were made to do",
	Doc: "From the table marginals: each distribution that a world is made of, as it came out and by its formula, taken at the " +
		"same moments. Where the two part, something changes what the formula promises. Published numbers stand beside.",
	make: people,
}

// marginal is how a marginal of the table is drawn.
type marginal struct {
	name, title, unit string
	x                 string  // what the x axis shows
	unitX             string  // of its ticks
	perX              float64 // what a unit of the table is in that unit; 0 is 1
	logX, logY        bool
	ticks             []float64 // of the x axis, where round numbers will not do
	published         string    // the number of the table published that stands beside
	low               bool      // it stands at the lower left, where the curve leaves room
}

// marginalPanels are the panels of the figure, in reading order.
var marginalPanels = []marginal{
	{name: "watch_share", title: "watched", unit: "of impressions", x: "share of the length", ticks: []float64{0, 1, 2, 3}, logY: true, published: "share_watched"},
	{name: "staying", title: "stay to watch", unit: "of impressions", x: "appeal"},
	{name: "like", title: "like", unit: "of those who stay", x: "true value"},
	{name: "hide", title: "hide", unit: "of impressions", x: "true value"},
	{name: "visit_length", title: "still there", unit: "of visits", x: "posts met, or pages of a list", published: "posts_per_active_day"},
	{name: "examination", title: "looked at", unit: "of those on a page", x: "position, from 0"},
	{name: "daily_curve", title: "visits", unit: "by hour", x: "local hour", ticks: []float64{0, 6, 12, 18, 24}},
	{name: "gap", title: "not back yet", unit: "of visits", x: "since the last", unitX: "s", perX: 3600, logX: true, published: "return_next_day", low: true},
	{name: "return", title: "impulses followed", unit: "", x: "satisfaction"},
	{name: "churn", title: "gone for good", unit: "after a visit", x: "satisfaction"},
	{name: "departed", title: "lost", unit: "departures by person", x: "days since the warm-up"},
	{name: "post_lorenz", title: "posts", unit: "part of all impressions", x: "share of posts, least met first", unitX: "share"},
	{name: "creator_lorenz", title: "creators", unit: "part of all impressions", x: "share of creators, least met first", unitX: "share"},
	{name: "followers", title: "creators followed", unit: "by at least so many", x: "followers", logX: true, logY: true},
}

func people(run *record.Run) (*sheet, error) {
	s := &sheet{
		subtitle: "Dots: what came out. Dashed: what the formulas promise for the same moments; for posts and creators, equal chances.",
		height:   112,
		note:     provenance(run, bandsOver(run)...),
	}
	if len(run.Manifest.Worlds) > 1 {
		s.key = keyOf(run, 0)
	}
	var drawn []*panel
	for _, m := range marginalPanels {
		if p := m.panel(run); p != nil {
			drawn = append(drawn, p)
		}
	}
	if len(drawn) == 0 {
		return nil, missing("no table marginals was recorded, or nobody came")
	}
	for from := 0; from < len(drawn); from += 3 {
		s.panels = append(s.panels, rowOf(drawn[from:min(from+3, len(drawn))], 3))
	}
	return s, nil
}

// bandsOver explains bands where there are any.
func bandsOver(run *record.Run) []string {
	if run.Manifest.Replicates < 2 {
		return nil
	}
	return []string{"bands: 95 % interval over replicates"}
}

// panel draws a marginal of every world, or nothing where no world has it.
func (m marginal) panel(run *record.Run) *panel {
	p := &panel{title: m.title, unit: m.unit, xTitle: m.x}
	loX, hiX, loY, hiY := math.Inf(1), math.Inf(-1), math.Inf(1), 0.0
	for i, world := range run.Manifest.Worlds {
		observed, expected := m.curves(run, world)
		if len(observed) == 0 {
			continue
		}
		for j, o := range observed {
			loX, hiX, hiY = min(loX, o.at), max(hiX, o.at), max(hiY, o.mean, expected[j].mean)
			if o.mean > 0 {
				loY = min(loY, o.mean)
			}
		}
		p.layers = append(p.layers, band{observed, tint(hue(i), .15)},
			line{expected, draw.LineStyle{Color: dark(hue(i)), Width: lineThin, Dashes: dashed}}, points{observed, hue(i)})
	}
	if !(hiX > loX) || math.IsInf(loY, 1) {
		return nil
	}
	p.x, p.y = m.scaleX(loX, hiX), linear(0, hiY, "share", 3)
	if m.logY {
		p.y = logarithmic(loY, hiY, "share")
	}
	p.layers = append(p.layers, beside{m.beside(run), m.low})
	return p
}

// scaleX is the axis from the first to the last point.
func (m marginal) scaleX(lo, hi float64) scale {
	if m.logX {
		return logarithmic(lo, hi, m.unitX)
	}
	x := linear(lo, hi, m.unitX, 3)
	if m.ticks != nil {
		lo, hi, x.ticks = m.ticks[0], m.ticks[len(m.ticks)-1], nil
		for _, at := range m.ticks {
			x.ticks = append(x.ticks, plot.Tick{Value: at, Label: formatTick(at, 1, m.unitX)})
		}
	}
	x.min, x.max = lo, hi
	x.ticks = slices.DeleteFunc(x.ticks, func(t plot.Tick) bool { return t.Value < lo || t.Value > hi })
	return x
}

// curves are the marginal of a world as observed and as expected, at the same
// points, by the mean over replicates.
func (m marginal) curves(run *record.Run, world string) (observed, expected curve) {
	samples, laws := map[float64][]float64{}, map[float64][]float64{}
	for _, r := range run.World(world) {
		t, ok := r.Table("marginals")
		if !ok {
			continue
		}
		names, xs, seen, law := t.Strings("marginal"), t.Floats("x"), t.Floats("observed"), t.Floats("expected")
		for i, name := range names {
			if name == m.name {
				samples[xs[i]] = append(samples[xs[i]], seen[i])
				laws[xs[i]] = append(laws[xs[i]], law[i])
			}
		}
	}
	for _, x := range slices.Sorted(maps.Keys(samples)) {
		if 2*len(samples[x]) < run.Manifest.Replicates {
			continue // too rare to say something in most replicates
		}
		i := bounded(stats.Mean(samples[x], confidence))
		low, high := i.Low, i.High
		if len(samples[x]) < 2 {
			low, high = math.NaN(), math.NaN()
		}
		observed = append(observed, point{x * max(m.perX, 1), i.Estimate, low, high})
		expected = append(expected, point{x * max(m.perX, 1), mean(laws[x]), math.NaN(), math.NaN()})
	}
	return observed, expected
}

// beside is what is published about the marginal, and the same number in the
// first world that has it.
func (m marginal) beside(run *record.Run) []string {
	for i := range run.Results {
		t, ok := run.Results[i].Table("published")
		row := slices.Index(t.Strings("number"), m.published)
		if !ok || row < 0 {
			continue
		}
		low, high := t.Floats("low")[row], t.Floats("high")[row]
		var seen []float64
		for _, r := range run.World(run.Results[i].World) {
			if t, ok := r.Table("published"); ok && row < len(t.Rows) {
				seen = append(seen, t.Floats("observed")[row])
			}
		}
		unit := "share"
		if high > 1 {
			unit = ""
		}
		told := trimmed(formatTick(low, .01, unit))
		if high > low {
			told = fmt.Sprintf("%s\u2013%s", formatTick(low*100, 1, ""), formatTick(high, .01, unit))
		}
		said := []string{fmt.Sprintf("%s %s", publishedWords[m.published], formatValue(mean(seen), unit))}
		switch world := run.Results[i].World + ":"; {
		case len(run.Manifest.Worlds) == 1:
		case m.low: // where a long line would meet the curve
			said = append([]string{world}, said...)
		default:
			said[0] = world + " " + said[0]
		}
		return append(said, fmt.Sprintf("%s: %s", t.Strings("source")[row], told))
	}
	return nil
}

// publishedWords name the numbers of the table published.
var publishedWords = map[string]string{
	"share_watched": "mean", "posts_per_active_day": "posts a day", "return_next_day": "back next day",
}

// beside is some lines of text in the upper right corner of a panel.
type beside struct {
	lines []string
	low   bool
}

// Plot implements plot.Plotter.
func (b beside) Plot(c draw.Canvas, _ *plot.Plot) {
	style := aligned(sans(7, muted), draw.XRight, draw.YTop)
	at := c.Max
	if b.low {
		style.XAlign = draw.XLeft
		at = vg.Point{X: c.Min.X + 4, Y: c.Min.Y + vg.Length(len(b.lines))*9 + 3}
	}
	for i, text := range b.lines {
		c.FillText(style, vg.Point{X: at.X, Y: at.Y - vg.Length(i)*9}, text)
	}
}

// points draws a curve as points, those of a dense one thinned.
type points struct {
	curve curve
	color color.NRGBA
}

// Plot implements plot.Plotter.
func (d points) Plot(c draw.Canvas, p *plot.Plot) {
	const dense = 26
	place := placer(c, p)
	every := (len(d.curve) + dense - 1) / dense
	for i, at := range d.curve {
		if i%every == 0 || i == len(d.curve)-1 {
			c.DrawGlyphNoClip(draw.GlyphStyle{Color: d.color, Radius: 1.5, Shape: draw.CircleGlyph{}}, place(at.at, at.mean))
		}
	}
}
