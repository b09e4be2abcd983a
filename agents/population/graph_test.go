package population_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/content"
	"feedloop/agents/oracle"
	"feedloop/agents/population"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// signedUp returns a world whose people have signed up, and what is public of
// them.
func signedUp(t *testing.T, c population.Config) (*population.Population, []system.Person) {
	t.Helper()
	require.NoError(t, c.Validate())
	w := &alone{kernel: sim.New(sim.Options{}), catalogue: system.NewCatalogue(c.Posts.Life)}
	p := population.New(w.kernel, c, rng.New(1, 0), record.NewRecorder(sim.Day, 0), w)
	return p, p.SignUp(c.Follows)
}

// tail is Hill's estimate of the exponent of a power law from its n largest.
func tail(followers []float64, n int) float64 {
	slices.Sort(followers)
	largest, sum := followers[len(followers)-n:], 0.0
	for _, k := range largest {
		sum += math.Log(k / largest[0])
	}
	return 1 + float64(n-1)/sum
}

// A few creators, and a few people, are followed by very many.
func TestFollowersFollowAPowerLaw(t *testing.T) {
	c := population.DefaultConfig()
	c.Users.Count, c.Creators.Count, c.Creators.PostsPerDay = 6000, 3000, 0
	c.Follows, c.Graph.Friends, c.Graph.Homophily, c.Graph.Exponent = 20, 20, 1, 2.5
	_, public := signedUp(t, c)
	creators, people := make([]float64, c.Creators.Count), make([]float64, c.Users.Count)
	friends := make([]float64, 0, len(public))
	for _, p := range public {
		for _, creator := range p.Follows {
			creators[creator]++
		}
		for _, other := range p.Friends {
			people[other]++
			require.NotEqual(t, p.ID, other)
		}
		require.Len(t, slices.Compact(slices.Sorted(slices.Values(p.Friends))), len(p.Friends), "nobody twice")
		friends = append(friends, float64(len(p.Friends)))
	}
	// Hill's estimate has a standard error of (exponent-1)/sqrt(n), here .15 and .11.
	assert.InDelta(t, 2.5, tail(creators, 100), 0.5)
	assert.InDelta(t, 2.5, tail(people, 200), 0.4)
	simtest.Agrees(t, friends, 20, "friends")

	c.Graph.Exponent = 0
	_, public = signedUp(t, c)
	clear(people)
	for _, p := range public {
		for _, other := range p.Friends {
			people[other]++
		}
	}
	assert.Less(t, slices.Max(people), 20+6*math.Sqrt(20), "all alike: nobody beyond the luck of a Poisson draw")
}

// People follow their like, as much as homophily says: without it, anybody.
func TestHomophily(t *testing.T) {
	alike := func(homophily float64) (friends, anybody []float64) {
		c := population.DefaultConfig()
		c.Users.Count, c.Graph.Friends, c.Graph.Homophily = 1500, 6, homophily
		w, public := signedUp(t, c)
		affinity := func(a, b system.PersonID) float64 {
			return float64(content.Affinity(&w.People.All[a].Taste, &w.People.All[b].Taste))
		}
		for _, p := range public {
			for _, other := range p.Friends {
				friends = append(friends, affinity(p.ID, other))
			}
			anybody = append(anybody, affinity(p.ID, (p.ID*7+13)%1500))
		}
		return friends, anybody
	}
	mean := func(xs []float64) (sum float64) {
		for _, x := range xs {
			sum += x / float64(len(xs))
		}
		return sum
	}
	friends, anybody := alike(0)
	assert.InDelta(t, mean(anybody), mean(friends), 0.04, "four and a half standard errors of 1,500 pairs")
	friends, anybody = alike(4)
	assert.Greater(t, mean(friends), mean(anybody)+0.2)
}

// A person follows each other with a chance that grows as exp(homophily x
// affinity), so that the mean affinity of their friends is that of everybody,
// weighted by it. The sample would not agree with a homophily five per cent off.
func TestFriendsShowHomophily(t *testing.T) {
	const people = 3000
	c := population.DefaultConfig()
	c.Users.Count, c.Graph.Friends, c.Graph.Homophily = people, 8, 4
	w, public := signedUp(t, c)
	affinity := func(a, b int) float64 {
		return float64(content.Affinity(&w.People.All[a].Taste, &w.People.All[b].Taste))
	}
	var friends []float64
	for i, p := range public {
		for _, other := range p.Friends {
			friends = append(friends, affinity(i, int(other)))
		}
	}
	simtest.Identifies(t, friends, 4, func(homophily float64) (mean float64) {
		for i, p := range public {
			sum, weights := 0.0, 0.0
			for other := range people {
				if a := affinity(i, other); other != i {
					sum += a * math.Exp(homophily*a)
					weights += math.Exp(homophily * a)
				}
			}
			mean += sum / weights * float64(len(p.Friends)) / float64(len(friends))
		}
		return mean
	}, "homophily")
}

// At the end of so many visits somebody reconsiders, and nearly always finds
// another creator.
func TestVisitsShowRewiring(t *testing.T) {
	c := population.DefaultConfig()
	c.Users.Count, c.Users.SessionsPerDay, c.Users.Return.Churn, c.Users.Attention.Patience = 300, 5, -30, 8760*time.Hour
	c.Users.Attention.Leave, c.Users.Choice.Follow.Base = -1, -40
	c.Graph.Rewiring = 0.5
	w := settled(c, oracle.Random)
	type visit struct {
		person system.PersonID
		number uint32
	}
	rewired := map[visit]float64{}
	w.people.People.Reporter = reporter(func(e *system.Event) {
		v := visit{e.Person, e.Visit}
		rewired[v] += 0
		if e.Kind == system.Unfollowed {
			rewired[v]++
		}
	})
	w.kernel.Run(sim.Time(10 * sim.Day))
	var sample []float64
	for _, n := range rewired { // ordered: a mean does not depend on the order
		sample = append(sample, n)
	}
	simtest.Identifies(t, sample, 0.5, func(x float64) float64 { return x }, "rewiring")
}

// When tastes wander, those who reconsider whom they follow stay among their
// like; the number of follows does not change, and the platform hears of it all.
func TestTheGraphFollowsChange(t *testing.T) {
	const people = 150
	wandering := func(rewiring sim.Share) (liking, alike float64) {
		c := population.DefaultConfig()
		c.Users.Count, c.Users.SessionsPerDay, c.Users.Return.Churn, c.Users.Choice.Follow.Base = people, 5, -30, -40
		c.Users.Taste.Drift, c.Users.Taste.Pull, c.Users.Taste.Influence = 0.12, 0, 0
		c.Graph.Exponent, c.Graph.Friends, c.Graph.Rewiring = 2.5, 6, rewiring
		w := settled(c, oracle.Random)
		heard := map[system.PersonID]map[system.CreatorID]bool{}
		friends := map[system.PersonID]map[system.PersonID]bool{}
		for _, p := range w.public {
			heard[p.ID], friends[p.ID] = map[system.CreatorID]bool{}, map[system.PersonID]bool{}
			for _, creator := range p.Follows {
				heard[p.ID][creator] = true
			}
			for _, other := range p.Friends {
				friends[p.ID][other] = true
			}
		}
		w.people.People.Reporter = reporter(func(e *system.Event) {
			switch e.Kind {
			case system.Subscribed:
				heard[e.Person][e.Creator] = true
			case system.Unfollowed:
				delete(heard[e.Person], e.Creator)
			case system.Befriended:
				friends[e.Person][e.Other] = true
			case system.Unfriended:
				delete(friends[e.Person], e.Other)
			}
		})
		w.kernel.Run(sim.Time(12 * sim.Day))
		follows, pairs := 0.0, 0.0
		for _, p := range w.public {
			who := &w.people.People.All[p.ID]
			require.Len(t, heard[p.ID], len(p.Follows))
			require.Len(t, friends[p.ID], len(p.Friends))
			for _, creator := range w.people.People.FollowedBy(p.ID) {
				require.True(t, heard[p.ID][creator], "what the platform has heard is so")
				liking += w.people.People.Liking(who, w.people.Creators.All[creator].Topic)
				follows++
			}
			for id := range w.people.People.All {
				if friends[p.ID][system.PersonID(id)] {
					alike += float64(content.Affinity(&who.Taste, &w.people.People.All[id].Taste))
					pairs++
				}
			}
		}
		return liking / follows, alike / pairs
	}
	stillLiking, stillAlike := wandering(0)
	liking, alike := wandering(0.5)
	assert.Greater(t, liking, stillLiking+0.1)
	assert.Greater(t, alike, stillAlike+0.1)
}

func TestGraphRefusesWhatCannotBe(t *testing.T) {
	c := population.DefaultConfig()
	c.Graph = population.Graph{Exponent: 1, Friends: -1, Homophily: 21, Rewiring: 2}
	var fields []string
	for _, p := range sim.Problems(c.Validate()) {
		fields = append(fields, p.Field)
	}
	assert.Equal(t, []string{"graph.exponent", "graph.friends", "graph.homophily", "graph.rewiring"}, fields)
}

// Friends are all whose tastes are nearer than the nearest that the loneliest has
// come to anybody, themselves among them: written out over covariances, as Chaney,
// Stewart and Engelhardt define it, of tastes drawn again from their addresses.
func TestFlocksAreByCovariance(t *testing.T) {
	c := population.DefaultConfig()
	c.Users.Count, c.Creators.Count, c.Posts.Law, c.Posts.Topics, c.Posts.Attributes = 60, 1, content.Simplex, 20, 20
	c.Users.Taste.Drift, c.Users.Taste.Pull, c.Users.Taste.Influence = 0, 0, 0
	c.Graph.Ties = population.Alike
	p, public := signedUp(t, c)
	n := len(public)
	covariance := make([][]float64, n)
	var all []float64
	loneliest := math.Inf(1)
	for a := range n {
		covariance[a] = make([]float64, n)
		for b := range n {
			x, y := p.Posts.Taste(public[a].Key), p.Posts.Taste(public[b].Key)
			for k := range x {
				covariance[a][b] += (float64(x[k]) - 0.05) * (float64(y[k]) - 0.05) / 19
			}
		}
		all = append(all, covariance[a]...)
		loneliest = min(loneliest, slices.Max(covariance[a]))
	}
	slices.Sort(all)
	threshold := min(loneliest, all[n*n-1-n])
	ties := 0
	for a := range n {
		for b := range n {
			if math.Abs(covariance[a][b]-threshold) > 1e-8 { // but for rounding
				require.Equal(t, a != b && covariance[a][b] > threshold, slices.Contains(public[a].Friends, system.PersonID(b)))
			}
		}
		ties += len(public[a].Friends)
	}
	assert.Greater(t, ties, 2*n)
	assert.Less(t, ties, n*(n-1)*4/5)
}
