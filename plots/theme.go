package plots

import (
	"image/color"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The theme: everything about how a figure looks is decided here.

// The colours of text and lines that carry no data, from loud to quiet.
var (
	ink   = color.NRGBA{0x1f, 0x23, 0x28, 0xff} // titles
	muted = color.NRGBA{0x66, 0x6c, 0x74, 0xff} // units, tick labels, notes
	rule  = color.NRGBA{0xb4, 0xb9, 0xc0, 0xff} // axes, event marks
	faint = color.NRGBA{0xe7, 0xe9, 0xec, 0xff} // grid
	wash  = color.NRGBA{0xf4, 0xf5, 0xf6, 0xff} // the warm-up
	paper = color.NRGBA{0xff, 0xff, 0xff, 0xff}
)

// The hues of Okabe and Ito (2008), told apart by readers with any of the
// common colour-vision deficiencies, in the order worlds take them. Their
// yellow is left out: it cannot be seen on white.
var (
	blue       = color.NRGBA{0x00, 0x72, 0xb2, 0xff}
	vermillion = color.NRGBA{0xd5, 0x5e, 0x00, 0xff}
	green      = color.NRGBA{0x00, 0x9e, 0x73, 0xff}
	purple     = color.NRGBA{0xcc, 0x79, 0xa7, 0xff}
	orange     = color.NRGBA{0xe6, 0x9f, 0x00, 0xff}
	sky        = color.NRGBA{0x56, 0xb4, 0xe9, 0xff}

	black = color.NRGBA{0x00, 0x00, 0x00, 0xff}

	hues = []color.NRGBA{blue, vermillion, green, purple, orange, sky, black}
)

// hue is the colour of the i-th world. After seven, worlds share.
func hue(i int) color.NRGBA { return hues[i%len(hues)] }

// tint lets a colour shine through: 0 is invisible, 1 opaque.
func tint(c color.NRGBA, opacity float64) color.NRGBA {
	c.A = uint8(opacity*255 + .5)
	return c
}

// together is the colour of worlds whose lines cannot be told apart.
var together = color.NRGBA{0x4a, 0x4f, 0x57, 0xff}

// dark is a hue as text: a fifth darker, so that small letters can be read.
func dark(c color.NRGBA) color.NRGBA {
	return color.NRGBA{uint8(int(c.R) * 4 / 5), uint8(int(c.G) * 4 / 5), uint8(int(c.B) * 4 / 5), c.A}
}

// Widths of lines.
const (
	hairline = vg.Length(.5)
	lineThin = vg.Length(1)
	lineData = vg.Length(1.5)
)

// dashed is the pattern of everything that only the simulator knows.
// Measured lines are solid.
var dashed = []vg.Length{4, 2.5}

// Distances on a page.
const (
	margin    = vg.Length(16) // around the page
	panelHead = vg.Length(13) // above a panel, for its title
	panelGap  = vg.Length(13) // between panels, besides the title
	labelGap  = vg.Length(5)  // between a line's end and its label
)

// sans is a text style in Liberation Sans, which has the metrics of Arial and
// Helvetica: where it is missing, a viewer's substitute fits the same space.
func sans(size vg.Length, c color.Color) draw.TextStyle {
	return text.Style{
		Color:   c,
		Font:    font.Font{Typeface: "Liberation", Variant: "Sans", Size: size},
		Handler: plot.DefaultTextHandler,
	}
}

// bold is sans in bold.
func bold(size vg.Length, c color.Color) draw.TextStyle {
	s := sans(size, c)
	s.Font.Weight = xfont.WeightBold
	return s
}

// The texts of a figure.
var (
	titleText    = bold(12, ink)
	subtitleText = sans(9, muted)
	panelText    = bold(9, ink)
	unitText     = sans(8, muted)
	tickText     = sans(8, muted)
	noteText     = sans(7.5, muted)
)

// aligned is a text style anchored elsewhere than at the left baseline.
func aligned(s draw.TextStyle, x draw.XAlignment, y draw.YAlignment) draw.TextStyle {
	s.XAlign, s.YAlign = x, y
	return s
}

// newPlot returns an empty panel in the theme: no y-axis line, no ticks that
// stick out, the horizontal grid drawn under the data by a plotter.
func newPlot(x, y scale) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.X.Padding, p.Y.Padding = 0, 2
	p.X.LineStyle = draw.LineStyle{Color: rule, Width: hairline}
	p.Y.LineStyle.Width = 0
	p.X.Tick.LineStyle = draw.LineStyle{Color: rule, Width: hairline}
	p.X.Tick.Length = 3
	p.Y.Tick.Length = 0
	p.X.Label.TextStyle = aligned(unitText, draw.XCenter, draw.YBottom)
	p.X.Label.Padding = 2
	p.X.Tick.Label = aligned(tickText, draw.XCenter, draw.YTop)
	p.Y.Tick.Label = aligned(tickText, draw.XRight, draw.YCenter)
	x.apply(&p.X)
	y.apply(&p.Y)
	p.Add(grid{})
	return p
}

// hideX takes the tick labels from a panel that shares the axis of the one
// below it.
func hideX(p *plot.Plot) {
	p.X.Tick.Marker = plot.ConstantTicks(nil)
	p.X.LineStyle.Width = 0
}
