package score

import (
	"math"
	"time"

	"feedloop/scenarios"
	"feedloop/sim/stats"
)

var nan = math.NaN()

// expectation judges one line of expect. A number without data, or a comparison
// that its data cannot bear, has no data: it never passes.
func (j *judge) expectation(x scenarios.Expectation) Expectation {
	metric := j.metric(x.Metric)
	out := Expectation{Metric: x.Metric, World: x.World, Is: x.Is.String(), Unit: metric.Unit}
	bound, err := x.Is.In(metric.Unit, x.Comparison())
	if err != nil {
		out.Verdict, out.Value = NoData, Value(unknown(err.Error()))
		return out
	}
	if x.InEvery > 0 {
		j.everyWindow(x, bound, &out)
		return out
	}
	v := j.estimate(x, &out)
	out.Value = Value(v)
	low, high := v.Low, v.High
	if v.N == 1 && !x.Comparison() {
		low, high = v.Estimate, v.Estimate // one life of one world is what it is
	}
	switch {
	case math.IsNaN(v.Estimate):
		out.Verdict = NoData
	case bound.HoldsAll(low, high):
		out.Verdict = Held
	default:
		out.Verdict = NotHeld
		out.Undecided = !bound.HoldsNone(low, high)
	}
	return out
}

// estimate computes the number an expectation is about, and says how other
// worlds come in.
func (j *judge) estimate(x scenarios.Expectation, out *Expectation) stats.Interval {
	if x.During != nil {
		out.During = "from " + stretch(x.During)
	}
	world := j.during(x.During, x.World, x.Metric)
	switch {
	case x.Against != "":
		out.Beside = "against " + x.Against
		other := j.during(x.During, x.Against, x.Metric)
		if x.Is.Unit == scenarios.Percent {
			out.Unit = "share"
			return share(minus(world, other), other, "the value in "+x.Against)
		}
		return comparison(stats.Paired(world, other, confidence))
	case x.Gap != nil:
		out.Beside, out.Unit = "of the gap from "+x.Gap.From+" to "+x.Gap.To, "share"
		from, to := j.during(x.During, x.Gap.From, x.Metric), j.during(x.During, x.Gap.To, x.Metric)
		return share(minus(world, from), minus(to, from), "the gap")
	case x.LeadLost != nil:
		out.Beside, out.Unit = "lead over "+x.LeadLost.Over+" lost by "+x.LeadLost.By, "share"
		by, over := j.during(x.During, x.LeadLost.By, x.Metric), j.during(x.During, x.LeadLost.Over, x.Metric)
		return share(minus(world, by), minus(world, over), "the lead")
	case x.Since != nil:
		out.Beside = "against its own " + stretch(x.Since)
		before := j.during(x.Since, x.World, x.Metric)
		if x.Is.Unit == scenarios.Percent {
			out.Unit = "share"
			return share(minus(world, before), before, "what it was from "+stretch(x.Since))
		}
		return comparison(stats.Paired(world, before, confidence))
	}
	return stats.Mean(world, confidence)
}

// stretch writes the ends of a stretch.
func stretch(d *scenarios.Stretch) string {
	return scenarios.FormatDuration(d.From) + " to " + scenarios.FormatDuration(d.Until)
}

// share is the ratio of two paired means with Fieller's interval. It means what
// it says only where the whole is clearly positive: a share of a negative whole
// turns better into worse, and one of a whole around zero is anything.
func share(part, whole []float64, name string) stats.Interval {
	if v := stats.Mean(whole, confidence); v.N > 1 && !(v.Low > 0) {
		return unknown(name + " is not clearly positive, so no share of it means anything")
	}
	return comparison(stats.Fieller(part, whole, confidence))
}

// comparison withholds a comparison of fewer than two pairs: nothing tells it
// from luck.
func comparison(v stats.Interval) stats.Interval {
	if v.N < 2 {
		return unknown("fewer than two replicates of both worlds")
	}
	return v
}

// unknown is a number that is not known, and why.
func unknown(why string) stats.Interval {
	return stats.Interval{Estimate: nan, Low: math.Inf(-1), High: math.Inf(1), Note: why}
}

func minus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}

// everyWindow judges a bound that every window of the measured time must meet,
// in every replicate.
func (j *judge) everyWindow(x scenarios.Expectation, bound scenarios.Bound, out *Expectation) {
	out.Every = scenarios.FormatDuration(x.InEvery)
	out.Verdict, out.Value = NoData, Value{Estimate: nan, Low: nan, High: nan}
	worst := math.Inf(-1)
	per := max(1, int(x.InEvery/time.Duration(j.run.Manifest.Window)))
	for i := range j.run.Results {
		r := &j.run.Results[i]
		if r.World != x.World {
			continue
		}
		for _, w := range windows(r, j.metric(x.Metric), per, j.run.Manifest.Warmup.Time()) {
			out.Windows++
			if miss := bound.Misses(w.value); miss > worst {
				worst = miss
				out.Value = Value{Estimate: w.value, Low: w.value, High: w.value, N: 1}
			}
			if !bound.Holds(w.value) {
				out.Broken++
				if out.Broken == 1 || w.start < out.First {
					out.First = w.start
				}
				out.Last = max(out.Last, w.start)
			}
		}
	}
	switch {
	case out.Broken > 0:
		out.Verdict = NotHeld
	case out.Windows > 0:
		out.Verdict = Held
	}
}
