package plots

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
)

var lagsFigure = Figure{
	Name:  "lags",
	Title: "Lag by partition",
	Doc: "From the table partitions: how long the oldest record has waited that the feature counters have not read, by " +
		"partition of the log. All lines up together: the reader is stopped or too slow. One line up alone: a hot partition.",
	make: lags,
}

func lags(run *record.Run) (*sheet, error) {
	frame := newFrame(run, 11)
	s := &sheet{
		subtitle: "Longest wait of an unread record in each window. The partition that waited longest is named. First replicate.",
		height:   max(82, 190/vg.Length(len(run.Manifest.Worlds))),
		sharedX:  true,
		strip:    strip{frame.marks, frame.lanes},
		note:     provenance(run),
	}
	for i, world := range run.Manifest.Worlds {
		if p := frame.lag(world, hue(i)); p != nil {
			s.panels = append(s.panels, []*panel{p})
		}
	}
	if len(s.panels) == 0 {
		return nil, missing("no table partitions was recorded")
	}
	return s, nil
}

// lag draws the partitions of one world's first replicate.
func (f frame) lag(world string, hue color.NRGBA) *panel {
	parts := partitions(f.run, world)
	if len(parts) == 0 {
		return nil
	}
	worst, others := 0, math.Inf(-1)
	for i := range parts {
		if parts[i].most() > parts[worst].most() {
			worst = i
		}
	}
	p := f.panel(world, "")
	p.y = linear(0, max(parts[worst].most(), calm), "s", 3)
	quiet := tint(together, .45)
	var end point
	for i, c := range parts {
		if i != worst {
			p.layers = append(p.layers, line{c, draw.LineStyle{Color: quiet, Width: lineThin}})
			others = max(others, c.most())
			end, _ = c.last()
		}
	}
	p.layers = append(p.layers, line{parts[worst], draw.LineStyle{Color: hue, Width: lineData}})
	last, _ := parts[worst].last()
	p.labels = endLabels{{last, fmt.Sprintf("partition %d", worst), "to " + formatAge(parts[worst].most()), hue}}
	if len(parts) > 1 {
		p.labels = append(p.labels, endLabel{end, fmt.Sprintf("%d others", len(parts)-1), "to " + formatAge(others), together})
	}
	return p
}

// partitions returns a curve by partition, in order of their numbers, of the
// first replicate of a world.
func partitions(run *record.Run, world string) []curve {
	results := run.World(world)
	if len(results) == 0 {
		return nil
	}
	t, _ := results[0].Table("partitions")
	ends, numbers, lags := t.Floats("seconds"), t.Floats("partition"), t.Floats("lag")
	var parts []curve
	for i := range ends {
		n := numbers[i]
		if !(n >= 0 && n < maxPartitions) {
			continue
		}
		for len(parts) <= int(n) {
			parts = append(parts, nil)
		}
		parts[int(n)] = append(parts[int(n)], point{ends[i], lags[i], math.NaN(), math.NaN()})
	}
	for i, c := range parts {
		means := make([]float64, len(c))
		for j := range c {
			means[j] = c[j].mean
		}
		kept := curve{}
		for _, j := range thinned(means, maxPoints) {
			kept = append(kept, c[j])
		}
		parts[i] = kept
	}
	return parts
}

// calm is a lag in seconds up to which there is nothing to see: panels reach at
// least as high, so that the ordinary wait for the next fetch lies flat.
const calm = 60

// maxPartitions bounds what a figure can show.
const maxPartitions = 256

// most is the largest value of a curve.
func (c curve) most() float64 {
	most := 0.0
	for _, p := range c {
		if p.mean > most {
			most = p.mean
		}
	}
	return most
}
