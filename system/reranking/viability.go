package reranking

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/system"
)

// Viability is what the page does to keep creators: one who gives up takes along
// whatever only they make (Mladenov et al., "Optimizing long-term social welfare
// in recommender systems: a constrained matching approach", ICML 2020).
//
// The page with the highest scores under the constraint that every creator reaches
// an audience is the page with the highest scores plus a price for the creator,
// which is 0 where the constraint does not bind. Here the price rises with the
// shortfall,
//
//	boost x max(0, 1 - plays of the last period / reach)
//
// in units of relevance, which is 0 to 1 within a query.
//
// Simplification: the paper solves a linear program for the matching of an epoch;
// a price by shortfall is what a quadratic penalty in its place comes to, and
// needs nothing but a counter by creator.
type Viability struct {
	// Reach is how many plays a creator needs in a period, as the operator
	// believes. Default 0, range 0 to 1,000,000,000.
	Reach float64 `yaml:"reach"`
	// Period is the time over which they are counted, older ones fading. Default
	// 7d, at least 1h.
	Period time.Duration `yaml:"period"`
	// Boost is the price of a creator whom nobody plays. Default 0, which is off;
	// range 0 to 100.
	Boost float64 `yaml:"boost"`
}

func (c Viability) check() error {
	var v sim.Check
	v.That(c.Reach >= 0 && c.Reach <= 1e9, "reach", c.Reach, "0 to 1,000,000,000")
	v.That(c.Period >= time.Hour && c.Period <= 365*sim.Day, "period", c.Period, "1h to 365d")
	v.That(c.Boost >= 0 && c.Boost <= 100, "boost", c.Boost, "0 to 100")
	v.That(c.Boost == 0 || c.Reach > 0, "reach", c.Reach, "more than 0 where there is a boost")
	return v.Err()
}

// on tells whether creators have a price.
func (c Viability) on() bool { return c.Boost > 0 }

// audience counts the plays of each creator. A play of age t counts exp(-t/period),
// so that a steady stream counts what it brings in a period.
type audience struct {
	config Viability
	kernel *sim.Kernel
	plays  []float64 // as of at
	at     []sim.Time
}

// consume learns from the event log who is played.
func (a *audience) consume(e *system.Event) {
	if e.Kind != system.Viewed || !system.LabelsOf(e).Has(system.Play) {
		return
	}
	for int(e.Creator) >= len(a.plays) {
		a.plays, a.at = append(a.plays, 0), append(a.at, 0)
	}
	a.plays[e.Creator] = a.of(e.Creator) + 1
	a.at[e.Creator] = a.kernel.Now()
}

// of returns the plays of a creator in the last period.
func (a *audience) of(c system.CreatorID) float64 {
	if int(c) >= len(a.plays) {
		return 0
	}
	age := a.kernel.Now().Sub(a.at[c])
	return a.plays[c] * num.Exp(-float64(age)/float64(a.config.Period))
}

// price is what a post of the creator is raised by.
func (a *audience) price(c system.CreatorID) float32 {
	return float32(a.config.Boost * max(0, 1-a.of(c)/a.config.Reach))
}
