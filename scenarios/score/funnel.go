package score

import (
	"fmt"
	"math"
	"strings"

	"feedloop/sim/stats"
)

// A Funnel says what became of the value that the best page of all live posts would have had, in one world: the share that the
// page shown kept, and the shares that each step lost. They add up to one; a step that gained has a negative share.
type Funnel struct {
	World string `json:"world"`
	Kept  Value  `json:"kept"`
	Lost  []Lost `json:"lost"` // in the order of the funnel
}

// Lost is what one step of the funnel lost, as a share of the best page's value.
type Lost struct {
	Step  string `json:"step"` // as in the metric true_loss.<step>
	Share Value  `json:"share"`
}

// steps are the losses in the order of the funnel, with words for a sentence.
var steps = []struct{ name, words string }{
	{"not_found", "not found"}, {"too_young", "too young for the index"}, {"misranked", "misranked"},
	{"stale", "lost to counts not yet visible"}, {"rearranged", "rearranged"}, {"explored", "explored"},
}

// funnels has an entry for each world whose funnel was watched.
func (j *judge) funnels() []Funnel {
	var out []Funnel
	for _, world := range j.run.Manifest.Worlds {
		ideal := j.totals(world, "true_ideal_page")
		kept := j.shareOf(world, "true_page_regret", ideal)
		if kept.N == 0 {
			continue
		}
		kept.Estimate, kept.Low, kept.High = 1-kept.Estimate, 1-kept.High, 1-kept.Low
		f := Funnel{World: world, Kept: Value(kept)}
		for _, s := range steps {
			f.Lost = append(f.Lost, Lost{Step: s.name, Share: Value(j.shareOf(world, "true_loss."+s.name, ideal))})
		}
		out = append(out, f)
	}
	return out
}

// shareOf is a metric as a share of the ideal, over replicates in which there was something to lose.
func (j *judge) shareOf(world, metric string, ideal []float64) stats.Interval {
	var shares []float64
	for r, x := range j.totals(world, metric) {
		if ideal[r] > 0 && !math.IsNaN(x) {
			shares = append(shares, x/ideal[r])
		}
	}
	return stats.Mean(shares, confidence)
}

// rest says where the rest of a gap to the oracle went: each step's part of what a world's pages lost, if it is worth a word.
// Pages are compared from where the person stands, so this divides what pages lose and not what people who come back more
// often would have had.
func (j *judge) rest(world string) string {
	for _, f := range j.funnels() {
		lost := 1 - f.Kept.Estimate
		if f.World != world || lost <= 0 {
			continue
		}
		var parts []string
		for i, l := range f.Lost {
			if part := 100 * l.Share.Estimate / lost; part >= 0.5 {
				parts = append(parts, fmt.Sprintf("%.0f %% was %s", part, steps[i].words))
			}
		}
		return "; of what its pages lose, " + strings.Join(parts, ", ")
	}
	return ""
}
