package user

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/rng"
)

// Config describes the people of a world.
type Config struct {
	// Count is the number of people. Default 250, range 0 to 10,000,000.
	Count int `yaml:"count"`
	// SessionsPerDay is the mean number of visits of somebody at satisfaction 0;
	// the satisfied come more often, see return. Default 2.4, range 0 to 30, and at
	// most 80 impulses a day: these visits over the share of impulses that
	// return.base follows, times return.weekend and return.excitation.most.
	SessionsPerDay float64 `yaml:"sessions_per_day"`
	// Zones are the time zones that people live in, in hours ahead of UTC, -12 to
	// 14 in quarters of an hour (India has 5.5, Nepal 5.75); a zone listed twice has
	// twice the people. Default: -11 to 12, all alike.
	Zones []float64 `yaml:"zones"`
	// Cohorts split the people; shares add up to 100 %. Default: none, all alike.
	Cohorts []Cohort `yaml:"cohorts"`
	// Taste is what people like and how it moves.
	Taste Taste `yaml:"taste"`
	// Satiation is how people tire of a topic.
	Satiation Satiation `yaml:"satiation"`
	// Attention is how long a visit lasts.
	Attention Attention `yaml:"attention"`
	// Choice is what people do with a post in front of them.
	Choice Choice `yaml:"choice"`
	// Habit is what a diet of posts does to them.
	Habit Habit `yaml:"habit"`
	// Annoyance is what waiting and poor pages do to their mood.
	Annoyance Annoyance `yaml:"annoyance"`
	// Return is whether they come back.
	Return Return `yaml:"return"`
	// Joining is who comes later.
	Joining Joining `yaml:"joining"`
	// Survey is what operators ask them.
	Survey Survey `yaml:"survey"`
	// Bots are accounts without people.
	Bots Bots `yaml:"bots"`
}

// Taste is a unit vector that stays around a home.
type Taste struct {
	// Topics is how many topics a person's home taste is made of. Default 3, range 1 to 16.
	Topics int `yaml:"topics"`
	// Noise is the length of a random vector added to it. Default 0.3, range 0 to 10.
	Noise float64 `yaml:"noise"`
	// Drift is the standard deviation of the daily step of an Ornstein-Uhlenbeck
	// process, per axis of taste. Default 0.02, range 0 to 1.
	Drift float64 `yaml:"drift"`
	// Pull is the daily share by which taste returns home. Default 10%.
	Pull sim.Share `yaml:"pull"`
	// Influence is how far an engaging post draws taste towards itself, as a
	// fraction of its utility. Default 0.002, range 0 to 1.
	Influence float64 `yaml:"influence"`
	// Attachment is what a post that the person stays to watch adds to their
	// affinity with everything by its creator, and what one that they pass by takes
	// from it: interest that feeds on itself (Jiang et al., "Degenerate feedback
	// loops in recommender systems", AIES 2019). Default 0, range 0 to 1.
	Attachment float64 `yaml:"attachment"`
	// Foreign is how much of their affinity with a post is left to people who do
	// not speak its language. Default 10%.
	Foreign sim.Share `yaml:"foreign"`
	// Bilingual is the share of people who speak a second of posts.languages.
	// Default 0%.
	Bilingual sim.Share `yaml:"bilingual"`
	// Regret is what clickbait takes back from value. Default 0.25, range 0 to 5.
	Regret float64 `yaml:"regret"`
}

// Satiation is a linear system a topic (as in RecLab): it rises with every view,
// recovers, and wavers from visit to visit.
type Satiation struct {
	// Gain is what one view adds; value falls by the level. Default 0.015, range 0 to 10.
	Gain float64 `yaml:"gain"`
	// HalfLife of the recovery. Default 4h.
	HalfLife time.Duration `yaml:"half_life"`
	// Noise is the standard deviation of what the beginning of a visit adds to the
	// level of each topic, or takes from it: people are not always in the mood for the
	// same. Default 0, range 0 to 10.
	Noise float64 `yaml:"noise"`
}

// Attention is what of a page is met, and when a person has had enough: after
// each post of a full screen, or each page of a list, there is a hazard of
// leaving, in log-odds.
type Attention struct {
	// Surface is full_screen or list. Default full_screen.
	Surface Surface `yaml:"surface"`
	// Curve is how attention falls with position on a list.
	Curve Curve `yaml:"curve"`
	// Leave is the log-odds of leaving in a neutral mood. Default -3.1, range -100 to 100.
	Leave float64 `yaml:"leave"`
	// Mood is how much a unit of mood (a moving average of value) lowers it. Default
	// 3, range -100 to 100.
	Mood float64 `yaml:"mood"`
	// Fatigue is how much a hundred posts in the visit raise it. Default 1.5, range -100 to 100.
	Fatigue float64 `yaml:"fatigue"`
	// Scroll is the time that it takes from one post to the next, looked at or not.
	// Default 300ms.
	Scroll time.Duration `yaml:"scroll"`
	// Patience is the mean of the exponential time a person waits for a page. Default 8s.
	Patience time.Duration `yaml:"patience"`
}

// Choice maps appeal and value to behaviour. Log-odds unless said otherwise.
type Choice struct {
	// Rule is how people take up a page: each post that they look at for itself, or
	// the best one of a list alone. Default each.
	Rule Rule `yaml:"rule"`
	// Known is which share of a post's utility people know before they take it,
	// where they take the best, and KnownSpread its standard deviation from one
	// person and post to another. Defaults 100% and 0, ranges 0 to 100% and 0 to 1.
	Known       sim.Share `yaml:"known"`
	KnownSpread float64   `yaml:"known_spread"`
	// Engage and EngageAppeal: staying beyond the first glance, by appeal
	// (affinity plus Promise x clickbait). Defaults -0.6, 4.5 and 0.5, range -100 to 100.
	Engage       float64 `yaml:"engage"`
	EngageAppeal float64 `yaml:"engage_appeal"`
	Promise      float64 `yaml:"promise"`
	// Glance is the mean time of a quick skip. Default 2s.
	Glance time.Duration `yaml:"glance"`
	// Watch and WatchValue: logarithm of the median share of the length that an
	// engaged person watches, at value 0 and per unit of value; WatchSigma is
	// the standard deviation of the logarithm. Defaults -1, 2.2 and 0.6, ranges
	// -100 to 100 and, of WatchSigma, 0 to 3.
	Watch      float64 `yaml:"watch"`
	WatchValue float64 `yaml:"watch_value"`
	WatchSigma float64 `yaml:"watch_sigma"`
	// Rewatch is the share of those who would watch beyond the end who do; the
	// others stop there. Default 100%.
	Rewatch sim.Share `yaml:"rewatch"`
	// Like, Share, Follow, Comment and Pause come given engagement, Hide and Report
	// always. Comments, reports and pauses are off by default: their base is -30.
	Like    Reaction `yaml:"like"`
	Share   Reaction `yaml:"share"`
	Follow  Reaction `yaml:"follow"`
	Hide    Reaction `yaml:"hide"`
	Comment Reaction `yaml:"comment"`
	Report  Reaction `yaml:"report"`
	// Pause stops a post for PauseTime, on average. Default 5s.
	Pause     Reaction      `yaml:"pause"`
	PauseTime time.Duration `yaml:"pause_time"`
}

// Reaction is the log-odds of one reaction.
type Reaction struct {
	// Base is the log-odds at value 0, PerValue is added per unit of value and
	// PerClickbait per unit of clickbait. A base of -20 or less is never. Range -100
	// to 100.
	Base         float64 `yaml:"base"`
	PerValue     float64 `yaml:"per_value"`
	PerClickbait float64 `yaml:"per_clickbait"`
}

// Return is the slow part: satisfaction with the last visits.
type Return struct {
	// Memory is the weight of the past in satisfaction after each visit. Default 0.7.
	Memory float64 `yaml:"memory"`
	// Base and Slope are the log-odds of following an impulse to visit, at
	// satisfaction 0 and per unit of it. Defaults -0.2 and 3, range -100 to 100.
	Base  float64 `yaml:"base"`
	Slope float64 `yaml:"slope"`
	// Loyalty is what remains of visits for months.
	Loyalty Loyalty `yaml:"loyalty"`
	// Churn is the log-odds of leaving for good after a visit at satisfaction 0;
	// it falls by ChurnSlope per unit. Defaults -6 and 6, range -100 to 100.
	Churn      float64 `yaml:"churn"`
	ChurnSlope float64 `yaml:"churn_slope"`
	// PeakHour is the local hour of most visits, Swing the relative height of
	// the daily wave. Defaults 20 and 0.7.
	PeakHour float64 `yaml:"peak_hour"`
	Swing    float64 `yaml:"swing"`
	// Arrivals is how impulses come: poisson, or even, the same number every day.
	// Default poisson.
	Arrivals rng.Arrivals `yaml:"arrivals"`
	// Weekend multiplies the impulses of Saturdays and Sundays. Default 1, range 0 to 3.
	Weekend float64 `yaml:"weekend"`
	// Excitation makes a visit bring another.
	Excitation Excitation `yaml:"excitation"`
	// Reactivation is the share of the departed who come back in a day, as after
	// a notification. Default 0%.
	Reactivation sim.Share `yaml:"reactivation"`
}

// DefaultConfig returns the people of the reels surface.
func DefaultConfig() Config {
	return Config{
		Count: 250, SessionsPerDay: 2.4,
		Taste:     Taste{Topics: 3, Noise: 0.3, Drift: 0.02, Pull: 0.1, Influence: 0.002, Foreign: 0.1, Regret: 0.25},
		Satiation: Satiation{Gain: 0.015, HalfLife: 4 * time.Hour},
		Attention: Attention{
			Surface: FullScreen, Curve: Curve{Form: Geometric, Decay: 0.85},
			Leave: -3.1, Mood: 3, Fatigue: 1.5, Scroll: 300 * time.Millisecond, Patience: 8 * time.Second,
		},
		Choice: Choice{
			Rule: Each, Known: 1,
			Engage: -0.6, EngageAppeal: 4.5, Promise: 0.5, Glance: 2 * time.Second,
			Watch: -1, WatchValue: 2.2, WatchSigma: 0.6, Rewatch: 1,
			Like:    Reaction{Base: -4.2, PerValue: 7},
			Share:   Reaction{Base: -6, PerValue: 7},
			Follow:  Reaction{Base: -6.2, PerValue: 7},
			Hide:    Reaction{Base: -5.2, PerValue: -8, PerClickbait: 2},
			Comment: Reaction{Base: -30}, Report: Reaction{Base: -30},
			Pause: Reaction{Base: -30}, PauseTime: 5 * time.Second,
		},
		Return: Return{
			Memory: 0.7, Base: -0.2, Slope: 3, Loyalty: Loyalty{Memory: 0.99}, Churn: -6, ChurnSlope: 6, PeakHour: 20, Swing: 0.7,
			Arrivals: rng.PoissonArrivals, Weekend: 1, Excitation: Excitation{HalfLife: 30 * time.Minute, Most: 3},
		},
		Habit:   Habit{Memory: 0.7},
		Joining: Joining{Over: 7 * sim.Day},
		Survey:  Survey{Response: -1, ResponseSlope: 3, Noise: 0.1},
		Bots:    Bots{Clients: 0.01, VisitsPerDay: 10, Posts: 30, Dwell: time.Second},
	}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.That(c.Count >= 0 && c.Count <= 10_000_000, "count", c.Count, "0 to 10,000,000")
	v.That(c.SessionsPerDay >= 0 && c.SessionsPerDay <= 30, "sessions_per_day", c.SessionsPerDay, "0 to 30")
	validateZones(&v, "zones", c.Zones)
	c.validateCohorts(&v)
	t, s, a := c.Taste, c.Satiation, c.Attention
	v.That(t.Topics >= 1 && t.Topics <= 16, "taste.topics", t.Topics, "1 to 16")
	v.That(t.Noise >= 0 && t.Noise <= 10, "taste.noise", t.Noise, "0 to 10")
	v.That(t.Drift >= 0 && t.Drift <= 1, "taste.drift", t.Drift, "0 to 1")
	v.That(t.Pull >= 0 && t.Pull <= 1, "taste.pull", t.Pull, "a share from 0 to 100%")
	v.That(t.Influence >= 0 && t.Influence <= 1, "taste.influence", t.Influence, "0 to 1")
	v.That(t.Attachment >= 0 && t.Attachment <= 1, "taste.attachment", t.Attachment, "0 to 1")
	v.That(t.Foreign >= 0 && t.Foreign <= 1, "taste.foreign", t.Foreign, "a share from 0 to 100%")
	v.That(t.Bilingual >= 0 && t.Bilingual <= 1, "taste.bilingual", t.Bilingual, "a share from 0 to 100%")
	v.That(t.Regret >= 0 && t.Regret <= 5, "taste.regret", t.Regret, "0 to 5")
	v.That(s.Gain >= 0 && s.Gain <= 10, "satiation.gain", s.Gain, "0 to 10")
	v.That(s.HalfLife > 0, "satiation.half_life", s.HalfLife, "a positive duration")
	v.That(s.Noise >= 0 && s.Noise <= 10, "satiation.noise", s.Noise, "0 to 10")
	v.That(a.Patience > 0, "attention.patience", a.Patience, "a positive duration")
	v.That(a.Scroll >= 0, "attention.scroll", a.Scroll, "0s or more")
	v.That(c.Choice.PauseTime > 0, "choice.pause_time", c.Choice.PauseTime, "a positive duration")
	v.That(c.Choice.Glance > 0, "choice.glance", c.Choice.Glance, "a positive duration")
	v.That(c.Choice.WatchSigma >= 0 && c.Choice.WatchSigma <= 3, "choice.watch_sigma", c.Choice.WatchSigma, "0 to 3")
	c.validateRule(&v)
	c.validateOdds(&v)
	v.That(c.Choice.Rewatch >= 0 && c.Choice.Rewatch <= 1, "choice.rewatch", c.Choice.Rewatch, "a share from 0 to 100%")
	a.Curve.validate(&v)
	c.Annoyance.validate(&v)
	c.Return.validate(&v)
	c.validateImpulses(&v)
	c.Joining.validate(&v)
	c.Habit.validate(&v)
	c.Survey.validate(&v)
	c.Bots.validate(&v)
	return v.Err()
}
