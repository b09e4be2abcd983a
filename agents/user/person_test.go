package user

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// People live where the scenario says, cohort by cohort.
func TestZones(t *testing.T) {
	c := steady()
	c.Count, c.Zones = 3000, []float64{1, 1, -4.75}
	c.Cohorts = []Cohort{{Name: "spread", Share: 0.5}, {Name: "islands", Share: 0.5, Zones: []float64{14}}}
	require.NoError(t, c.Validate())
	a := newApp(c)
	var east []float64
	for i := range a.people.All {
		switch offset := a.people.All[i].offset; {
		case i >= 1500:
			require.Equal(t, 14*time.Hour, offset)
		default:
			require.Contains(t, []time.Duration{time.Hour, -4*time.Hour - 45*time.Minute}, offset)
			east = append(east, less(0, offset.Hours()))
		}
	}
	simtest.Agrees(t, east, 2.0/3, "a zone listed twice")
	c.Zones, c.Cohorts[1].Zones = []float64{0, 15, 5.75, 5.7, math.NaN()}, []float64{-13}
	var fields []string
	for _, p := range sim.Problems(c.Validate()) {
		fields = append(fields, p.Field)
	}
	assert.Equal(t, []string{"zones[1]", "zones[3]", "zones[4]", "cohorts[1].zones[0]"}, fields)
}

func TestTimeZonesAreUniform(t *testing.T) {
	c := steady()
	c.Count = 6000
	a := newApp(c)
	for zone := -11; zone <= 12; zone++ {
		var here []float64
		for i := range a.people.All {
			x := 0.0
			if a.people.All[i].offset == time.Duration(zone)*time.Hour {
				x = 1
			}
			here = append(here, x)
		}
		simtest.Agrees(t, here, 1.0/24, "people %+d h from UTC", zone)
	}
}

// A home taste without noise that is made of one topic is that topic, as often
// as the topic is popular; one made of several leans to each.
func TestHomeTastesAreMadeOfPopularTopics(t *testing.T) {
	c := steady()
	c.Count, c.Taste.Topics, c.Taste.Noise = 4000, 1, 0
	a := newApp(c)
	topics := a.posts.Topics
	before := 0.0
	for k := range topics.Centres {
		var here []float64
		for i := range a.people.All {
			x := 0.0
			if content.Affinity(&a.people.All[i].Taste, &topics.Centres[k]) > 0.999 {
				x = 1
			}
			here = append(here, x)
		}
		simtest.Agrees(t, here, topics.Cumulative[k]-before, "people at home in topic %d", k)
		before = topics.Cumulative[k]
	}
	c.Taste.Topics = 3
	a = newApp(c)
	kinds := map[int]int{}
	for i := range a.people.All {
		liked := 0
		for k := range topics.Centres {
			if content.Affinity(&a.people.All[i].Taste, &topics.Centres[k]) > 0.2 {
				liked++
			}
		}
		kinds[liked]++
		require.InDelta(t, 1, num.Norm(a.people.All[i].Taste[:]), 1e-5)
	}
	assert.Len(t, kinds, 3, "one topic thrice, two or three: %v", kinds)
	assert.Greater(t, kinds[3], kinds[2])
	assert.Greater(t, kinds[2], kinds[1])
}

// A day's drift is a Gaussian step on the sphere, of 15 free axes: 1 - cos is
// 15/2 sd^2 on average, for steps so small that their fourth power is nothing
// (.6 % here, against an interval of 3 %). With a pull the process is one of
// Ornstein and Uhlenbeck: x' = (1-pull)(x + step) settles at a variance by axis
// of (1-pull)^2 sd^2 / (1 - (1-pull)^2).
func TestTasteDriftsAsOrnsteinAndUhlenbeckSay(t *testing.T) {
	c := DefaultConfig()
	c.Count, c.Taste.Pull = 3000, 0
	a := newApp(c)
	variance := c.Taste.Drift * c.Taste.Drift
	simtest.Agrees(t, a.strays(1), 7.5*variance, "1 - cos(home, taste) after a day")

	c.Taste.Pull = 0.2
	a = newApp(c)
	settled := 0.64 * variance / (1 - 0.64)
	simtest.Agrees(t, a.strays(25), 7.5*settled, "1 - cos(home, taste) when settled")
}

// strays lets everybody drift for some days and returns how far they are from home.
func (a *app) strays(days int) []float64 {
	var far []float64
	for i := range a.people.All {
		who := &a.people.All[i]
		for day := range uint64(days) {
			a.people.drift(who, day+1)
		}
		dot := 0.0 // in double precision: 1 - cos is small
		for k := range who.home {
			dot += float64(who.home[k]) * float64(who.Taste[k])
		}
		far = append(far, 1-dot)
	}
	return far
}

func TestFirstFollowsAreOfTopicsThatPeopleLike(t *testing.T) {
	c := steady()
	c.Count = 200
	a := newApp(c)
	known := make([]Account, 300)
	for i := range known {
		known[i].Topic = system.TopicID(i % 16)
	}
	full := 0
	for id := range a.people.All {
		p := a.people.Public(system.PersonID(id), known, 8, nil)
		who := &a.people.All[id]
		require.Equal(t, who.Key, p.Key)
		require.Equal(t, who.offset, p.UTCOffset)
		met := map[system.CreatorID]bool{}
		for _, creator := range p.Follows {
			require.False(t, met[creator], "nobody is followed twice")
			met[creator] = true
			like := content.Affinity(&who.Taste, &a.posts.Topics.Centres[known[creator].Topic])
			require.Positive(t, like)
		}
		require.LessOrEqual(t, len(p.Follows), 8)
		if len(p.Follows) == 8 {
			full++
		}
	}
	assert.Greater(t, full, 50)
	assert.Empty(t, a.people.Public(0, nil, 8, nil).Follows, "nobody to follow")
}
