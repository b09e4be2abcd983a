package user

import (
	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Surface is how posts lie before a person.
type Surface string

// The surfaces.
const (
	FullScreen Surface = "full_screen" // one post at a time; every one is met, and after each the person may leave
	List       Surface = "list"        // a page of posts; some are examined, and at its end the person may leave
)

// Values lists the surfaces.
func (Surface) Values() []string { return []string{string(FullScreen), string(List)} }

// Curve is the chance that somebody who has a page of a list before them
// examines a position: the position-based model of clicks. The first position
// is always examined.
//
//	geometric 0.85       Ie et al., SARDINE
//	power 0.8            Chaney, Stewart and Engelhardt 2018
//	power eta            Saito et al., Open Bandit Pipeline
type Curve struct {
	// Form is geometric, decay^(rank-1), or power, rank^-decay. Default geometric.
	Form Form `yaml:"form"`
	// Decay is how fast attention falls; 1 (geometric) and 0 (power) examine all
	// positions alike. Default 0.85, range above 0 to 1 (geometric), 0 to 10 (power).
	Decay float64 `yaml:"decay"`
}

// Form is the law of a [Curve].
type Form string

// The forms.
const (
	Geometric Form = "geometric"
	Power     Form = "power"
)

// Values lists the forms.
func (Form) Values() []string { return []string{string(Geometric), string(Power)} }

// At returns the chance that a position, counted from 0, is examined.
func (c Curve) At(position int) float64 {
	if c.Form == Power {
		return num.Pow(float64(position+1), -c.Decay)
	}
	return num.Pow(c.Decay, float64(position))
}

func (c Curve) validate(v *sim.Check) {
	if c.Form == Power {
		v.That(c.Decay >= 0 && c.Decay <= 10, "attention.curve.decay", c.Decay, "0 to 10")
		return
	}
	v.That(c.Decay > 0 && c.Decay <= 1, "attention.curve.decay", c.Decay, "more than 0 and at most 1")
}

// table returns the curve at every position.
func (c Curve) table() *[system.Positions]float64 {
	var t [system.Positions]float64
	for i := range t {
		t[i] = c.At(i)
	}
	return &t
}

var (
	examinePurpose   = rng.NewPurpose("user.examine_position")
	leaveListPurpose = rng.NewPurpose("user.leave_after_page")
)

// examines tells whether the person looks at a position of the page. On a full
// screen there is nothing else to look at.
func (p *People) examines(who *Person, r *system.Request, i int) bool {
	if p.examination == nil {
		return true
	}
	_, n := r.Address()
	examines := p.src.Uniform(examinePurpose, who.Key, n+uint64(i)) < p.examination[i]
	if !who.bot {
		p.marginals.examined.Add(float64(i), p.examination[i], examines)
	}
	return examines
}

// leavesPost tells whether the person leaves after a post of a full screen,
// leavesPage whether after a page of a list.
func (p *People) leavesPost(who *Person) bool {
	if p.examination != nil {
		return false
	}
	u := p.src.Uniform(leavePurpose, who.Key, rng.Join(uint64(who.visit), uint64(who.viewed), 32))
	return p.hasEnough(who, u, who.viewed) || who.viewed == viewsPerVisit
}

func (p *People) leavesPage(who *Person) bool {
	if p.examination == nil {
		return false
	}
	u := p.src.Uniform(leaveListPurpose, who.Key, rng.Join(uint64(who.visit), uint64(who.page), 32))
	return p.hasEnough(who, u, who.page+1) || who.viewed+system.Positions > viewsPerVisit
}

// hasEnough is the n-th time in a visit that the person may leave.
func (p *People) hasEnough(who *Person, u float64, n uint32) bool {
	chance := p.hazard(who)
	if !who.bot {
		p.marginals.leaving.Add(float64(n)-0.5, chance, u < chance)
	}
	return u < chance
}

// hazard is the chance of leaving: it falls with mood and rises with fatigue,
// but for bots, which have neither.
func (p *People) hazard(who *Person) float64 {
	if who.bot {
		return 1 / p.Config.Bots.Posts
	}
	return p.Config.Attention.hazard(float64(who.Mood), float64(who.viewed))
}

func (a *Attention) hazard(mood, viewed float64) float64 {
	return sigmoid(a.Leave - float64(a.Mood*mood) + float64(a.Fatigue*viewed/100))
}

// PostsPerVisit returns the expected number of posts that a person in a mood that
// stays meets in a visit where nothing else ends it, on pages of a size: the sum,
// over full screens or the pages of a list, of the chance to have come so far.
func (c *Config) PostsPerVisit(mood float64, pageSize int) float64 {
	met, viewed, here := 1.0, 0.0, 1.0
	if c.Choice.Rule != Best && c.Attention.Surface == List {
		met = 0
		for i := range min(pageSize, system.Positions) {
			met += c.Attention.Curve.At(i)
		}
	}
	for expected := 0.0; ; {
		expected, viewed = expected+here*met, viewed+met
		here *= 1 - c.Attention.hazard(mood, viewed)
		if here < 1e-6 || viewed+met > viewsPerVisit {
			return expected
		}
	}
}
