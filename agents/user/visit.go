package user

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

var (
	impulsePurpose  = rng.NewPurpose("user.impulses_of_day")
	momentPurpose   = rng.NewPurpose("user.impulse_moment")
	acceptPurpose   = rng.NewPurpose("user.follow_impulse")
	patiencePurpose = rng.NewPurpose("user.patience")
	churnPurpose    = rng.NewPurpose("user.churn")
)

// visitsPerDay bounds a person's impulses in a day; they number candidate
// visits, which exist in every world whether or not they are followed.
const visitsPerDay = 128

// onDay moves everybody's taste and draws the day's impulses to visit.
func (p *People) onDay(sim.Event) {
	now := p.kernel.Now()
	today := uint64(now.Day())
	departed := 0
	most := p.Config.Return.Excitation.most() * p.weekly(today)
	p.forget(now)
	p.census(now)
	for i := range p.All {
		who := &p.All[i]
		if who.Departed {
			p.reactivate(who, today)
		}
		if who.Departed {
			if who.initial() {
				departed++
			}
			continue
		}
		if today > 0 {
			p.drift(who, today)
		}
		u := p.src.Uniform(impulsePurpose, who.Key, today)
		n := min(p.Config.Return.Arrivals.Count(u, float64(who.rate)*most), visitsPerDay)
		for k := range n {
			visit := today*visitsPerDay + uint64(k)
			v := p.src.Uniform(momentPurpose, who.Key, visit)
			at := now.Add(p.hours.moment(p.Config.Return.Arrivals.Moment(v, k, n), who.offset))
			p.kernel.At(at, p.visitKind, uint32(i), visit)
		}
	}
	p.truth.active.Set(1 - float64(departed)/p.truth.initial)
	p.degenerate()
	p.compare()
}

// onVisit is an impulse to open the app: it is followed the likelier, the more
// satisfied the person is.
func (p *People) onVisit(e sim.Event) {
	who := &p.All[e.Actor]
	lost := who.visiting && e.At.Sub(who.asked) > time.Hour // a page that never came
	if who.Departed || p.Frozen || e.At < who.joined || who.visiting && !lost {
		return
	}
	u := p.src.Uniform(acceptPurpose, who.Key, e.Arg)
	chance := p.willing(who) * p.readiness(who, e.At)
	if p.returns(who, e.At, chance, u <= chance); u > chance {
		return
	}
	who.excited += float32(p.Config.Return.Excitation.Jump)
	who.visiting, who.visit, who.page, who.viewed, who.reported = true, uint32(e.Arg), 0, 0, 0
	who.Mood = who.Satisfaction
	p.waver(who, e.At)
	if who.initial() {
		p.truth.visits.Add(1)
	}
	p.ask(system.PersonID(e.Actor), who)
}

// willing is the chance that a person follows an impulse; bots always do.
func (p *People) willing(who *Person) float64 {
	if who.bot {
		return 1
	}
	r := &p.Config.Return
	return sigmoid(r.Base + float64(r.Slope*float64(who.Satisfaction)) + float64(r.Loyalty.Slope*float64(who.loyalty)))
}

// onAsk is the moment a person has reached the end of a page.
func (p *People) onAsk(e sim.Event) {
	who := &p.All[e.Actor]
	if !who.visiting || who.visit != uint32(e.Arg) || p.Frozen {
		return
	}
	p.ask(system.PersonID(e.Actor), who)
}

func (p *People) ask(id system.PersonID, who *Person) {
	who.asked = p.kernel.Now()
	p.truth.asked.Add(1)
	p.Pager.Ask(p.Request(id))
}

// Request returns what the person's app would ask for now.
func (p *People) Request(id system.PersonID) system.Request {
	who := &p.All[id]
	return system.Request{Person: id, Key: who.Key, Visit: who.visit, Page: who.page, At: p.kernel.Now()}
}

// leave ends the visit: what it was like settles into satisfaction, and a
// disappointed person may be gone for good.
func (p *People) leave(who *Person) {
	r := p.Config.Return
	who.visiting = false
	if who.bot {
		return
	}
	who.Satisfaction += float32(float32(1-r.Memory) * (who.Mood - who.Satisfaction))
	who.loyalty += float32(float32(1-r.Loyalty.Memory) * (who.Satisfaction - who.loyalty))
	u := p.src.Uniform(churnPurpose, who.Key, uint64(who.visit))
	chance := sigmoid(r.Churn - float64(r.ChurnSlope*float64(who.Satisfaction)))
	who.Departed = u < chance
	p.goes(who, chance)
	p.truth.satisfaction.Add(float64(who.Satisfaction), 1)
}

// dailyCycle places impulses in the local day with density
// 1 + swing cos(2 pi (hour - peak) / 24).
type dailyCycle struct{ cumulative []float64 }

const slots = 96 // quarters of an hour

func newDailyCycle(r Return) dailyCycle {
	c, sum := make([]float64, slots), 0.0
	for i := range c {
		hour := (float64(i) + 0.5) * 24 / slots
		sum += 1 + float64(r.Swing*num.Cos(6.283185307179586*(hour-r.PeakHour)/24))
		c[i] = sum
	}
	for i := range c {
		c[i] /= sum
	}
	c[slots-1] = 1
	return dailyCycle{c}
}

// moment returns the time of the UTC day at which quantile u of the local day
// falls, for a person so far ahead of UTC.
func (d dailyCycle) moment(u float64, offset time.Duration) time.Duration {
	i := rng.Categorical(u, d.cumulative)
	low := 0.0
	if i > 0 {
		low = d.cumulative[i-1]
	}
	within := (u - low) / (d.cumulative[i] - low)
	local := time.Duration((float64(i) + within) / slots * float64(sim.Day))
	return ((local-offset)%sim.Day + sim.Day) % sim.Day
}
