package score

import (
	"math"

	"feedloop/scenarios"
	"feedloop/sim"
	"feedloop/sim/record"
)

// window is a stretch of the series with the metric's value over it.
type window struct {
	start sim.Time
	value float64
}

// windows joins per windows of a series into one, after the warm-up; those
// without data are left out. Totals add up, everything else is averaged; of
// quantiles the largest is kept, as one cannot know that of all together.
func windows(r *record.Result, m record.Metric, per int, warmup sim.Time) []window {
	column := r.Column(m.Name)
	first := 0
	for first < len(column) && r.Series.Start(first) < warmup {
		first++
	}
	var out []window
	for at := first; at+per <= len(column); at += per {
		if v := joined(column[at:at+per], m); !math.IsNaN(v) {
			out = append(out, window{r.Series.Start(at), v})
		}
	}
	return out
}

// over is the metric's value over the windows of the series that lie within a
// stretch, warm-up or not; NaN without data.
func over(r *record.Result, m record.Metric, during scenarios.Stretch) float64 {
	var within []float64
	for i, v := range r.Column(m.Name) {
		if r.Series.Start(i) >= sim.Time(during.From) && r.Series.End[i] <= sim.Time(during.Until) {
			within = append(within, v)
		}
	}
	return joined(within, m)
}

// joined is the value of several windows together; NaN without data.
func joined(column []float64, m record.Metric) float64 {
	_, quantile := m.Of.Q()
	sum, n, most := 0.0, 0.0, math.Inf(-1)
	for _, v := range column {
		if !math.IsNaN(v) {
			sum += v
			n++
			most = max(most, v)
		}
	}
	switch {
	case n == 0:
		return math.NaN()
	case quantile:
		return most
	case m.Of == record.Total:
		return sum
	}
	return sum / n
}
