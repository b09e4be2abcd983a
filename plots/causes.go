package plots

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
)

var causesFigure = Figure{
	Name:  "causes",
	Title: "Is the audit right about the cause?",
	Doc: "From the table causes: rows are what a fault did to served values, which only the simulator knows; columns are what " +
		"the audit inferred from what operators see. Outlined is right; a row adds up to 100 %. Some values that a fault touched " +
		"are late as well, and count as wrong if that is what they are called; without a fault there is no right or wrong.",
	make: causes,
}

// unplanted is how the table names what no fault was planted for.
const unplanted = "none"

func causes(run *record.Run) (*sheet, error) {
	m := confused(run)
	if !finite(m.right()) {
		return nil, missing("no table causes was recorded, or no fault touched what was audited")
	}
	rows, columns := float64(len(m.planted)), float64(len(m.inferred))
	p := &panel{title: "planted cause", unit: "by the cause that the audit inferred", x: scale{min: -.5, max: columns - .5}, y: categories(m.planted)}
	p.y.min, p.y.max = -rows+.5, .5
	for i, name := range m.inferred {
		p.x.ticks = append(p.x.ticks, plot.Tick{Value: float64(i), Label: name})
	}
	for i := range p.y.ticks {
		if m.planted[i] == unplanted {
			p.y.ticks[i].Label = "no fault"
		}
	}
	p.layers = []plot.Plotter{m}
	return &sheet{
		subtitle: "Share of each planted cause's values, and their number. All worlds together: " + formatValue(m.right(), "share") + " of what faults did is named right.",
		height:   34 + 30*vg.Length(rows),
		panels:   [][]*panel{{p}},
		note:     provenance(run),
	}, nil
}

// confusion is a matrix of counts: planted by inferred.
type confusion struct {
	planted, inferred []string
	counts            [][]float64
}

// confused adds up the tables of all results. No fault is the last row; columns
// stand in the order of the rows, those of causes that were not planted last.
func confused(run *record.Run) confusion {
	m := confusion{planted: namesIn(run, "causes", "planted")}
	if i := slices.Index(m.planted, unplanted); i >= 0 {
		m.planted = append(slices.Delete(m.planted, i, i+1), unplanted)
	}
	inferred := namesIn(run, "causes", "inferred")
	for _, name := range slices.Concat(m.planted, inferred) {
		if slices.Contains(inferred, name) && !slices.Contains(m.inferred, name) {
			m.inferred = append(m.inferred, name)
		}
	}
	for range m.planted {
		m.counts = append(m.counts, make([]float64, len(m.inferred)))
	}
	for i := range run.Results {
		t, _ := run.Results[i].Table("causes")
		planted, inferred, values := t.Strings("planted"), t.Strings("inferred"), t.Floats("values")
		for j := range values {
			m.counts[slices.Index(m.planted, planted[j])][slices.Index(m.inferred, inferred[j])] += values[j]
		}
	}
	return m
}

// row adds up the values of a planted cause.
func (m confusion) row(i int) float64 {
	sum := 0.0
	for _, n := range m.counts[i] {
		sum += n
	}
	return sum
}

// right is the share of the values under a fault whose cause is inferred as it
// was planted; NaN where there was no fault.
func (m confusion) right() float64 {
	hits, all := 0.0, 0.0
	for i, name := range m.planted {
		if name == unplanted {
			continue
		}
		if j := slices.Index(m.inferred, name); j >= 0 {
			hits += m.counts[i][j]
		}
		all += m.row(i)
	}
	return hits / all
}

// Plot implements plot.Plotter.
func (m confusion) Plot(c draw.Canvas, p *plot.Plot) {
	place := placer(c, p)
	corner := func(i, j int) (at, to vg.Point) {
		return place(float64(j)-.5, .5-float64(i)), place(float64(j)+.5, -.5-float64(i))
	}
	for i := range m.planted {
		for j, n := range m.counts[i] {
			share := n / max(m.row(i), 1)
			at, to := corner(i, j)
			box := []vg.Point{at, {X: to.X, Y: at.Y}, to, {X: at.X, Y: to.Y}}
			fill, text := mixed(blue, .9*share), ink
			if share > .5 {
				text = paper
			}
			c.FillPolygon(fill, box) // opaque: it hides the grid
			c.StrokeLines(draw.LineStyle{Color: faint, Width: hairline}, append(box, box[0]))
			middle := place(float64(j), -float64(i))
			if n > 0 {
				c.FillText(aligned(bold(8, text), draw.XCenter, 0), vg.Point{X: middle.X, Y: middle.Y + 1}, formatValue(share, "share"))
				c.FillText(aligned(sans(7, text), draw.XCenter, 0), vg.Point{X: middle.X, Y: middle.Y - 8}, trimmed(threeFigures(n)))
			}
		}
	}
	for i, name := range m.planted { // over the hairlines of the neighbours
		if j := slices.Index(m.inferred, name); j >= 0 {
			at, to := corner(i, j)
			c.StrokeLines(draw.LineStyle{Color: ink, Width: lineThin}, []vg.Point{at, {X: to.X, Y: at.Y}, to, {X: at.X, Y: to.Y}, at})
		}
	}
}

// mixed is a colour on paper: 0 is paper, 1 the colour.
func mixed(c color.NRGBA, strength float64) color.NRGBA {
	mix := func(c, paper uint8) uint8 { return uint8(float64(paper) + strength*(float64(c)-float64(paper)) + .5) }
	return color.NRGBA{mix(c.R, paper.R), mix(c.G, paper.G), mix(c.B, paper.B), 0xff}
}
