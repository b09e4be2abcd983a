package user

import (
	"feedloop/sim/num"
	"feedloop/sim/record"
	"feedloop/system"
)

// NormalizedEntropy is the Bayes-optimal one: that of the chance with which the dice
// were thrown. No ranker's is lower on the same impressions, but by luck. A ranker that
// learns from what was served and not only from what was viewed has others.
var NormalizedEntropy = record.Register(record.Metric{
	Name: "true_normalized_entropy", Unit: "1", Better: record.Neither, Knower: record.Simulator, Of: record.Quotient,
	Definition: "log-loss of the true chance of a long view over that of predicting the base rate so far, on one in eleven views by people and bots: " +
		"what a ranker would have that knew all but the dice",
})

// bayes compares what came of views with the true chance of it.
type bayes struct {
	loss            *record.Ratio
	views           uint64
	rows, positives float64
}

// everyBayes is how many views there are to one that is compared. Pages of a multiple of
// it are rare, so that no position is favoured.
const everyBayes = 11

// picks tells whether the next view is compared.
func (b *bayes) picks() bool {
	b.views++
	return b.views%everyBayes == 0
}

// add compares a view with the chance that it would be a long one.
func (b *bayes) add(chance float64, view *system.Event) {
	long := system.LabelsOf(view).Has(system.LongView)
	b.loss.Num(num.LogLoss(chance, long))
	b.loss.Den(num.LogLoss((b.positives+1)/(b.rows+2), long))
	b.rows++
	if long {
		b.positives++
	}
}

// longGlance is the chance that a bot watches a post for long.
func (b Bots) longGlance(paid bool, view *system.Event) float64 {
	if paid {
		return 1
	}
	return num.Exp(-float64(view.LongAfter()) / b.Dwell.Seconds())
}

// longView is the chance that somebody who stays with a chance watches a post for long,
// by the law of expectWatch: by a glance, which ends with the post, or by a log-normal
// share of its length, of which three rounds are the most. Times is how many times as
// much habit makes of either.
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
