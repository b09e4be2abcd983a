package user

import (
	"math"
	"slices"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Rule is how people take up a page.
type Rule string

// The rules.
const (
	Each Rule = "each" // every post that they look at, for itself
	Best Rule = "best" // one post of a list, the best for its place, and never the same twice
)

// Values lists the rules.
func (Rule) Values() []string { return []string{string(Each), string(Best)} }

func (c Config) validateRule(v *sim.Check) {
	x := c.Choice
	v.That(x.Rule != Best || c.Attention.Surface == List, "choice.rule", x.Rule, "each where attention.surface is full_screen")
	v.That(x.Known >= 0 && x.Known <= 1, "choice.known", x.Known, "a share from 0 to 100%")
	v.That(x.KnownSpread >= 0 && x.KnownSpread <= 1, "choice.known_spread", x.KnownSpread, "0 to 1")
}

var knownPurpose = rng.NewPurpose("user.known_share")

// take returns the place of the post that the person takes, whatever lies
// elsewhere on the page: of those that they have not taken before, the one with the
// greatest
//
//	known share x utility x attention at its place
//
// as in Chaney, Stewart and Engelhardt 2018; -1 if there is none that has any. Of
// equals the upper is taken.
func (p *People) take(who *Person, page *system.Page) int {
	top, best, most := -1, 0.0, p.most(page.Person)
	for i := range page.Items {
		if most*p.weight(i) <= best {
			break // attention falls, and nothing further down is worth more than that
		}
		post := page.Items[i].Post
		if p.taken.Has(page.Person, post) {
			continue
		}
		truth := &p.posts.Truths[post]
		pull := float64(p.Utility(page.Person, truth)) * p.weight(i)
		if pull <= best {
			continue // though all of it were known
		}
		if pull *= p.known(who, truth.Key); pull > best {
			top, best = i, pull
		}
	}
	if top >= 0 {
		p.taken.Add(page.Person, page.Items[top].Post)
		if p.Took != nil {
			p.Took(page.Person, page.Items[top].Post)
		}
	}
	return top
}

// most is more than any post is worth to a person. Where posts are made of attributes
// that add up to one, none is worth more than all of the attribute liked best.
func (p *People) most(id system.PersonID) float64 {
	if p.tastes == nil || p.pull != nil || p.Config.Taste.Attachment > 0 {
		return math.Inf(1)
	}
	return 1.001 * float64(slices.Max(p.attributes(id))) // sums are rounded
}

// known is which share of a post's utility the person knows: a normal variate,
// kept within 0 and 1.
//
// Simplification: the paper's is a beta variate. At its spread of 0.00001 the two
// cannot be told apart.
func (p *People) known(who *Person, post uint64) float64 {
	c := &p.Config.Choice
	if c.KnownSpread == 0 {
		return float64(c.Known)
	}
	u := p.src.Uniform(knownPurpose, who.Key, post)
	return min(max(rng.Normal(u, float64(c.Known), c.KnownSpread), 0), 1)
}

// weight is the attention at a place of a list, however long.
func (p *People) weight(i int) float64 {
	for len(p.weights) <= i {
		p.weights = append(p.weights, p.Config.Attention.Curve.At(len(p.weights)))
	}
	return p.weights[i]
}
