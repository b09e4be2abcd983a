package user

import (
	"fmt"
	"math"
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
)

// Excitation makes visits come in bursts: a Hawkes process, in which a visit
// raises the readiness for the next and the rise decays.
//
// Candidate visits are drawn at the highest rate there can be and thinned, each
// by its own uniform, to what readiness, satisfaction and the hour make of it.
// So they are the same in every world, and only which are followed differs.
type Excitation struct {
	// Jump is what a visit adds to readiness, as a multiple of the base rate; 0
	// is a Poisson process. Default 0, range 0 to 10.
	Jump float64 `yaml:"jump"`
	// HalfLife is how fast the rise decays. Default 30m.
	HalfLife time.Duration `yaml:"half_life"`
	// Most is the highest readiness, as a multiple of the base rate. Default 3,
	// range 1 to 10; see sessions_per_day for how many impulses a day it may make.
	Most float64 `yaml:"most"`
}

// Loyalty is a habit of coming that visits build or wear down so slowly that it
// outlasts any of them: a second average of satisfaction, of months. What annoys
// people little and often, such as notifications, may bring visits at once and cost
// more of them in the end.
type Loyalty struct {
	// Memory is the weight of the past in loyalty after each visit; at two visits a
	// day 0.99 is a memory of fifty days. Default 0.99, range 0 to less than 1.
	Memory float64 `yaml:"memory"`
	// Slope is added to the log-odds of following an impulse to visit per unit of
	// loyalty. Default 0 (off), range 0 to 100.
	Slope float64 `yaml:"slope"`
}

// Joining lets some people find the platform after the world has begun.
type Joining struct {
	// Share of the people whose first visit comes later. Default 0%.
	Share sim.Share `yaml:"share"`
	// Over is the time in which they come, evenly from the start. Default 7d.
	Over time.Duration `yaml:"over"`
}

func (r Return) validate(v *sim.Check) {
	v.That(r.Memory >= 0 && r.Memory < 1, "return.memory", r.Memory, "0 to less than 1")
	v.That(r.PeakHour >= 0 && r.PeakHour < 24, "return.peak_hour", r.PeakHour, "0 to less than 24")
	v.That(r.Swing >= 0 && r.Swing <= 1, "return.swing", r.Swing, "0 to 1")
	v.That(r.Weekend >= 0 && r.Weekend <= 3, "return.weekend", r.Weekend, "0 to 3")
	v.That(r.Reactivation >= 0 && r.Reactivation <= 1, "return.reactivation", r.Reactivation, "a share from 0 to 100%")
	v.That(r.Loyalty.Memory >= 0 && r.Loyalty.Memory < 1, "return.loyalty.memory", r.Loyalty.Memory, "0 to less than 1")
	v.That(r.Loyalty.Slope >= 0 && r.Loyalty.Slope <= 100, "return.loyalty.slope", r.Loyalty.Slope, "0 to 100")
	e := r.Excitation
	v.That(e.Jump >= 0 && e.Jump <= 10, "return.excitation.jump", e.Jump, "0 to 10")
	v.That(e.HalfLife > 0, "return.excitation.half_life", e.HalfLife, "a positive duration")
	v.That(e.Most >= 1 && e.Most <= 10, "return.excitation.most", e.Most, "1 to 10")
}

func (j Joining) validate(v *sim.Check) {
	v.That(j.Share >= 0 && j.Share <= 1, "joining.share", j.Share, "a share from 0 to 100%")
	v.That(j.Over > 0, "joining.over", j.Over, "a positive duration")
}

// most is the highest multiple of the base rate at which anybody visits.
func (e Excitation) most() float64 {
	if e.Jump == 0 {
		return 1
	}
	return e.Most
}

// readiness returns the person's readiness to visit as a share of the highest.
func (p *People) readiness(who *Person, now sim.Time) float64 {
	e := &p.Config.Return.Excitation
	if e.Jump == 0 {
		return 1
	}
	who.excited *= float32(num.Exp2(-float64(now.Sub(who.excitedAt)) / float64(e.HalfLife)))
	who.excitedAt = now
	return min(1+float64(who.excited), e.Most) / e.Most
}

var (
	joinPurpose   = rng.NewPurpose("user.joining")
	returnPurpose = rng.NewPurpose("user.reactivation")
)

// joins draws when somebody finds the platform; most were there before the
// world began.
//
// Simplification: the accounts of those who come later exist from the start;
// nothing is asked from them, and nothing known of them but whom they follow.
func (p *People) joins(key uint64, share sim.Share) sim.Time {
	u, v := p.src.Uniforms(joinPurpose, key, 0)
	if u >= float64(share) {
		return 0
	}
	return sim.Time(v * float64(p.Config.Joining.Over))
}

// reactivate lets some of the departed come back in a neutral mood.
func (p *People) reactivate(who *Person, day uint64) {
	share := float64(p.Config.Return.Reactivation)
	if share > 0 && p.src.Uniform(returnPurpose, who.Key, day) < share {
		who.Departed, who.Satisfaction = false, 0
	}
}

// zone draws how far a person is ahead of UTC.
func zone(zones []float64, u float64) time.Duration {
	if len(zones) == 0 {
		return time.Duration(rng.Index(u, 24)-11) * time.Hour
	}
	return time.Duration(zones[rng.Index(u, len(zones))] * float64(time.Hour))
}

func validateZones(v *sim.Check, field string, zones []float64) {
	for i, hours := range zones {
		quarters := 4 * hours
		v.That(hours >= -12 && hours <= 14 && quarters == math.Trunc(quarters), fmt.Sprintf("%s[%d]", field, i), hours,
			"hours ahead of UTC, -12 to 14 in quarters")
	}
}

// weekly returns the factor of a day's impulses.
//
// Simplification: weekends begin at midnight UTC everywhere.
func (p *People) weekly(day uint64) float64 {
	switch (p.Opens + time.Weekday(day%7)) % 7 {
	case time.Saturday, time.Sunday:
		return p.Config.Return.Weekend
	}
	return 1
}
