package monitoring

import (
	"math"

	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system"
)

// positions sets what came true beside what was predicted, by place of the pages
// served since the warm-up: plays, from which a ranker that learns where people look
// learns it.
type positions struct {
	warmup           sim.Time
	examined         func() []float32 // see [Gauges]
	served, examples [system.Positions]float64
	predicted, plays [system.Positions]float64 // of the examples
}

// page takes a page that the model had ranked.
func (p *positions) page(page *system.Page) {
	if page.Served < p.warmup || page.ModelVersion == 0 || len(page.Features) == 0 {
		return
	}
	for at := range page.Items {
		p.served[at]++
	}
}

// add takes an impression that the model had ranked.
func (p *positions) add(e *system.Example) {
	if e.Served < p.warmup {
		return
	}
	p.examples[e.Position]++
	p.predicted[e.Position] += float64(e.Predictions[system.Play])
	p.plays[e.Position] += float64(e.Labels.Of(system.Play))
}

// mean is that of the learned chances that a place of a page is looked at, NaN
// where none are learned.
func (p *positions) mean() float64 {
	chances := p.examined()
	sum := 0.0
	for _, chance := range chances {
		sum += float64(chance)
	}
	return sum / float64(len(chances))
}

// table holds, by position, how many posts were served there, how many of these have
// become examples, how many plays the examples promised and brought, and the chance
// that somebody looks as the ranker that serves in the end has learned it, an empty
// cell where it learns none. Predictions are as the ranker made them: where it learns
// that chance, of those who look.
func (p *positions) table() record.Table {
	t := record.Table{Name: "positions", Columns: []string{"position", "served", "examples", "predicted", "plays", "examined"}}
	var chances []float32
	if p.examined != nil {
		chances = p.examined()
	}
	for at, n := range p.examples {
		if p.served[at] == 0 {
			continue
		}
		chance := math.NaN()
		if at < len(chances) {
			chance = float64(chances[at])
		}
		t.Add(at, p.served[at], n, p.predicted[at], p.plays[at], chance)
	}
	return t
}
