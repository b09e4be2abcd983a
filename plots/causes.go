package plots

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
)

var causesFigure = Figure{
	Name:  "causes",
	Title: "Is the audit right about the cause?",
	Doc: "From the table causes: rows are what was done to the world, which only the simulator knows; columns are what the " +
		"audit inferred from what operators see. The outlined diagonal is right; a row adds up to 100 %.",
	make: causes,
}

func causes(run *record.Run) (*sheet, error) {
	m := confused(run)
	if len(m.names) == 0 {
		return nil, missing("no table causes was recorded")
	}
	n := len(m.names)
	p := &panel{title: "planted cause", unit: "by the cause that the audit inferred", x: scale{min: -.5, max: float64(n) - .5}, y: categories(m.names)}
	p.y.min, p.y.max = -float64(n)+.5, .5
	for i, name := range m.names {
		p.x.ticks = append(p.x.ticks, plot.Tick{Value: float64(i), Label: name})
	}
	p.layers = []plot.Plotter{m}
	return &sheet{
		subtitle: "Share of each planted cause's values, and their number. All worlds and replicates together: " + formatValue(m.right(), "share") + " are right.",
		height:   34 + 30*vg.Length(n),
		panels:   [][]*panel{{p}},
		note:     provenance(run),
	}, nil
}

// confusion is a matrix of counts: planted by inferred.
type confusion struct {
	names  []string
	counts [][]float64
}

// confused adds up the tables of all results.
func confused(run *record.Run) confusion {
	m := confusion{names: namesIn(run, "causes", "planted")}
	for _, name := range namesIn(run, "causes", "inferred") {
		m.index(name)
	}
	m.counts = make([][]float64, len(m.names))
	for i := range m.counts {
		m.counts[i] = make([]float64, len(m.names))
	}
	for i := range run.Results {
		t, _ := run.Results[i].Table("causes")
		planted, inferred, values := t.Strings("planted"), t.Strings("inferred"), t.Floats("values")
		for j := range values {
			m.counts[m.index(planted[j])][m.index(inferred[j])] += values[j]
		}
	}
	return m
}

// index is the place of a name; a new one comes last.
func (m *confusion) index(name string) int {
	for i := range m.names {
		if m.names[i] == name {
			return i
		}
	}
	m.names = append(m.names, name)
	return len(m.names) - 1
}

// row adds up the values of a planted cause.
func (m confusion) row(i int) float64 {
	sum := 0.0
	for _, n := range m.counts[i] {
		sum += n
	}
	return sum
}

// right is the share of all values whose cause is inferred as it was planted.
func (m confusion) right() float64 {
	hits, all := 0.0, 0.0
	for i := range m.names {
		hits += m.counts[i][i]
		all += m.row(i)
	}
	return hits / all
}

// Plot implements plot.Plotter.
func (m confusion) Plot(c draw.Canvas, p *plot.Plot) {
	place := placer(c, p)
	for i := range m.names {
		for j, n := range m.counts[i] {
			share := n / max(m.row(i), 1)
			box := []vg.Point{
				place(float64(j)-.5, .5-float64(i)), place(float64(j)+.5, .5-float64(i)),
				place(float64(j)+.5, -.5-float64(i)), place(float64(j)-.5, -.5-float64(i)),
			}
			fill, text := mixed(blue, .9*share), ink
			if share > .5 {
				text = paper
			}
			c.FillPolygon(fill, box) // opaque: it hides the grid
			c.StrokeLines(draw.LineStyle{Color: faint, Width: hairline}, append(box, box[0]))
			middle := place(float64(j), -float64(i))
			if n > 0 {
				c.FillText(aligned(bold(8, text), draw.XCenter, 0), vg.Point{X: middle.X, Y: middle.Y + 1}, formatValue(share, "share"))
				c.FillText(aligned(sans(7, text), draw.XCenter, 0), vg.Point{X: middle.X, Y: middle.Y - 8}, threeFigures(n))
			}
		}
	}
	for i := range m.names { // over the hairlines of the neighbours
		at, to := place(float64(i)-.5, .5-float64(i)), place(float64(i)+.5, -.5-float64(i))
		c.StrokeLines(draw.LineStyle{Color: ink, Width: lineThin}, []vg.Point{at, {X: to.X, Y: at.Y}, to, {X: at.X, Y: to.Y}, at})
	}
}

// mixed is a colour on paper: 0 is paper, 1 the colour.
func mixed(c color.NRGBA, strength float64) color.NRGBA {
	mix := func(c, paper uint8) uint8 { return uint8(float64(paper) + strength*(float64(c)-float64(paper)) + .5) }
	return color.NRGBA{mix(c.R, paper.R), mix(c.G, paper.G), mix(c.B, paper.B), 0xff}
}
