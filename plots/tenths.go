package plots

import (
	"maps"
	"math"
	"slices"

	"feedloop/sim/record"
	"feedloop/sim/stats"
)

// step is what is known of the predictions between two probabilities.
type step struct{ from, to, n, predicted, observed float64 }

// add takes the predictions of another step.
func (s *step) add(o step) {
	s.n += o.n
	s.predicted += o.predicted
	s.observed += o.observed
}

// stepsOf are the steps of a head in one result, from the lowest up.
func stepsOf(r *record.Result, head string) []step {
	t, _ := r.Table("reliability")
	from, to, n := t.Floats("from"), t.Floats("to"), t.Floats("impressions")
	predicted, observed := t.Floats("predicted"), t.Floats("observed")
	var steps []step
	for i, name := range t.Strings("head") {
		if name == head {
			steps = append(steps, step{from[i], to[i], n[i], predicted[i], observed[i]})
		}
	}
	return steps
}

// pooled adds up the steps of all replicates.
func pooled(replicates [][]step) []step {
	sums := map[float64]step{}
	for _, s := range slices.Concat(replicates...) {
		sum := sums[s.from]
		sum.from, sum.to = s.from, s.to
		sum.add(s)
		sums[s.from] = sum
	}
	var steps []step
	for _, from := range slices.Sorted(maps.Keys(sums)) {
		steps = append(steps, sums[from])
	}
	return steps
}

// tenths are the probabilities at which steps are cut into parts of nearly a
// tenth of the predictions each; a step is never cut itself.
func tenths(steps []step) (ends []float64) {
	all := 0.0
	for _, s := range steps {
		all += s.n
	}
	sum, part := 0.0, 1.0
	for _, s := range steps {
		if sum += s.n; sum >= all*part/10 {
			ends = append(ends, s.to)
			part = math.Floor(sum/all*10+1e-9) + 1
		}
	}
	return ends
}

// between adds up the steps from one probability to another.
func between(steps []step, from, to float64) (sum step) {
	for _, s := range steps {
		if s.from >= from && s.from < to {
			sum.add(s)
		}
	}
	return sum
}

// diagram is the reliability of a head in one world: a point for each tenth of
// the predictions of all replicates. The interval is of the distance from the
// diagonal, so that it leaves out how much replicates differ in what they predict.
func diagram(replicates [][]step) curve {
	var c curve
	from, all := 0.0, pooled(replicates)
	for _, to := range tenths(all) {
		part := between(all, from, to)
		at := part.predicted / part.n
		var off []float64
		for _, r := range replicates {
			if own := between(r, from, to); own.n > 0 {
				off = append(off, (own.observed-own.predicted)/own.n)
			}
		}
		i := bounded(stats.Mean(off, confidence))
		p := point{at, max(at+i.Estimate, 0), at + i.Low, at + i.High}
		if len(off) < 2 {
			p.low, p.high = math.NaN(), math.NaN()
		}
		c = append(c, p)
		from = to
	}
	return c.possible("share")
}
