package plots

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
	"feedloop/sim/stats"
)

var auditFigure = Figure{
	Name:  "audit",
	Title: "Served values that a recomputation does not confirm",
	Doc: "From the table audit: of the feature values that were recomputed from the log, the share that differs from what " +
		"was served, by the cause that the audit infers and by feature. Causes are inferred from what operators can see.",
	make: audit,
}

// maxAudited bounds the rows of a panel; maxNumbered bounds the worlds whose
// dots still have room for their numbers.
const maxAudited, maxNumbered = 12, 2

func audit(run *record.Run) (*sheet, error) {
	by := func(column string, most int) []mismatch { return mismatches(run, column, most) }
	causes, features := by("cause", maxAudited), by("feature", maxAudited)
	if len(features) == 0 {
		return nil, missing("no table audit was recorded, or it found no difference")
	}
	rows := vg.Length(max(len(causes), len(features)))
	return &sheet{
		subtitle: "Share of the recomputed values that differ from what was served, the most frequent first.",
		height:   60 + rows*(9+6*vg.Length(len(run.Manifest.Worlds))),
		key:      keyOf(run, 0),
		panels:   [][]*panel{{mismatchPanel("by cause", "of all values", causes, int(rows)), mismatchPanel("by feature", "of the feature's values", features, int(rows))}},
		note:     provenance(run, "lines through dots: 95 % interval over replicates"),
	}, nil
}

// mismatch is a cause or a feature with the share of values that differ, by
// world.
type mismatch struct {
	name   string
	shares []stats.Interval
	most   float64
}

// mismatches are the rows of the table audit gathered by a column, the most
// frequent first; those that are nowhere are left out.
func mismatches(run *record.Run, column string, most int) []mismatch {
	var found []mismatch
	for _, name := range namesIn(run, "audit", column) {
		m := mismatch{name: name}
		for _, world := range run.Manifest.Worlds {
			var shares []float64
			for _, r := range run.World(world) {
				if t, ok := r.Table("audit"); ok {
					shares = append(shares, mismatchShare(t, column, name))
				}
			}
			share := bounded(stats.Mean(shares, confidence))
			m.shares = append(m.shares, share)
			m.most = max(m.most, share.Estimate)
		}
		if m.most > 0 {
			found = append(found, m)
		}
	}
	slices.SortStableFunc(found, func(a, b mismatch) int { return cmp.Compare(b.most, a.most) })
	return found[:min(len(found), most)]
}

// mismatchShare is what differs in the rows that have a name in a column. By
// feature it is a share of the values of that feature, by cause of all values.
func mismatchShare(t record.Table, column, name string) float64 {
	differ, of, counted := 0.0, 0.0, map[string]bool{}
	cells, features := t.Strings(column), t.Strings("feature")
	mismatched, compared := t.Floats("mismatched"), t.Floats("compared")
	for i := range cells {
		if cells[i] == name {
			differ += mismatched[i]
		}
		if !counted[features[i]] && (column != "feature" || cells[i] == name) {
			counted[features[i]] = true
			of += compared[i]
		}
	}
	return differ / of
}

// namesIn lists the different cells of a table's column, in order of first
// appearance over all results.
func namesIn(run *record.Run, table, column string) []string {
	var names []string
	for i := range run.Results {
		t, _ := run.Results[i].Table(table)
		for _, name := range t.Strings(column) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// mismatchPanel draws a dot by world in a row by name, as far apart as if there
// were so many rows, on a logarithmic axis where some are many times as frequent
// as others.
func mismatchPanel(title, unit string, found []mismatch, of int) *panel {
	var rows []string
	lo, hi := math.Inf(1), 0.0
	for _, m := range found {
		rows = append(rows, brief(m.name))
		for _, s := range m.shares {
			if s.Estimate > 0 {
				lo, hi = min(lo, s.Estimate), max(hi, s.Estimate)
			}
		}
	}
	p := &panel{title: title, unit: unit, y: categories(rows), x: linear(0, hi, "share", 3)}
	p.y.min = -float64(of) + .4
	room := 1.35 // for the value
	if hi > 20*lo {
		p.x, room = logarithmic(lo, hi, "share"), 6
	}
	if len(found[0].shares) > maxNumbered {
		room = 1.2
	}
	p.x.max = hi * room
	p.layers = []plot.Plotter{columns{}, mismatchDots(found)}
	return p
}

// mismatchDots draws the shares of all rows.
type mismatchDots []mismatch

// Plot implements plot.Plotter.
func (dots mismatchDots) Plot(c draw.Canvas, p *plot.Plot) {
	place := placer(c, p)
	x := scale{min: p.X.Min, max: p.X.Max}
	for i, m := range dots {
		for w, s := range m.shares {
			if !(s.Estimate > 0) {
				continue
			}
			row := -float64(i) + dodge(w, len(m.shares))
			whisker(c, place(x.clamp(s.Low), row), place(x.clamp(s.High), row), draw.LineStyle{Color: hue(w), Width: lineData})
			at := place(s.Estimate, row)
			c.DrawGlyphNoClip(draw.GlyphStyle{Color: hue(w), Radius: 2.6, Shape: draw.CircleGlyph{}}, at)
			if len(m.shares) > maxNumbered {
				continue
			}
			at = place(x.clamp(max(s.Estimate, s.High)), row)
			c.FillText(sans(7.5, dark(hue(w))), vg.Point{X: at.X + 5, Y: at.Y - 2.6}, formatValue(s.Estimate, "share"))
		}
	}
}
