package user

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
)

// expectWatch adds the law of the share watched of one impression, now and then:
// a glance, cut at the end of the post, or a log-normal share, cut at three
// rounds; and of what goes beyond the end, a part stops there.
func (p *People) expectWatch(stays float64, value, times, length float32) {
	if p.marginals.views%everyWatch != 0 {
		return
	}
	c := &p.Config.Choice
	glances := float64(length) / c.Glance.Seconds()
	middle := c.Watch + float64(c.WatchValue*float64(value))
	p.marginals.watched.Expect(func(x float64) float64 {
		share := x / float64(times)
		skipped, watched := 1.0, 1.0
		if share < 1 {
			skipped = 1 - num.Exp(-share*glances)
		}
		if share < 3 {
			watched = logNormalBelow(share, middle, c.WatchSigma)
		}
		below := float64((1-stays)*skipped) + float64(stays*watched)
		if x >= 1 {
			below = 1 - float64(float64(c.Rewatch)*(1-below))
		}
		return below
	})
}

// logNormalBelow is the chance of less than x where the logarithm is normal.
func logNormalBelow(x, mean, sigma float64) float64 {
	if d := num.Log(x) - mean; sigma > 0 {
		return num.NormCDF(d / sigma)
	} else if d < 0 {
		return 0
	}
	return 1
}

// expectGap adds the law of the time to somebody's next visit, now and then: a
// Poisson process by the person's rate, their satisfaction, the hour and the
// weekday. It leaves excitation out: that is what the law shows to be there.
func (p *People) expectGap(who *Person, now sim.Time) {
	m := &p.marginals
	if m.ends++; m.ends%everyGap != 0 {
		return
	}
	rate := float64(who.rate) * p.willing(who)
	m.gaps.Expect(func(hours float64) float64 {
		until := now.Add(time.Duration(hours * float64(time.Hour)))
		return num.Exp(-rate * p.impulses(now, until, who.offset))
	})
}

// impulses is the number of impulses between two moments of somebody who has one
// a day on weekdays.
func (p *People) impulses(from, until sim.Time, offset time.Duration) float64 {
	sum := 0.0
	for day := from.Day(); day <= until.Day(); day++ {
		midnight := sim.Time(day) * sim.Time(sim.Day)
		a, b := max(from, midnight).Sub(midnight), min(until.Sub(midnight), sim.Day)
		sum += p.weekly(uint64(day)) * (p.hours.upTo(b+offset) - p.hours.upTo(a+offset))
	}
	return sum
}

// before is the share of a day's impulses before an hour of the local day.
func (d dailyCycle) before(hour float64) float64 {
	at := hour * slots / 24
	i := min(int(at), slots-1)
	low := 0.0
	if i > 0 {
		low = d.cumulative[i-1]
	}
	return low + float64((at-float64(i))*(d.cumulative[i]-low))
}

// upTo is the same for a time before or after the day, each further day adding 1.
func (d dailyCycle) upTo(local time.Duration) float64 {
	days := 0.0
	for ; local < 0; local += sim.Day {
		days--
	}
	for ; local > sim.Day; local -= sim.Day {
		days++
	}
	return days + d.before(local.Hours())
}
