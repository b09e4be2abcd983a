package view

import "feedloop/sim/num"

// Priors are everybody's rates: what an entity is believed to be like before it
// has shown anything, and what its rates are relative to.
type Priors struct {
	mean  [counts]float32
	logit [counts]float64
}

// PriorsOf returns the rates of a tally over everybody, away from 0 and 1.
func PriorsOf(t *Tally) Priors {
	// Worth ten impressions, until there are data.
	start := [counts]float32{1, 0.5, 0.3, 0.03, 0.01, 0.005, 0.01, 0.3, 0.25, 0.4}
	var p Priors
	for c := range p.mean {
		p.mean[c] = min(max((t.N[c]+float32(10*start[c]))/(t.N[impressions]+10), 1e-4), 1-1e-4)
		p.logit[c] = num.Logit(float64(p.mean[c]))
	}
	return p
}
