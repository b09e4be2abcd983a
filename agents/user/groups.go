package user

import (
	"feedloop/sim/num"
	"feedloop/sim/record"
	"feedloop/system"
)

// What the majority and the minority among the people are shown: the largest and
// the smallest of the cohorts. Recorded where there are two or more.
var (
	MajorityValue          = ofGroup("true_value_per_impression.majority", "value", record.Up, record.Average, "mean true value of the impressions of the largest cohort")
	MinorityValue          = ofGroup("true_value_per_impression.minority", "value", record.Up, record.Average, "mean true value of the impressions of the smallest cohort")
	MajorityMiscalibration = ofGroup("true_miscalibration.majority", "1", record.Down, record.Level, miscalibrated+"largest cohort")
	MinorityMiscalibration = ofGroup("true_miscalibration.minority", "1", record.Down, record.Level, miscalibrated+"smallest cohort")
	MiscalibrationGap      = ofGroup("true_miscalibration.gap", "1", record.Down, record.Level, "that of the smallest cohort less that of the largest")
)

const miscalibrated = "Kullback-Leibler divergence of the topics met on a day from those liked, by the people of the "

func ofGroup(name, unit string, better record.Direction, of record.Aggregate, definition string) record.Metric {
	return record.Register(record.Metric{
		Name: name, Unit: unit, Better: better, Knower: record.Simulator, Of: of, Definition: definition,
	})
}

// group is a cohort that is followed.
type group struct {
	cohort         uint64
	met            []float64 // impressions since midnight, by topic
	value          *record.Mean
	miscalibration *record.Gauge
}

// groups are the largest cohort and the smallest, in this order; none where
// there are no cohorts.
type groups struct {
	of  []group
	gap *record.Gauge
}

// newGroups finds the groups among cohorts; of equal ones the first is the
// largest and the last the smallest.
func newGroups(cohorts []Cohort, topics int, rec *record.Recorder) groups {
	if len(cohorts) < 2 {
		return groups{}
	}
	large, small := 0, 0
	for i, c := range cohorts {
		if c.Share > cohorts[large].Share {
			large = i
		}
		if c.Share <= cohorts[small].Share {
			small = i
		}
	}
	return groups{
		of: []group{
			{uint64(large), make([]float64, topics), rec.Mean(MajorityValue), rec.Gauge(MajorityMiscalibration)},
			{uint64(small), make([]float64, topics), rec.Mean(MinorityValue), rec.Gauge(MinorityMiscalibration)},
		},
		gap: rec.Gauge(MiscalibrationGap),
	}
}

// met counts an impression.
func (g *groups) met(who *Person, topic system.TopicID, value float32) {
	for i := range g.of {
		if of := &g.of[i]; of.cohort == who.cohort() {
			of.met[topic]++
			of.value.Add(float64(value), 1)
		}
	}
}

// compare holds what a day has shown to each group against what the group likes.
func (p *People) compare() {
	g := &p.groups
	var found [2]float64
	for i := range g.of {
		of := &g.of[i]
		liked := make([]float64, len(of.met))
		for n := range p.All {
			who := &p.All[n]
			if who.cohort() != of.cohort || who.bot {
				continue
			}
			for k := range liked {
				liked[k] += max(0, p.Liking(who, system.TopicID(k)))
			}
		}
		found[i] = divergence(liked, of.met)
		of.miscalibration.Set(found[i])
		clear(of.met)
	}
	if len(g.of) > 0 {
		g.gap.Set(found[1] - found[0])
	}
}

// divergence is the miscalibration of what was shown, q, by what is liked, p, each
// given by weights: Steck, "Calibrated recommendations", RecSys 2018,
//
//	sum over k of p_k log(p_k / (0.99 q_k + 0.01 p_k))
//
// in which a hundredth of p keeps what was never shown finite. NaN without data.
func divergence(liked, shown []float64) float64 {
	const smooth = 0.01
	likes, shows, sum := 0.0, 0.0, 0.0
	for k := range liked {
		likes += liked[k]
		shows += shown[k]
	}
	for k := range liked {
		p, q := liked[k]/likes, shown[k]/shows
		if p > 0 {
			sum += float64(p * num.Log(p/(float64((1-smooth)*q)+float64(smooth*p))))
		} else if p != p {
			return p
		}
	}
	return sum
}
