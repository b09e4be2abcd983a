package population

import (
	"slices"

	"feedloop/agents/content"
	"feedloop/agents/creator"
	"feedloop/agents/user"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Population is everybody in a world.
type Population struct {
	Posts    *content.Posts
	Creators *creator.Creators
	People   *user.People
	graph    Graph
	src      rng.Source
}

// New builds the population. Posts go to the publisher, beginning at once with
// those that are already live when the world opens. The people's Pager and
// Reporter are still to be set.
func New(k *sim.Kernel, c Config, src rng.Source, rec *record.Recorder, to content.Publisher) *Population {
	posts := content.New(c.Posts, src, to)
	p := &Population{
		Posts:    posts,
		Creators: creator.New(k, c.Creators, src, posts),
		People:   user.New(k, c.Users, src, posts, rec),
		graph:    c.Graph,
		src:      src,
	}
	p.Creators.Observe(rec)
	if c.Creators.Adapts() {
		p.People.Watched = p.Creators.Watched
	}
	return p
}

// SignUp lets everybody follow a first few creators, and each other, and returns
// what the platform learns of them.
func (p *Population) SignUp(follows int) []system.Person {
	accounts := make([]user.Account, len(p.Creators.All))
	for i, c := range p.Creators.All {
		accounts[i] = user.Account{Topic: c.Topic, Language: c.Language}
	}
	c := newCircles(p.graph, p.src, p.People, accounts)
	if c.friends != nil || p.graph.Rewiring > 0 {
		p.People.Graph = c
	}
	public := make([]system.Person, len(p.People.All))
	for i := range public {
		public[i] = p.People.Public(system.PersonID(i), accounts, follows, c.creator)
		if c.friends != nil {
			public[i].Friends = slices.Clone(c.friends[i])
		}
	}
	return public
}
