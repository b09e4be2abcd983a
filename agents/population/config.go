package population

import (
	"fmt"

	"feedloop/agents/content"
	"feedloop/agents/creator"
	"feedloop/agents/user"
	"feedloop/sim"
)

// Config describes everybody who lives in a world.
type Config struct {
	// Users are the people who watch.
	Users user.Config `yaml:"users"`
	// Creators are those who upload.
	Creators creator.Config `yaml:"creators"`
	// Posts are what they upload.
	Posts content.Config `yaml:"posts"`
	// Follows is how many creators a person follows when the world begins, of
	// topics they like. Default 8, range 0 to 1000.
	Follows int `yaml:"follows"`
	// Graph is who hears of whom, and follows them.
	Graph Graph `yaml:"graph"`
}

// DefaultConfig returns the reels surface.
func DefaultConfig() Config {
	return Config{
		Users: user.DefaultConfig(), Creators: creator.DefaultConfig(),
		Posts: content.DefaultConfig(), Follows: 8, Graph: Graph{Ties: Drawn, Homophily: 3},
	}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.In("users", c.Users.Validate())
	v.In("creators", c.Creators.Validate())
	v.In("posts", c.Posts.Validate())
	if c.Posts.Law == content.Simplex { // moves of the other law leave the simplex
		t := c.Users.Taste
		v.That(t.Drift == 0, "users.taste.drift", t.Drift, "0 where posts.law is simplex")
		v.That(t.Pull == 0, "users.taste.pull", t.Pull, "0 where posts.law is simplex")
		v.That(t.Influence == 0, "users.taste.influence", t.Influence, "0 where posts.law is simplex")
		v.That(c.Creators.Learning == 0, "creators.learning", c.Creators.Learning, "0 where posts.law is simplex")
	}
	v.That(c.Users.Choice.Rule != user.Best || c.Posts.Law == content.Simplex, "users.choice.rule", c.Users.Choice.Rule,
		"each where posts.law is sphere: utility times attention is an order only where no utility is negative")
	for i, h := range c.Users.Cohorts {
		for j, topic := range h.Topics {
			v.That(topic >= 0 && topic < c.Posts.Topics, fmt.Sprintf("users.cohorts[%d].topics[%d]", i, j), topic, "a topic, 0 to posts.topics - 1")
		}
	}
	c.Graph.validate(&v)
	v.That(c.Follows >= 0 && c.Follows <= 1000, "follows", c.Follows, "0 to 1000")
	return v.Err()
}
