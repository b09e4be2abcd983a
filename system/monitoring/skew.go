package monitoring

import (
	"math"
	"slices"

	"feedloop/sim"
	"feedloop/sim/record"
)

// skew compares, feature by feature, the values that training reads with those
// that were served for the same impressions.
type skew struct {
	names             []string
	mismatch          *record.Ratio
	warmup            sim.Time
	serving, training [][]float32 // by feature, of the impressions that are kept
	every, next       int         // one in so many is kept; so many until the next
}

// keptRows bounds the impressions that are kept for quantiles. When there are
// more, every other one is dropped and from then on half as many are kept.
const keptRows = 4096

// Compare makes the monitor compare recomputed features with those served.
func (m *Monitor) Compare(rec *record.Recorder, names []string) {
	n := len(names)
	m.skew = &skew{
		names: names, mismatch: rec.Ratio(JoinedMismatch), warmup: rec.Warmup(),
		serving: make([][]float32, n), training: make([][]float32, n), every: 1,
	}
}

// Joined takes the features of a training's examples, row by row, as they were
// served and as they were recomputed.
func (m *Monitor) Joined(served, joined []float32) {
	s := m.skew
	differ := 0
	for i, x := range joined {
		if !alike(served[i], x) {
			differ++
		}
	}
	s.mismatch.Num(float64(differ))
	s.mismatch.Den(float64(len(joined)))
	if m.kernel.Now() < s.warmup {
		return
	}
	for w := len(s.names); len(joined) > 0; served, joined = served[w:], joined[w:] {
		s.keep(served[:w], joined[:w])
	}
}

// alike tells whether two values are the same but for rounding.
func alike(a, b float32) bool {
	const rounding = 1e-5
	return math.Abs(float64(a-b)) <= rounding*max(1, math.Abs(float64(a)))
}

// keep takes one impression, if it is its turn.
func (s *skew) keep(served, joined []float32) {
	if s.next--; s.next > 0 {
		return
	}
	s.next = s.every
	for f := range s.names {
		s.serving[f] = append(s.serving[f], served[f])
		s.training[f] = append(s.training[f], joined[f])
	}
	if len(s.serving[0]) < keptRows {
		return
	}
	s.every *= 2
	for f := range s.names {
		s.serving[f], s.training[f] = halved(s.serving[f]), halved(s.training[f])
	}
}

// halved drops every other value, in place.
func halved(xs []float32) []float32 {
	for i := range len(xs) / 2 {
		xs[i] = xs[2*i]
	}
	return xs[:len(xs)/2]
}

// table holds the quantiles of both sides after warm-up, from 5 % to 95 %.
func (s *skew) table() record.Table {
	t := record.Table{Name: "skew", Columns: []string{"feature", "quantile", "serving", "training"}}
	for f, name := range s.names {
		serving, training := s.serving[f], s.training[f]
		slices.Sort(serving)
		slices.Sort(training)
		for percent := 5; percent < 100 && len(serving) > 0; percent += 5 {
			at := percent * (len(serving) - 1) / 100
			t.Add(name, float64(percent)/100, float64(serving[at]), float64(training[at]))
		}
	}
	return t
}
