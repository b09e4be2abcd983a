package user

import (
	"math"
	"testing"
	"time"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// The tests of this file ask of each parameter of a distribution, one by one,
// whether what is drawn shows it: the sample agrees with the formula at the value
// that was set, and would not at one that is five per cent off. Logarithms of odds
// are kept around 0 by a second term, where a chance tells most about them.

// many is the number of draws in a sample.
const many = 60_000

// clearly is a post of which each trait tells: affinity .9, quality .9, clickbait .9.
var clearly = content.Truth{Quality: 0.9, Clickbait: 0.9, Length: 20, Topic: 2}

const (
	clearAffinity = 0.9
	clearValue    = 0.9*0.9 - 0.25*0.9
	clearAppeal   = 0.9 + 0.5*0.9
)

// sample lets a person meet many posts alike, and keeps what is seen of each.
func (a *app) sample(see func(events []system.Event) float64) []float64 {
	out := make([]float64, many)
	for i := range out {
		events, _ := a.meet(0, a.post(0, clearAffinity, clearly))
		out[i] = see(events)
	}
	return out
}

func watch(events []system.Event) float64 { return float64(events[0].Watch) }

func TestStayingShowsItsParameters(t *testing.T) {
	c := steady()
	c.Choice.Engage, c.Choice.EngageAppeal, c.Choice.Like = -2.7, 2, certain // who stays, likes
	stayed := newApp(c).sample(func(events []system.Event) float64 { return has(events, system.Liked) })
	simtest.Identifies(t, stayed, -2.7, func(x float64) float64 { return odds(x + 2*clearAppeal) }, "engage")
	simtest.Identifies(t, stayed, 2, func(x float64) float64 { return odds(-2.7 + x*clearAppeal) }, "engage_appeal")
	simtest.Identifies(t, stayed, 0.5, func(x float64) float64 { return odds(-2.7 + 2*(clearAffinity+x*0.9)) }, "promise")
}

func TestWatchTimeShowsItsParameters(t *testing.T) {
	c := steady()
	c.Choice.Engage, c.Choice.Watch, c.Choice.WatchValue, c.Choice.WatchSigma = 50, -2, 2.2, 0.4
	shares := newApp(c).sample(func(events []system.Event) float64 { return math.Log(watch(events) / 20) })
	simtest.Identifies(t, shares, -2, func(x float64) float64 { return x + 2.2*clearValue }, "watch")
	simtest.Identifies(t, shares, 2.2, func(x float64) float64 { return -2 + x*clearValue }, "watch_value")
	for i, x := range shares {
		shares[i] = (x - (-2 + 2.2*clearValue)) * (x - (-2 + 2.2*clearValue))
	}
	simtest.Identifies(t, shares, 0.4, func(x float64) float64 { return x * x }, "watch_sigma")

	// Half of them would watch beyond the end.
	c.Choice.Watch, c.Choice.WatchValue, c.Choice.Rewatch = 0, 0, 0.6
	ends := map[string][]float64{}
	newApp(c).sample(func(events []system.Event) float64 {
		ends["beyond"] = append(ends["beyond"], less(20, watch(events)))
		ends["at"] = append(ends["at"], less(19.999, watch(events))-less(20, watch(events)))
		return 0
	})
	simtest.Identifies(t, ends["beyond"], 0.6, func(x float64) float64 { return x / 2 }, "rewatch")
	simtest.Identifies(t, ends["at"], 0.6, func(x float64) float64 { return (1 - x) / 2 }, "rewatch: those who stop at the end")

	c.Choice.Engage, c.Choice.EngageAppeal, c.Choice.Glance = -50, 0, 3*time.Second
	glances := newApp(c).sample(watch)
	simtest.Identifies(t, glances, 3, func(x float64) float64 { return x * (1 - math.Exp(-20/x)) }, "glance, which ends with the post")
}

func TestReactionsShowTheirParameters(t *testing.T) {
	c := steady()
	c.Choice.Engage = 50
	r := Reaction{Base: -3, PerValue: 2.6, PerClickbait: 1.7}
	c.Choice.Like, c.Choice.Share, c.Choice.Follow, c.Choice.Hide, c.Choice.Comment, c.Choice.Report, c.Choice.Pause = r, r, r, r, r, r, r
	a := newApp(c)
	came := map[system.EventKind][]float64{}
	kinds := []system.EventKind{system.Liked, system.Shared, system.Followed, system.Hid, system.Commented, system.Reported, system.Paused}
	var paused []float64
	a.sample(func(events []system.Event) float64 {
		if last := events[len(events)-1]; last.Kind == system.Paused {
			paused = append(paused, float64(last.Watch))
		}
		for _, kind := range kinds {
			came[kind] = append(came[kind], has(events, kind))
		}
		return 0
	})
	simtest.Identifies(t, paused, 5, func(x float64) float64 { return x }, "pause_time")
	for _, kind := range kinds {
		simtest.Identifies(t, came[kind], -3, func(x float64) float64 { return odds(x + 2.6*clearValue + 1.7*0.9) }, "%v: base", kind)
		simtest.Identifies(t, came[kind], 2.6, func(x float64) float64 { return odds(-3 + x*clearValue + 1.7*0.9) }, "%v: per_value", kind)
		simtest.Identifies(t, came[kind], 1.7, func(x float64) float64 { return odds(-3 + 2.6*clearValue + x*0.9) }, "%v: per_clickbait", kind)
	}
}

// chances lets the first person decide something many times, in a visit each.
func (a *app) chances(decide func(who *Person) bool) []float64 {
	out := make([]float64, many)
	who := &a.people.All[0]
	for i := range out {
		who.visit, who.reported, who.Departed, who.visiting = uint32(i), 0, false, false
		if decide(who) {
			out[i] = 1
		}
	}
	return out
}

func TestLeavingAVisitShowsItsParameters(t *testing.T) {
	for _, surface := range []Surface{FullScreen, List} {
		c := steady()
		c.Attention.Surface, c.Attention.Leave, c.Attention.Mood, c.Attention.Fatigue = surface, -2, 2, 4
		a := newApp(c)
		left := a.chances(func(who *Person) bool {
			who.Mood, who.viewed = 0.8, 90
			return a.people.leavesPost(who) || a.people.leavesPage(who)
		})
		simtest.Identifies(t, left, -2, func(x float64) float64 { return odds(x - 2*0.8 + 4*0.9) }, "%v: leave", surface)
		simtest.Identifies(t, left, 2, func(x float64) float64 { return odds(-2 - x*0.8 + 4*0.9) }, "%v: mood", surface)
		simtest.Identifies(t, left, 4, func(x float64) float64 { return odds(-2 - 2*0.8 + x*0.9) }, "%v: fatigue", surface)
	}
}

func TestComingAndGoingShowTheirParameters(t *testing.T) {
	c := steady()
	c.Return.Base, c.Return.Slope, c.Return.Churn, c.Return.ChurnSlope, c.Return.Memory = -1.5, 3, -2, 6, 0
	a := newApp(c)
	a.never = true
	came := a.chances(func(who *Person) bool {
		who.Satisfaction = 0.5
		a.people.onVisit(sim.Event{Arg: uint64(who.visit)})
		return who.visiting
	})
	simtest.Identifies(t, came, -1.5, func(x float64) float64 { return odds(x + 3*0.5) }, "base")
	simtest.Identifies(t, came, 3, func(x float64) float64 { return odds(-1.5 + x*0.5) }, "slope")
	a.people.Config.Return.Loyalty = Loyalty{Slope: 5}
	came = a.chances(func(who *Person) bool {
		who.Satisfaction, who.loyalty = 0, 0.3
		a.people.onVisit(sim.Event{Arg: uint64(who.visit)})
		return who.visiting
	})
	simtest.Identifies(t, came, 5, func(x float64) float64 { return odds(-1.5 + x*0.3) }, "loyalty.slope")
	gone := a.chances(func(who *Person) bool {
		who.Mood = -0.33
		a.people.leave(who)
		return who.Departed
	})
	simtest.Identifies(t, gone, -2, func(x float64) float64 { return odds(x + 6*0.33) }, "churn")
	simtest.Identifies(t, gone, 6, func(x float64) float64 { return odds(-2 + x*0.33) }, "churn_slope")

	c = steady()
	c.Count, c.Return.Reactivation = 20_000, 0.5
	a = newApp(c)
	var back []float64
	for i := range a.people.All {
		who := &a.people.All[i]
		who.Departed = true
		a.people.reactivate(who, 3)
		back = append(back, 1)
		if who.Departed {
			back[i] = 0
		}
	}
	simtest.Identifies(t, back, 0.5, func(x float64) float64 { return x }, "reactivation")
}

// The wave of the day is 1 + swing cos(2 pi (hour - peak)/24): the mean cosine of
// the phase is swing/2, and of the hour itself swing/2 cos(2 pi peak/24).
func TestTheDailyWaveShowsItsParameters(t *testing.T) {
	cycle, src := newDailyCycle(Return{Swing: 0.7, PeakHour: 20}), rng.New(1, 0)
	var phase, hour []float64
	for i := range uint64(many) {
		at := cycle.moment(src.Uniform(momentPurpose, 0, i), 0).Hours()
		phase = append(phase, math.Cos(2*math.Pi*(at-20)/24))
		hour = append(hour, math.Cos(2*math.Pi*at/24))
	}
	simtest.Identifies(t, phase, 0.7, func(x float64) float64 { return x / 2 }, "swing")
	simtest.Identifies(t, hour, 20, func(x float64) float64 { return 0.35 * math.Cos(2*math.Pi*x/24) }, "peak_hour")
}

func TestPatienceShowsItsParameter(t *testing.T) {
	c := glancers(2000)
	c.Attention = Attention{Leave: 50, Patience: 2 * time.Second} // who gets a page leaves after its first post
	a := newApp(c)
	a.endless(1, tried)
	a.delay = 2 * time.Second
	a.days(8)
	waited := make([]float64, a.answered)
	for i := range a.reports {
		waited[i] = 1
	}
	simtest.Identifies(t, waited, 2, func(x float64) float64 { return math.Exp(-2 / x) }, "patience")
}

// A visit raises the readiness for the next: see TestVisitsExciteEachOther for the
// formula. The first two days, in which the process finds its rate, do not count.
func TestExcitationShowsItsParameters(t *testing.T) {
	const days, settled = 12, 2
	c := glancers(2500)
	c.Return.Swing, c.Return.Excitation = 0, Excitation{Jump: 1, HalfLife: 210 * time.Minute, Most: 10}
	a := newApp(c)
	a.days(days)
	mean := make([]float64, c.Count)
	for i, n := range a.byPersonDay(days) {
		if i%days >= settled {
			mean[i/days] += n / (days - settled)
		}
	}
	rate := func(sessions, jump, hours float64) float64 {
		return sessions / (1 - sessions*jump*hours/24/math.Ln2)
	}
	simtest.Identifies(t, mean, 2.4, func(x float64) float64 { return rate(x, 1, 3.5) }, "sessions_per_day")
	simtest.Identifies(t, mean, 1, func(x float64) float64 { return rate(2.4, x, 3.5) }, "jump")
	simtest.Identifies(t, mean, 3.5, func(x float64) float64 { return rate(2.4, 1, x) }, "half_life")
}

func TestWeekendsShowTheirParameter(t *testing.T) {
	c := glancers(5000)
	c.Return.Weekend = 1.5
	a := newApp(c)
	a.people.Opens = time.Saturday
	a.days(2)
	simtest.Identifies(t, a.byPersonDay(2), 1.5, func(x float64) float64 { return 2.4 * x }, "weekend")
}

func TestPeopleShowTheirTraits(t *testing.T) {
	posts := content.DefaultConfig()
	posts.Languages = []content.Language{{Name: "a", Share: 0.5}, {Name: "b", Share: 0.5}}
	c := steady()
	c.Count = 20_000
	c.Taste.Topics, c.Taste.Noise, c.Taste.Bilingual = 1, 0.1, 0.5
	c.Joining, c.Bots.Share = Joining{Share: 0.5, Over: 4 * sim.Day}, 0.5
	a := among(c, posts)
	same := func(x float64) float64 { return x }
	var later, when, bots, both, far []float64
	for i := range a.people.All {
		who := &a.people.All[i]
		later, bots, both = append(later, 0), append(bots, 0), append(both, 0)
		if who.joined > 0 {
			later[i] = 1
			when = append(when, float64(who.joined)/float64(sim.Day))
		}
		if who.bot {
			bots[i] = 1
		}
		if who.speaks == system.Languages(0).With(0).With(1) {
			both[i] = 1
		}
		nearest := float32(-1)
		for k := range a.posts.Topics.Centres {
			nearest = max(nearest, content.Affinity(&who.Taste, &a.posts.Topics.Centres[k]))
		}
		far = append(far, 1-float64(nearest))
	}
	simtest.Identifies(t, later, 0.5, same, "joining.share")
	simtest.Identifies(t, when, 4, func(x float64) float64 { return x / 2 }, "joining.over")
	simtest.Identifies(t, bots, 0.5, same, "bots.share")
	// A second language is missed in seven tries once in 128.
	simtest.Identifies(t, both, 0.5, func(x float64) float64 { return x * (1 - 1.0/128) }, "bilingual")
	// Fifteen axes of a standard deviation of noise/4 each, to the second order.
	simtest.Identifies(t, far, 0.1, func(x float64) float64 { return 7.5 * x * x / 16 }, "taste.noise")
}

func TestBotsShowTheirParameters(t *testing.T) {
	c := steady()
	c.Count, c.Taste.Pull = 200, 0
	c.Bots = Bots{Share: 1, Clients: 0.5, VisitsPerDay: 10, Posts: 4, Dwell: 2 * time.Second}
	a := newApp(c)
	a.days(10)
	simtest.Identifies(t, a.byPersonDay(10), 10, func(x float64) float64 { return x }, "visits_per_day")
	left := a.chances(a.people.leavesPost)
	simtest.Identifies(t, left, 4, func(x float64) float64 { return 1 / x }, "posts")
	var clients []float64
	for i := range system.CreatorID(many) {
		clients = append(clients, 0)
		if a.people.pays(i) {
			clients[i] = 1
		}
	}
	simtest.Identifies(t, clients, 0.5, func(x float64) float64 { return x }, "clients")
	c.Bots.Clients = 0
	dwell := newApp(c).sample(watch)
	simtest.Identifies(t, dwell, 2, func(x float64) float64 { return x * (1 - math.Exp(-20/x)) }, "dwell, which ends with the post")
}

func TestSurveysShowTheirParameters(t *testing.T) {
	answers := func(s Survey, satisfaction float32) (came, said []float64) {
		c := steady()
		c.Survey = s
		a := newApp(c)
		came = a.chances(func(who *Person) bool {
			who.Satisfaction = satisfaction
			a.people.events = append(a.people.events[:0], system.Event{})
			a.people.answer(who)
			if len(a.people.events) == 1 {
				return false
			}
			said = append(said, float64(a.people.events[1].Answer))
			return true
		})
		return came, said
	}
	came, said := answers(Survey{Share: 0.5, Response: 50, Bias: 0.3, Noise: 0.1}, 0)
	simtest.Identifies(t, came, 0.5, func(x float64) float64 { return x }, "share")
	simtest.Identifies(t, said, 0.3, func(x float64) float64 { return x }, "bias")
	for i := range said {
		said[i] = (said[i] - 0.3) * (said[i] - 0.3)
	}
	simtest.Identifies(t, said, 0.1, func(x float64) float64 { return x * x }, "noise")
	came, _ = answers(Survey{Share: 1, Response: -2, ResponseSlope: 1, ResponseExtreme: 4, Noise: 0.1}, -0.7)
	simtest.Identifies(t, came, -2, func(x float64) float64 { return odds(x - 0.7 + 4*0.7) }, "response")
	simtest.Identifies(t, came, 4, func(x float64) float64 { return odds(-2 - 0.7 + x*0.7) }, "response_extreme")
	came, _ = answers(Survey{Share: 1, Response: -2, ResponseSlope: 3, Noise: 0.1}, 0.7)
	simtest.Identifies(t, came, 3, func(x float64) float64 { return odds(-2 + x*0.7) }, "response_slope")
}

func TestListsShowTheirParameter(t *testing.T) {
	for _, curve := range []Curve{{Geometric, 0.85}, {Power, 0.8}} {
		c := steady()
		c.Attention.Surface, c.Attention.Curve = List, curve
		a := newApp(c)
		page := uint32(0)
		looked := a.chances(func(who *Person) bool {
			page++
			return a.people.examines(who, &system.Request{Visit: page, Key: who.Key}, 3)
		})
		simtest.Identifies(t, looked, curve.Decay, func(x float64) float64 { return Curve{curve.Form, x}.At(3) }, "%v decay", curve.Form)
	}
}
