package plots

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
)

// Figure is a picture that can be drawn of a run.
type Figure struct {
	Name  string // "timeline", also the file's name
	Title string // what it shows
	Doc   string // how to read it, in a sentence or two
	make  func(run *record.Run) (*sheet, error)
}

// Figures lists every figure, in the order a reader wants them.
func Figures() []Figure {
	return []Figure{effectsFigure, timelineFigure, truthFigure, horizonFigure, loopFigure, creatorsFigure, agesFigure, lagsFigure,
		indexFigure, freshnessFigure, skewFigure, auditFigure, causesFigure, reliabilityFigure, positionsFigure, funnelFigure,
		lossesFigure, latencyFigure, peopleFigure}
}

// Missing says why a figure cannot be drawn of a run: what it shows was not
// recorded. It is a normal thing, not a failure.
type Missing struct {
	Figure string
	Why    string
}

// Error implements error.
func (m *Missing) Error() string { return fmt.Sprintf("no figure %s: %s", m.Figure, m.Why) }

// missing makes the error that a figure without data returns. Draw names the
// figure.
func missing(why string) error { return &Missing{Why: why} }

// Draw draws one figure of a run into a file whose extension, .svg, .png or
// .pdf, says how. Width and height are in inches; zero takes the figure's own.
// The error is a *Missing when the run has nothing to draw.
func Draw(run *record.Run, name, path string, width, height float64) error {
	at := slices.IndexFunc(Figures(), func(f Figure) bool { return f.Name == name })
	if at < 0 {
		return fmt.Errorf("no figure is called %q; there are %s", name, strings.Join(names(), ", "))
	}
	b, err := Figures()[at].render(run, strings.TrimPrefix(filepath.Ext(path), "."), width, height)
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644)
}

func names() []string {
	var names []string
	for _, f := range Figures() {
		names = append(names, f.Name)
	}
	return names
}

// All draws every figure that the run has data for into <folder>/<name>.svg,
// and says which it left out.
func All(run *record.Run, folder string) ([]*Missing, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	var left []*Missing
	for _, f := range Figures() {
		err := Draw(run, f.Name, filepath.Join(folder, f.Name+".svg"), 0, 0)
		if m, ok := err.(*Missing); ok {
			left = append(left, m)
		} else if err != nil {
			return left, err
		}
	}
	return left, nil
}

// render returns the bytes of the figure. The same run gives the same bytes.
func (f Figure) render(run *record.Run, format string, width, height float64) ([]byte, error) {
	s, err := f.make(run)
	if m, ok := err.(*Missing); ok {
		m.Figure = f.Name
	}
	if err != nil {
		return nil, err
	}
	s.title = f.Title
	w, h := s.size()
	w, h = cmp.Or(vg.Length(width)*vg.Inch, w), cmp.Or(vg.Length(height)*vg.Inch, h)
	if w < 3*vg.Inch || h < 2*vg.Inch {
		return nil, fmt.Errorf("figure %s needs at least 3 by 2 inches, not %.3g by %.3g", f.Name, w/vg.Inch, h/vg.Inch)
	}
	canvas, err := newCanvas(format, w, h)
	if err != nil {
		return nil, err
	}
	s.draw(draw.NewCanvas(canvas, w, h))
	var b bytes.Buffer
	_, err = canvas.WriteTo(&b)
	return b.Bytes(), err
}
