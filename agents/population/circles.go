package population

import (
	"math"
	"slices"

	"feedloop/agents/user"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

var (
	famePurpose   = rng.NewPurpose("population.fame")
	friendPurpose = rng.NewPurpose("population.friends")
)

// circles is the graph of a world as it is now. It implements [user.Graph].
type circles struct {
	Graph
	src      rng.Source
	people   *user.People
	accounts []user.Account // of the creators who were there when people signed up

	creators, persons  []float64           // fame, cumulative, ending at 1; nil: all alike
	friends, followers [][]system.PersonID // by person; nil where people follow only creators
}

// newCircles returns people who know of the creators, and have made friends.
func newCircles(g Graph, src rng.Source, people *user.People, accounts []user.Account) *circles {
	n := len(people.All)
	c := &circles{Graph: g, src: src, people: people, accounts: accounts}
	c.creators = c.fame(len(accounts), func(i int) float64 { return src.Uniform(famePurpose, uint64(i), 1) })
	c.persons = c.fame(n, func(i int) float64 { return src.Uniform(famePurpose, people.All[i].Key, 0) })
	if g.Friends == 0 && g.Ties != Alike {
		return c
	}
	c.friends, c.followers = make([][]system.PersonID, n), make([][]system.PersonID, n)
	if g.Ties == Alike {
		c.flock()
		return c
	}
	for i := range people.All {
		c.meet(system.PersonID(i))
	}
	return c
}

// fame adds up how famous each of many is: Pareto variates of some uniforms.
func (c *circles) fame(n int, uniform func(i int) float64) []float64 {
	if c.Exponent == 0 || n == 0 {
		return nil
	}
	all, sum := make([]float64, n), 0.0
	for i := range all {
		sum += rng.Pareto(uniform(i), 1, c.Exponent-1)
		all[i] = sum
	}
	for i := range all {
		all[i] /= sum
	}
	all[n-1] = 1
	return all
}

// pick turns a uniform into one of n, by fame.
func pick(u float64, fame []float64, n int) int {
	if fame == nil {
		return rng.Index(u, n)
	}
	return rng.Categorical(u, fame)
}

// creator turns a uniform into a creator of whom somebody hears.
func (c *circles) creator(u float64) int { return pick(u, c.creators, len(c.accounts)) }

// tries is how many people, or creators, somebody hears of for each whom they
// follow, at most.
const tries = 32

// meet lets a person find their first friends.
func (c *circles) meet(id system.PersonID) {
	want := rng.Poisson(c.src.Uniform(friendPurpose, c.people.All[id].Key, 0), c.Friends)
	for try := 1; try <= tries*want && len(c.friends[id]) < want; try++ {
		c.befriend(id, uint64(try)<<1)
	}
}

// flock lets everybody follow all whose tastes are near enough. The threshold is
// the highest likeness which everybody reaches with somebody, be it themselves, and
// not among the n highest of the n x n.
//
// Scalar products and covariances of tastes that add up to one are in the same
// order.
func (c *circles) flock() {
	n := len(c.people.All)
	if n == 0 {
		return
	}
	all, low := make([]float64, 0, n*n), math.Inf(1)
	for a := range system.PersonID(n) {
		for b := range system.PersonID(n) {
			all = append(all, c.people.Alike(a, b))
		}
		low = min(low, slices.Max(all[len(all)-n:]))
	}
	sorted := slices.Sorted(slices.Values(all))
	low = min(low, sorted[max(len(sorted)-1-n, 0)])
	for a := range n {
		for b := range n {
			if a != b && all[a*n+b] >= low {
				c.friends[a] = append(c.friends[a], system.PersonID(b))
				c.followers[b] = append(c.followers[b], system.PersonID(a))
			}
		}
	}
}

// befriend lets a person follow somebody they hear of, if they are alike; the
// address is even.
func (c *circles) befriend(id system.PersonID, address uint64) (other system.PersonID, ok bool) {
	who := &c.people.All[id]
	u, v := c.src.Uniforms(friendPurpose, who.Key, address)
	other = system.PersonID(pick(u, c.persons, len(c.people.All)))
	if other == id || v >= c.suit(id, other) || slices.Contains(c.friends[id], other) {
		return 0, false
	}
	c.friends[id] = append(c.friends[id], other)
	c.followers[other] = append(c.followers[other], id)
	return other, true
}

// suit is the chance that a person follows another of whom they have heard.
func (c *circles) suit(a, b system.PersonID) float64 {
	return num.Exp(c.Homophily * (c.people.Alike(a, b) - 1))
}

// part lets a person follow another no longer.
func (c *circles) part(id, other system.PersonID) {
	remove(&c.friends[id], other)
	remove(&c.followers[other], id)
}

func remove(list *[]system.PersonID, x system.PersonID) {
	if i := slices.Index(*list, x); i >= 0 {
		*list = slices.Delete(*list, i, i+1)
	}
}

// Shared implements [user.Graph]: what somebody shares comes to their followers.
func (c *circles) Shared(from system.PersonID, post system.PostID) {
	if c.followers == nil {
		return
	}
	for _, to := range c.followers[from] {
		c.people.Pass(to, post)
	}
}
