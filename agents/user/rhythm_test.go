package user

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/simtest"
	"feedloop/system"
)

func TestWeekends(t *testing.T) {
	c := glancers(2000)
	c.Return.Weekend = 1.5
	a := newApp(c)
	a.people.Opens = time.Friday
	a.days(4)
	byDay := a.byPersonDay(4)
	for day, want := range []float64{2.4, 2.4 * 1.5, 2.4 * 1.5, 2.4} {
		var counts []float64
		for i := day; i < len(byDay); i += 4 {
			counts = append(counts, byDay[i])
		}
		simtest.Agrees(t, counts, want, "visits on day %d", day)
	}
}

// A Hawkes process of background rate m whose events each bring n more on
// average has the mean rate m / (1 - n), and counts that scatter more than
// Poisson's. Here n = rate x jump x half-life / ln 2; rises are small against
// the ceiling and decay within the day's flat cycle.
func TestVisitsExciteEachOther(t *testing.T) {
	const days = 6
	c := glancers(1500)
	c.Return.Swing, c.Return.Excitation = 0, Excitation{Jump: 2, HalfLife: time.Hour, Most: 10}
	a := newApp(c)
	a.days(days)
	branching := c.SessionsPerDay * 2 * (1.0 / 24) / math.Ln2
	mean := c.SessionsPerDay / (1 - branching)
	counts := a.byPersonDay(days)
	// A burst that the start or midnight cuts changes 0.3 % of the mean.
	sum := 0.0
	for _, n := range counts {
		sum += n
	}
	assert.InEpsilon(t, mean, sum/float64(len(counts)), 0.02, "two standard errors of 9,000 days and the start")
	fano := 0.0
	for _, n := range counts {
		fano += (n - mean) * (n - mean) / mean / float64(len(counts))
	}
	assert.Greater(t, fano, 1.4, "bursts; a Poisson process has 1, the limit of long windows is %v", 1/(1-branching)/(1-branching))
}

// Thinning: whatever excitation does, the candidates are the same, so that more
// of it adds visits and takes none away.
func TestExcitationOnlyAddsVisits(t *testing.T) {
	visits := func(jump float64) map[visitOf]sim.Time {
		c := glancers(300)
		c.Return.Excitation = Excitation{Jump: jump, HalfLife: time.Hour, Most: 4}
		a := newApp(c)
		a.days(3)
		out := map[visitOf]sim.Time{}
		for _, r := range a.requests {
			out[visitOf{r.Person, r.Visit}] = r.At
		}
		return out
	}
	calm, excited := visits(1e-9), visits(1)
	assert.Greater(t, len(excited), len(calm))
	for v, at := range calm {
		require.Equal(t, at, excited[v])
	}
}

func TestSomeOfTheDepartedComeBack(t *testing.T) {
	c := glancers(3000)
	c.Return.Reactivation, c.SessionsPerDay = 0.2, 0
	a := newApp(c)
	for i := range a.people.All {
		a.people.All[i].Departed, a.people.All[i].Satisfaction = true, -1
	}
	a.days(3)
	var back []float64
	for i := range a.people.All {
		who := &a.people.All[i]
		back = append(back, 1)
		if who.Departed {
			back[i] = 0
		} else {
			require.Zero(t, who.Satisfaction, "with an open mind")
		}
	}
	simtest.Agrees(t, back, 1-0.8*0.8*0.8, "three midnights")
}

// Those who join later do nothing before, are no part of the headline's people,
// and change nobody else's luck.
func TestJoining(t *testing.T) {
	visits := func(share sim.Share) (*app, map[visitOf]sim.Time) {
		c := glancers(800)
		c.Joining = Joining{Share: share, Over: 4 * sim.Day}
		a := newApp(c)
		a.days(5)
		out := map[visitOf]sim.Time{}
		for _, r := range a.requests {
			require.GreaterOrEqual(t, r.At, a.people.All[r.Person].joined)
			out[visitOf{r.Person, r.Visit}] = r.At
		}
		return a, out
	}
	a, growing := visits(0.4)
	_, all := visits(0)
	var later, when []float64
	for i := range a.people.All {
		later = append(later, 0)
		if at := a.people.All[i].joined; at > 0 {
			later[i] = 1
			when = append(when, float64(at)/float64(4*sim.Day))
		}
	}
	simtest.Agrees(t, later, 0.4, "who joins later")
	simtest.Agrees(t, when, 0.5, "when")
	for v, at := range all {
		if joined := a.people.All[v.person].joined; at >= joined {
			require.Equal(t, at, growing[v])
		}
	}
	assert.Less(t, len(growing), len(all))
}

// Loyalty goes a hundredth of the way to satisfaction in a visit: after n alike it
// is 1 - memory^n of it, and one that disappoints takes satisfaction and leaves
// loyalty nearly as it was.
func TestLoyaltyIsSlow(t *testing.T) {
	c := steady()
	c.Return.Memory, c.Return.Loyalty, c.Return.Churn = 0.7, Loyalty{Memory: 0.99, Slope: 4}, -50
	a := newApp(c)
	who := &a.people.All[0]
	who.Satisfaction = 0.5
	for range 100 {
		who.Mood = 0.5
		a.people.leave(who)
	}
	before := 0.5 * (1 - math.Pow(0.99, 100))
	assert.InDelta(t, before, who.loyalty, 1e-5)
	assert.InDelta(t, odds(-0.2+3*0.5+4*before), a.people.willing(who), 1e-5)
	who.Mood = -0.5
	a.people.leave(who)
	assert.InDelta(t, 0.7*0.5-0.3*0.5, who.Satisfaction, 1e-6)
	assert.InDelta(t, before*0.99+0.2*0.01, who.loyalty, 1e-5)
}

func TestAnnoyance(t *testing.T) {
	c := steady()
	c.Annoyance = Annoyance{Wait: 0.1, Empty: 0.2, Degraded: 0.3, Repeated: 0.4}
	c.Attention.Patience = 1000 * time.Hour
	a := newApp(c)
	who := &a.people.All[0]
	mood := func(rung system.Rung, items int, waited time.Duration) float64 {
		page := &system.Page{Rung: rung, Items: make([]system.Item, items)}
		who.Mood = 0
		a.people.annoy(who, page, waited)
		return float64(who.Mood)
	}
	assert.Zero(t, mood(system.Full, 1, 0))
	assert.InDelta(t, -0.2, mood(system.Full, 1, 2*time.Second), 1e-6, "a slow page")
	assert.InDelta(t, -0.3, mood(system.Heuristic, 1, 0), 1e-6, "a degraded page")
	assert.InDelta(t, -0.2, mood(system.EmptyPage, 0, 0), 1e-6, "an empty page")

	id := a.post(0, triedAffinity, tried)
	a.people.Repeats = true
	_, first := a.meet(0, id)
	_, again := a.meet(0, id)
	assert.InDelta(t, 0.4, first-again, 1e-6, "a post that was met before")
	a.kernel.Run(3 * sim.Time(sim.Day))
	_, later := a.meet(0, id)
	assert.InDelta(t, first, later, 1e-6, "what has expired is forgotten")
}

func TestTheNewPartsRefuseWhatCannotBe(t *testing.T) {
	nan := math.NaN()
	for field, broken := range map[string]func(*Config){
		"attention.curve.decay":       func(c *Config) { c.Attention.Curve.Decay = nan },
		"annoyance.wait":              func(c *Config) { c.Annoyance.Wait = -1 },
		"annoyance.empty":             func(c *Config) { c.Annoyance.Empty = nan },
		"annoyance.degraded":          func(c *Config) { c.Annoyance.Degraded = 11 },
		"annoyance.repeated":          func(c *Config) { c.Annoyance.Repeated = -1 },
		"return.weekend":              func(c *Config) { c.Return.Weekend = nan },
		"return.reactivation":         func(c *Config) { c.Return.Reactivation = 2 },
		"return.loyalty.memory":       func(c *Config) { c.Return.Loyalty.Memory = 1 },
		"return.loyalty.slope":        func(c *Config) { c.Return.Loyalty.Slope = nan },
		"return.excitation.jump":      func(c *Config) { c.Return.Excitation.Jump = -1 },
		"return.excitation.half_life": func(c *Config) { c.Return.Excitation.HalfLife = 0 },
		"return.excitation.most":      func(c *Config) { c.Return.Excitation.Most = 11 },
		"joining.share":               func(c *Config) { c.Joining.Share = -1 },
		"joining.over":                func(c *Config) { c.Joining.Over = 0 },
	} {
		c := DefaultConfig()
		require.NoError(t, c.Validate())
		broken(&c)
		wrong := sim.Problems(c.Validate())
		require.Len(t, wrong, 1, field)
		assert.Equal(t, field, wrong[0].Field)
	}
}

// Cohorts differ in taste and in when they come: their mix shifts.
func TestCohortsWithTastesAndNewcomersOfTheirOwn(t *testing.T) {
	c := glancers(1000)
	c.Cohorts = []Cohort{{Name: "old", Share: 0.5, Topics: []int{1, 2}}, {Name: "new", Share: 0.5, Topics: []int{9}, Joining: new(sim.Share(0.8))}}
	c.Taste.Noise = 0
	a := newApp(c)
	var later []float64
	for i := range a.people.All {
		who := &a.people.All[i]
		if i < 500 {
			require.InDelta(t, 1, who.Taste[1]*who.Taste[1]+who.Taste[2]*who.Taste[2], 1e-6)
			require.Zero(t, who.joined)
			continue
		}
		require.InDelta(t, 1, who.Taste[9], 1e-6)
		later = append(later, 0)
		if who.joined > 0 {
			later[i-500] = 1
		}
	}
	simtest.Agrees(t, later, 0.8, "of the new")
}
