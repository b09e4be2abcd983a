package user

import (
	"feedloop/sim/num"
	"feedloop/sim/record"
	"feedloop/system"
)

// NormalizedEntropy is the Bayes-optimal one, below which no ranker's can come but by
// luck: that of the chance with which the dice were thrown.
var NormalizedEntropy = record.Register(record.Metric{
	Name: "true_normalized_entropy", Unit: "1", Better: record.Neither, Knower: record.Simulator, Of: record.Quotient,
	Definition: "log-loss of the true chance of a long view over that of predicting the base rate so far, on one impression in seven: what a ranker would have that knew all but the dice",
})

// surprise compares what came of impressions with the true chance of it.
type surprise struct {
	loss            *record.Ratio
	rows, positives float64
}

// everySurprise is how many impressions there are to one that is looked at: a prime, so
// that no position of a page is favoured.
const everySurprise = 7

// foresee adds one impression, now and then: its chance of a long view, and whether it was.
func (p *People) foresee(stays float64, value, times float32, e *system.Event) {
	if p.marginals.views%everySurprise != 0 {
		return
	}
	s, long := &p.truth.surprise, system.LabelsOf(e).Has(system.LongView)
	s.loss.Num(num.LogLoss(p.Config.Choice.longView(stays, float64(value), float64(times), e), long))
	s.loss.Den(num.LogLoss((s.positives+1)/(s.rows+2), long))
	s.rows++
	if long {
		s.positives++
	}
}

// longView is the chance that somebody who stays with a chance watches a post for long:
// by a glance, which ends with the post, or by a log-normal share of its length, of which
// three rounds are the most. Times is how many times as much habit makes of either.
func (c *Choice) longView(stays, value, times float64, view *system.Event) float64 {
	share := float64(view.LongAfter()/view.Length) / times
	skipped, watched := 0.0, 0.0
	if share <= 1 {
		skipped = num.Exp(-share * float64(view.Length) / c.Glance.Seconds())
	}
	if beyond := c.Watch + float64(c.WatchValue*value) - num.Log(share); share <= 3 {
		watched = normalAbove(beyond, c.WatchSigma)
	}
	return float64((1-stays)*skipped) + float64(stays*watched)
}

// normalAbove is the chance that a normal variate with this mean is not below zero.
func normalAbove(mean, sigma float64) float64 {
	if sigma > 0 {
		return num.NormCDF(mean / sigma)
	} else if mean >= 0 {
		return 1
	}
	return 0
}
