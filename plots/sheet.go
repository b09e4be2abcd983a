package plots

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
)

// panel is one small chart: a title, axes, and what is drawn between them.
type panel struct {
	title, unit string // the title in bold, the unit behind it
	x, y        scale
	xTitle      string         // under the x axis, where it is not time
	layers      []plot.Plotter // from back to front
	labels      endLabels      // right of the panel
}

// sheet is a figure before it has a size: a grid of panels under a title.
type sheet struct {
	title, subtitle string
	panels          [][]*panel // row by row; nil where there is none
	height          vg.Length  // wanted of one row, its title and gap included
	width           vg.Length  // wanted of the page
	strip           strip      // above the panels
	note            string     // at the foot
	key             []endLabel // names of the worlds in their colours, where no line ends can carry them
	sharedX         bool       // only the lowest panel of a column shows its x axis
}

// pageWidth is the width of a figure unless somebody asks for another: that
// of a page of text with decent margins.
const pageWidth = vg.Length(7.6 * 72)

// headHeight is the room for title and subtitle.
const headHeight = vg.Length(36)

// footHeight is the room for the note.
const footHeight = vg.Length(14)

// size is how large the sheet wants to be.
func (s *sheet) size() (w, h vg.Length) {
	w = s.width
	if w == 0 {
		w = pageWidth
	}
	h = 2*margin + headHeight + footHeight + vg.Length(len(s.panels))*s.height + 12
	return w, h + s.stripHeight(w) + s.keyHeight()
}

// keyHeight is the room for the names of the worlds.
const keyHeight = vg.Length(14)

func (s *sheet) keyHeight() vg.Length {
	if len(s.key) == 0 {
		return 0
	}
	return keyHeight
}

// keyOf names the worlds of a run from the i-th on.
func keyOf(run *record.Run, from int) []endLabel {
	var key []endLabel
	for i, world := range run.Manifest.Worlds[from:] {
		key = append(key, endLabel{name: world, color: hue(from + i)})
	}
	return key
}

// stripHeight is the room for the strip over the first panel, whose width it
// has to guess: the tick labels take about tickWidth.
func (s *sheet) stripHeight(w vg.Length) vg.Length {
	const tickWidth = 40
	first := s.panels[0][0]
	return s.strip.height(first.x, w-2*margin-tickWidth-first.labels.width())
}

// draw fills a canvas with the sheet.
func (s *sheet) draw(c draw.Canvas) {
	c.SetColor(paper)
	c.Fill(c.Rectangle.Path())
	c = draw.Crop(c, margin, -margin, margin, -margin)
	top := c.Max.Y
	c.FillText(titleText, vg.Point{X: c.Min.X, Y: top - 10}, s.title)
	c.FillText(subtitleText, vg.Point{X: c.Min.X, Y: top - 24}, s.subtitle)
	c.FillText(noteText, vg.Point{X: c.Min.X, Y: c.Min.Y}, s.note)
	at := vg.Point{X: c.Min.X, Y: top - 24 - keyHeight}
	for _, l := range s.key {
		l.draw(c, at)
		at.X += l.width() + 14
	}
	strip := s.stripHeight(c.Max.X - c.Min.X + 2*margin)
	s.drawPanels(draw.Crop(c, 0, 0, footHeight, -headHeight-strip-s.keyHeight()))
}

func (s *sheet) drawPanels(c draw.Canvas) {
	rows, cols := len(s.panels), len(s.panels[0])
	plots := make([][]*plot.Plot, rows)
	for i, row := range s.panels {
		plots[i] = make([]*plot.Plot, cols)
		for j, p := range row {
			if p == nil {
				continue
			}
			plots[i][j] = p.plot()
			if s.sharedX && s.below(i, j) {
				hideX(plots[i][j])
			}
		}
	}
	tiles := draw.Tiles{Rows: rows, Cols: cols, PadTop: panelHead, PadX: 20, PadY: panelHead + panelGap}
	canvases := plot.Align(plots, tiles, c)
	for i, row := range s.panels {
		for j, p := range row {
			if p != nil {
				plots[i][j].Draw(canvases[i][j])
				at := vg.Point{X: left(canvases, j), Y: plots[i][j].DataCanvas(canvases[i][j]).Max.Y + 6}
				end := c.Max.X
				if j+1 < cols {
					end = left(canvases, j+1) - 4
				}
				p.drawTitle(c, at, end)
			}
		}
	}
	data := plots[0][0].DataCanvas(canvases[0][0])
	s.strip.draw(c, s.panels[0][0].x, data.Min.X, data.Max.X, data.Max.Y+panelHead+5)
}

// left is where the panels of column j begin, tick labels included.
func left(canvases [][]draw.Canvas, j int) vg.Length {
	x := canvases[0][j].Min.X
	for _, row := range canvases {
		x = min(x, row[j].Min.X)
	}
	return x
}

// below reports whether there is a panel under the one in row i, column j.
func (s *sheet) below(i, j int) bool {
	for _, row := range s.panels[i+1:] {
		if row[j] != nil {
			return true
		}
	}
	return false
}

func (p *panel) plot() *plot.Plot {
	made := newPlot(p.x, p.y)
	made.Add(p.layers...)
	made.Add(p.labels)
	made.X.Label.Text = p.xTitle
	return made
}

// drawTitle writes the title, smaller and then cut off where it does not fit
// before end, and, where it fits, the unit.
func (p *panel) drawTitle(c draw.Canvas, at vg.Point, end vg.Length) {
	title, style := []rune(p.title), panelText
	if at.X+style.Width(p.title) > end {
		style = bold(7.5, ink)
	}
	for len(title) > 2 && at.X+style.Width(string(title)) > end {
		title = append(title[:len(title)-2], '\u2026')
	}
	c.FillText(style, at, string(title))
	at.X += style.Width(string(title)) + 6
	if at.X+unitText.Width(p.unit) <= end {
		c.FillText(unitText, at, p.unit)
	}
}

// provenance is the note at the foot of every figure: which run it shows.
func provenance(run *record.Run, more ...string) string {
	m := run.Manifest
	parts := []string{m.Scenario, fmt.Sprintf("seed %d", m.Seed), count(m.Replicates, "replicate")}
	if m.Incomplete {
		parts = append(parts, "INCOMPLETE")
	}
	return strings.Join(append(parts, more...), "  \u00b7  ")
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
