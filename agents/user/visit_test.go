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

// glancers open the app, find nothing and leave: every visit is one request.
func glancers(count int) Config {
	c := steady()
	c.Count = count
	c.Return.Churn = -50
	return c
}

// byPersonDay counts requests.
func (a *app) byPersonDay(days int) []float64 {
	counts := make([]float64, len(a.people.All)*days)
	for _, r := range a.requests {
		counts[int(r.Person)*days+r.At.Day()]++
	}
	return counts
}

// Impulses are Poisson and followed independently, so that visits are Poisson
// too: mean and variance are the configured rate.
func TestVisitsADay(t *testing.T) {
	const days = 5
	c := glancers(1500)
	a := newApp(c)
	a.days(days)
	counts := a.byPersonDay(days)
	squares := make([]float64, len(counts))
	var products []float64
	for i, n := range counts {
		squares[i] = (n - c.SessionsPerDay) * (n - c.SessionsPerDay)
		if i%days > 0 {
			products = append(products, (n-c.SessionsPerDay)*(counts[i-1]-c.SessionsPerDay))
		}
	}
	simtest.Agrees(t, counts, c.SessionsPerDay, "mean")
	simtest.Agrees(t, squares, c.SessionsPerDay, "variance")
	simtest.Agrees(t, products, 0, "covariance with the day before")
}

func TestSatisfiedPeopleComeMoreOften(t *testing.T) {
	for _, satisfaction := range []float32{-0.3, 0.2} {
		c := glancers(1500)
		a := newApp(c)
		for i := range a.people.All {
			a.people.All[i].Satisfaction = satisfaction
		}
		a.days(3)
		follow := odds(c.Return.Base+c.Return.Slope*float64(satisfaction)) / odds(c.Return.Base)
		simtest.Agrees(t, a.byPersonDay(3), c.SessionsPerDay*follow, "visits a day at satisfaction %v", satisfaction)
	}
}

func TestCohortsHaveTheirOwnRates(t *testing.T) {
	c := glancers(3000)
	c.Cohorts = []Cohort{{Name: "usual", Share: 0.5}, {Name: "heavy", Share: 0.5, SessionsPerDay: new(6.0)}}
	a := newApp(c)
	a.days(2)
	counts := a.byPersonDay(2)
	simtest.Agrees(t, counts[:3000], 2.4, "the usual")
	simtest.Agrees(t, counts[3000:], 6, "the heavy")
}

// A cohort may differ in having none of something: what it sets to 0 is 0, what
// it leaves out is everybody's.
func TestACohortMaySetZero(t *testing.T) {
	c := glancers(900)
	c.Joining = Joining{Share: 1, Over: sim.Day}
	c.Cohorts = []Cohort{
		{Name: "like all", Share: 1.0 / 3}, {Name: "asleep", Share: 1.0 / 3, SessionsPerDay: new(0.0)},
		{Name: "there", Share: 1.0 / 3, Joining: new(sim.Share(0))},
	}
	require.NoError(t, c.Validate())
	a := newApp(c)
	a.days(3)
	visits := make([]int, 3)
	for _, r := range a.requests {
		visits[r.Person/300]++
	}
	assert.Zero(t, visits[1], "the common rate would bring 1,800")
	assert.Greater(t, visits[0], 1000)
	assert.Greater(t, visits[2], visits[0])
	for i := range a.people.All {
		require.Equal(t, i >= 600, a.people.All[i].joined == 0, "person %d", i)
	}
}

// The density of visits over the local day is 1 + swing cos(2 pi (hour - peak)
// / 24), in every time zone: the mean cosine of the phase is half the swing, the
// mean sine zero. Quarters of an hour are exact enough: they shrink the cosine
// by 2e-4.
func TestTheDailyCycleKeepsLocalTime(t *testing.T) {
	c := glancers(4000)
	c.Zones = []float64{-9.5, -3, 0, 1, 5.5, 5.75, 9, 14}
	a := newApp(c)
	a.days(4)
	cosines, sines := map[time.Duration][]float64{}, map[time.Duration][]float64{}
	for _, r := range a.requests {
		offset := a.people.All[r.Person].offset
		local := float64(r.At)/float64(time.Hour) + offset.Hours()
		phase := 2 * math.Pi * (local - c.Return.PeakHour) / 24
		cosines[offset], sines[offset] = append(cosines[offset], math.Cos(phase)), append(sines[offset], math.Sin(phase))
	}
	require.Len(t, cosines, len(c.Zones))
	for offset := range cosines {
		simtest.Agrees(t, cosines[offset], c.Return.Swing/2, "cosine, %v from UTC", offset)
		simtest.Agrees(t, sines[offset], 0, "sine, %v from UTC", offset)
	}
}

func TestMomentsStayWithinTheDayAndRise(t *testing.T) {
	cycle := newDailyCycle(DefaultConfig().Return)
	before := time.Duration(-1)
	for i := range 10_000 {
		at := cycle.moment((float64(i)+0.5)/10_000, 0)
		require.True(t, at > before && at < sim.Day, "a later quantile is a later moment")
		before = at
	}
	for offset := -12 * time.Hour; offset <= 14*time.Hour; offset += 15 * time.Minute {
		noon := cycle.moment(0.4, offset)
		assert.True(t, noon >= 0 && noon < sim.Day)
		shift := (cycle.moment(0.4, 0) - noon) % sim.Day
		assert.Equal(t, (offset+sim.Day)%sim.Day, (shift+sim.Day)%sim.Day, "an hour by hour of offset")
	}
}

// Leaving a visit: the mood settles into satisfaction, and the hazard of never
// coming back falls with it.
func TestLeaving(t *testing.T) {
	c := steady()
	c.Count = 4000
	c.Return.Churn, c.Return.ChurnSlope, c.Return.Memory = -1, 6, 0.7
	a := newApp(c)
	var gone []float64
	for i := range a.people.All {
		who := &a.people.All[i]
		who.Satisfaction, who.Mood, who.visiting = 0.5, -0.2, true
		a.people.leave(who)
		require.False(t, who.visiting)
		require.InDelta(t, 0.7*0.5+0.3*-0.2, who.Satisfaction, 1e-6)
		gone = append(gone, 0)
		if who.Departed {
			gone[i] = 1
		}
	}
	simtest.Agrees(t, gone, odds(-1-6*(0.7*0.5+0.3*-0.2)), "left for good")
}

func TestTheDepartedDoNotComeBack(t *testing.T) {
	c := glancers(200)
	c.Return.Churn = 50
	a := newApp(c)
	a.days(5)
	perPerson := map[system.PersonID]int{}
	for _, r := range a.requests {
		perPerson[r.Person]++
	}
	require.Greater(t, len(perPerson), 150)
	for person, n := range perPerson {
		assert.Equal(t, 1, n, "person %d", person)
	}
}

// A page that never comes holds a person for an hour; then they may try again.
func TestAVisitWithoutAnAnswer(t *testing.T) {
	c := glancers(50)
	c.SessionsPerDay = 30
	a := newApp(c)
	a.never = true
	a.days(2)
	last, soonest := map[system.PersonID]sim.Time{}, sim.Day
	for _, r := range a.requests {
		if before, ok := last[r.Person]; ok {
			require.Greater(t, r.At.Sub(before), time.Hour)
			soonest = min(soonest, r.At.Sub(before))
		}
		last[r.Person] = r.At
	}
	assert.Less(t, soonest, 70*time.Minute, "and not much longer than that")
	assert.Greater(t, len(a.requests), 500, "they did come back")
}

func TestFrozenPeopleDoNothing(t *testing.T) {
	a := newApp(glancers(100))
	a.endless(5, tried)
	a.days(1)
	a.people.Frozen = true
	asked, reported, people := len(a.requests), len(a.reports), a.kernel.People()
	a.days(2)
	assert.Len(t, a.requests, asked)
	a.people.All[3].visiting, a.people.All[3].asked = true, a.kernel.Now()
	a.people.Receive(a.page(a.people.Request(3)))
	assert.Len(t, a.reports, reported)
	assert.Equal(t, people, a.kernel.People())
	a.people.Frozen = false
	a.days(3)
	assert.Greater(t, len(a.requests), asked)
}
