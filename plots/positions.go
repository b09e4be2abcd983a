package plots

import (
	"maps"
	"math"
	"slices"

	"gonum.org/v1/plot/vg/draw"

	"feedloop/sim/record"
	"feedloop/sim/stats"
)

var positionsFigure = Figure{
	Name:  "positions",
	Title: "Where people look, and what the ranker makes of it",
	Doc: "From the tables positions and marginals. Left: the chance that a position of a page is looked at, as the ranker has " +
		"learned it and as it is. Right: the plays that its predictions promise, over the plays of those who look: flat at 100 % where " +
		"the curve stays out of the model, along the dashed curve where all of it gets in.",
	make: positions,
}

// place is a position of a page in one result.
type place struct{ at, served, examples, predicted, plays, examined float64 }

func positions(run *record.Run) (*sheet, error) {
	var looks, learned, promised []strand
	for i, world := range run.Manifest.Worlds {
		truth := looked(run, world)
		looks = appendStrand(looks, world, i, truth)
		learned = appendStrand(learned, world, i, byPosition(run, world, func(_, p place) float64 { return p.examined }))
		promised = appendStrand(promised, world, i, byPosition(run, world, func(first, p place) float64 {
			return promisedToLookers(first, p, truth)
		}))
	}
	switch {
	case len(learned) == 0 && len(promised) == 0 && len(looks) > 0:
		return nil, missing("no table positions was recorded: nothing was ranked by a model")
	case len(learned) == 0 && len(promised) == 0:
		return nil, missing("people look at every position, and no ranker learned whether they do")
	}
	_, hi := rangeOf(slices.Concat(learned, promised), 0)
	y, row := linear(0, max(hi, 1), "share", 4), []*panel{}
	if len(learned) > 0 {
		row = append(row, positionPanel("looked at", "as the ranker learned it", learned, looks, y))
	}
	if len(promised) > 0 {
		row = append(row, positionPanel("plays predicted", "over the plays of those who look", promised, looks, y))
	}
	return &sheet{
		subtitle: "By position on the page. Solid: measured; dashed: true, the chance that the position is looked at. At line ends: the last position.",
		height:   210,
		panels:   [][]*panel{row},
		note:     provenance(run, bandsOver(run)...),
	}, nil
}

// appendStrand adds the curve of the i-th world, if it has one.
func appendStrand(strands []strand, world string, i int, c curve) []strand {
	if end, ok := c.last(); ok {
		return append(strands, strand{world, c, end, hue(i)})
	}
	return strands
}

// looked is the true chance, by position, that somebody who has a page looks at it.
func looked(run *record.Run, world string) curve {
	_, truth := marginal{name: "examination"}.curves(run, world)
	return truth
}

// byPosition is a number of each place, and of the first one, in the mean over
// replicates.
func byPosition(run *record.Run, world string, of func(first, p place) float64) curve {
	samples := map[float64][]float64{}
	for _, r := range run.World(world) {
		places := placesOf(r)
		for _, p := range places {
			if x := of(places[0], p); finite(x) {
				samples[p.at] = append(samples[p.at], x)
			}
		}
	}
	var c curve
	for _, at := range slices.Sorted(maps.Keys(samples)) {
		i := bounded(stats.Mean(samples[at], confidence))
		p := point{at, i.Estimate, max(i.Low, 0), i.High}
		if len(samples[at]) < 2 {
			p.low, p.high = math.NaN(), math.NaN()
		}
		c = append(c, p)
	}
	return c
}

// placesOf are the rows of a result's table positions, the first position first.
func placesOf(r *record.Result) []place {
	t, _ := r.Table("positions")
	served, examples, predicted := t.Floats("served"), t.Floats("examples"), t.Floats("predicted")
	plays, examined := t.Floats("plays"), t.Floats("examined")
	var places []place
	for i, at := range t.Floats("position") {
		places = append(places, place{at, served[i], examples[i], predicted[i], plays[i], examined[i]})
	}
	return places
}

// promisedToLookers is the mean prediction of a play at a position over the rate
// of plays among those who look there; NaN where the truth is not known. Examples
// may be all that was served or what was viewed alone. Of the first position, which
// is always looked at, they are the same; of the others, those who look are as many
// as the truth says of what was served.
func promisedToLookers(first, p place, truth curve) float64 {
	i := slices.IndexFunc(truth, func(t point) bool { return t.at == p.at })
	if i < 0 {
		return math.NaN()
	}
	lookers := truth[i].mean * p.served / first.served * first.examples
	return p.predicted / p.examples / (p.plays / lookers)
}

// positionPanel draws what was measured in every world, and over it where people
// look.
func positionPanel(title, unit string, measured, looks []strand, y scale) *panel {
	p := &panel{title: title, unit: unit, xTitle: "position, from 0", y: y}
	last := 1.0
	for _, s := range measured {
		last = max(last, s.end.at)
		p.layers = append(p.layers, band{s.curve, tint(s.color, .15)}, line{s.curve, draw.LineStyle{Color: s.color, Width: lineData}}, points{s.curve, s.color})
		p.labels = append(p.labels, endLabel{s.end, s.world, formatValue(s.end.mean, "share"), s.color})
	}
	p.x = scale{max: last, ticks: roundTicks(0, last, math.Ceil(last/4), "")}
	truths := merged(looks, p.y)
	for _, s := range truths {
		name := s.world + ", true"
		if len(truths) == 1 {
			name, s.color = "true", together
		}
		p.layers = append(p.layers, line{s.curve, draw.LineStyle{Color: dark(s.color), Width: lineThin, Dashes: dashed}})
		p.labels = append(p.labels, endLabel{s.end, name, formatValue(s.end.mean, "share"), s.color})
	}
	return p
}
