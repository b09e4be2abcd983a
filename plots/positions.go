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
		"learned it and as it is. Right: the rate of plays that it predicts, over that among those who look, whose number is taken from " +
		"the truth: flat at 100 % where the curve stays out of the model, along the dashed curve where all of it gets in.",
	make: positions,
}

// place is what one result holds of a position of the page.
type place struct{ served, examples, predicted, plays, examined float64 }

func positions(run *record.Run) (*sheet, error) {
	var looks, learned, promised []strand
	for i, world := range run.Manifest.Worlds {
		truth, places := looked(run, world), placesOf(run, world)
		looks = appendStrand(looks, world, i, truth)
		learned = appendStrand(learned, world, i, learnedLooks(places))
		promised = appendStrand(promised, world, i, promisedToLookers(places, truth))
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
		row = append(row, positionPanel("plays predicted", "over the true rate of those who look", promised, looks, y))
	}
	return &sheet{
		subtitle: "By position on the page. Solid: the ranker; dashed: the true chance that the position is looked at. At line ends: the last position.",
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

// placesOf are the rows of the table positions in every replicate, by position.
func placesOf(run *record.Run, world string) map[float64][]place {
	places := map[float64][]place{}
	for _, r := range run.World(world) {
		t, _ := r.Table("positions")
		served, examples, predicted := t.Floats("served"), t.Floats("examples"), t.Floats("predicted")
		plays, examined := t.Floats("plays"), t.Floats("examined")
		for i, at := range t.Floats("position") {
			places[at] = append(places[at], place{served[i], examples[i], predicted[i], plays[i], examined[i]})
		}
	}
	return places
}

// learnedLooks is the learned chance, by position, in the mean over replicates.
func learnedLooks(places map[float64][]place) curve {
	var c curve
	for _, at := range slices.Sorted(maps.Keys(places)) {
		var chances []float64
		for _, p := range places[at] {
			chances = append(chances, p.examined)
		}
		c = c.with(at, stats.Mean(chances, confidence), 1)
	}
	return c
}

// promisedToLookers is, by position, the mean prediction of a play over the rate of
// plays among those who look there. Examples may be all that was served or what was
// viewed alone. Of the first position, which is always looked at, they are the same;
// of the others, those who look are as many as the truth says of what was served.
//
// Replicates are added up before anything is divided: one in which nobody played
// what lay at the foot of a page has no ratio of its own. The interval is that of
// predictions over plays.
func promisedToLookers(places map[float64][]place, truth curve) curve {
	var c curve
	first := total(places[0])
	for _, at := range slices.Sorted(maps.Keys(places)) {
		i := slices.IndexFunc(truth, func(t point) bool { return t.at == at })
		if i < 0 {
			continue
		}
		var predicted, plays []float64
		for _, p := range places[at] {
			predicted, plays = append(predicted, p.predicted), append(plays, p.plays)
		}
		all := total(places[at])
		lookers := truth[i].mean * all.served / first.served * first.examples
		c = c.with(at, stats.Fieller(predicted, plays, confidence), lookers/all.examples)
	}
	return c
}

// total adds up what was counted at a position in all replicates.
func total(replicates []place) (sum place) {
	for _, p := range replicates {
		sum.served += p.served
		sum.examples += p.examples
		sum.predicted += p.predicted
		sum.plays += p.plays
	}
	return sum
}

// with adds an estimate, times a positive number, to a curve of what cannot be
// negative; one that is no number it leaves out.
func (c curve) with(at float64, i stats.Interval, times float64) curve {
	p := point{at, i.Estimate * times, math.NaN(), math.NaN()}
	if !finite(p.mean) {
		return c
	}
	if finite(i.Low) && finite(i.High) {
		p.low, p.high = max(i.Low*times, 0), i.High*times
	}
	return append(c, p)
}

// positionPanel draws what the ranker of every world makes of positions, and over it
// where people look.
func positionPanel(title, unit string, rankers, looks []strand, y scale) *panel {
	p := &panel{title: title, unit: unit, xTitle: "position, from 0", y: y}
	last := 1.0
	for _, s := range rankers {
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
