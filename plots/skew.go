package plots

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
)

var skewFigure = Figure{
	Name:  "skew",
	Title: "Training against serving, feature by feature",
	Doc: "From the table skew: quantiles of each feature as the model learned from it, over the same quantiles as people were " +
		"served. On the grey diagonal the two are distributed alike; what lies off it, the model has never met.",
	make: skew,
}

// skewColumns by skewRows panels are what a page shows of the features.
const skewColumns, skewRows = 4, 3

func skew(run *record.Run) (*sheet, error) {
	features := skewed(run)
	if len(features) == 0 {
		return nil, missing("no table skew was recorded")
	}
	all := len(features)
	features = features[:min(all, skewColumns*skewRows)]
	s := &sheet{
		subtitle: fmt.Sprintf("Across: quantiles served; up: quantiles trained on, 5 %% to 95 %%. %d of %s, the most different first.", len(features), count(all, "feature")),
		height:   122,
		key:      keyOfSkewed(run),
		note:     provenance(run, "means over replicates", "%: mean distance of the quantiles, of the range of both"),
	}
	for len(features) > 0 {
		row := make([]*panel, skewColumns)
		for i := range min(skewColumns, len(features)) {
			row[i] = features[i].panel()
		}
		s.panels = append(s.panels, row)
		features = features[min(skewColumns, len(features)):]
	}
	return s, nil
}

// keyOfSkewed names the worlds that compared both sides.
func keyOfSkewed(run *record.Run) []endLabel {
	return slices.DeleteFunc(keyOf(run, 0), func(l endLabel) bool { return len(featuresOf(run, l.name)) == 0 })
}

// twoSided is a feature's quantiles on both sides.
type twoSided struct {
	name   string
	lines  []quantiles // by world
	differ float64     // the most that any world's sides differ
	below  bool        // and there, training is below serving
}

// quantiles are those of a feature in one world.
type quantiles struct {
	serving, training []float64
	color             color.NRGBA
}

// skewed are the features of the table skew, the most different first.
func skewed(run *record.Run) []twoSided {
	var features []twoSided
	for i, world := range run.Manifest.Worlds {
		for _, name := range featuresOf(run, world) {
			q := quantiles{color: hue(i)}
			q.serving, q.training = meanQuantiles(run, world, name, "serving"), meanQuantiles(run, world, name, "training")
			if !q.complete() {
				continue
			}
			at := slices.IndexFunc(features, func(f twoSided) bool { return f.name == name })
			if at < 0 {
				at = len(features)
				features = append(features, twoSided{name: name})
			}
			features[at].lines = append(features[at].lines, q)
			if d := q.distance(); d > features[at].differ {
				features[at].differ, features[at].below = d, mean(q.training) < mean(q.serving)
			}
		}
	}
	slices.SortStableFunc(features, func(a, b twoSided) int { return cmp.Compare(b.differ, a.differ) })
	return features
}

// featuresOf lists the features of a world's table, in its order.
func featuresOf(run *record.Run, world string) []string {
	for _, r := range run.World(world) {
		if t, ok := r.Table("skew"); ok {
			return slices.Compact(slices.Clone(t.Strings("feature")))
		}
	}
	return nil
}

// meanQuantiles is a column of a feature's rows, in the mean over replicates.
func meanQuantiles(run *record.Run, world, feature, column string) []float64 {
	var sums []float64
	n := 0.0
	for _, r := range run.World(world) {
		t, _ := r.Table("skew")
		var own []float64
		values := t.Floats(column)
		for i, name := range t.Strings("feature") {
			if name == feature && values != nil {
				own = append(own, values[i])
			}
		}
		if sums == nil {
			sums = make([]float64, len(own))
		}
		if len(own) == len(sums) && !slices.ContainsFunc(own, math.IsNaN) {
			n++
			for i, x := range own {
				sums[i] += x
			}
		}
	}
	for i := range sums {
		sums[i] /= n
	}
	return sums
}

// complete tells whether both sides have data.
func (q quantiles) complete() bool {
	return len(q.serving) > 0 && len(q.serving) == len(q.training) &&
		!slices.ContainsFunc(q.serving, math.IsNaN) && !slices.ContainsFunc(q.training, math.IsNaN)
}

// distance is the mean distance of the quantiles, as a share of the range that
// both sides span.
func (q quantiles) distance() float64 {
	sum := 0.0
	for i := range q.serving {
		sum += math.Abs(q.training[i] - q.serving[i])
	}
	lo, hi := q.reach()
	if d := sum / float64(len(q.serving)) / (hi - lo); finite(d) {
		return d
	}
	return 0 // both are the same constant
}

// reach is the range that both sides span.
func (q quantiles) reach() (lo, hi float64) {
	return min(slices.Min(q.serving), slices.Min(q.training)), max(slices.Max(q.serving), slices.Max(q.training))
}

// panel draws one feature: the diagonal and a line for each world.
func (f twoSided) panel() *panel {
	lo, hi := math.Inf(1), math.Inf(-1)
	p := &panel{title: f.name}
	p.layers = []plot.Plotter{columns{}, diagonal{}}
	for _, q := range f.lines {
		low, high := q.reach()
		lo, hi = min(lo, low), max(hi, high)
		p.layers = append(p.layers, q)
	}
	p.layers = append(p.layers, apart{f.differ, f.below})
	p.x, p.y = linear(lo, hi, "", 2), linear(lo, hi, "", 2)
	return p
}

// diagonal is where training and serving agree.
type diagonal struct{}

// Plot implements plot.Plotter.
func (diagonal) Plot(c draw.Canvas, p *plot.Plot) {
	place := placer(c, p)
	c.StrokeLines(draw.LineStyle{Color: rule, Width: lineThin}, []vg.Point{place(p.X.Min, p.X.Min), place(p.X.Max, p.X.Max)})
}

// Plot implements plot.Plotter.
func (q quantiles) Plot(c draw.Canvas, p *plot.Plot) {
	place := placer(c, p)
	var path []vg.Point
	for i := range q.serving {
		path = append(path, place(q.serving[i], q.training[i]))
	}
	c.StrokeLines(draw.LineStyle{Color: tint(q.color, .8), Width: lineThin}, path)
	for _, at := range path {
		c.DrawGlyphNoClip(draw.GlyphStyle{Color: q.color, Radius: 1.4, Shape: draw.CircleGlyph{}}, at)
	}
}

// apart is how far the sides of a feature are apart, in the corner that the line
// keeps away from.
type apart struct {
	share float64
	below bool // the line runs below the diagonal
}

// Plot implements plot.Plotter.
func (a apart) Plot(c draw.Canvas, _ *plot.Plot) {
	text := fixed(a.share*100, 0) + " %"
	at := vg.Point{X: c.Max.X - noteText.Width(text) - 3, Y: c.Min.Y + 4}
	if a.below {
		at = vg.Point{X: c.Min.X + 3, Y: c.Max.Y - 9}
	}
	erase(c, at, noteText, text)
	c.FillText(noteText, at, text)
}
