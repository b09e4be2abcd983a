package population

import "feedloop/sim"

// Graph is who follows whom: a few are followed by very many, people follow
// those of their taste, and follows change as tastes do.
type Graph struct {
	// Exponent of the power law of followers, of creators and of people: how many
	// have more than k falls as k^(1-exponent). Default 0: all are equally likely
	// to be followed. Published: 2 to 3. Range 0, or above 1 to 10.
	Exponent float64 `yaml:"exponent"`
	// Ties is how people come to follow each other: drawn one by one, or alike, as in
	// Chaney et al. 2018: everybody whose taste is nearer to theirs than a threshold,
	// set so high as it can be without leaving anybody below it with all tastes, their
	// own among them. Default drawn.
	Ties Ties `yaml:"ties"`
	// Friends is the mean number of people whom a person follows: what these share
	// comes to the person. Default 0, range 0 to 1000.
	Friends float64 `yaml:"friends"`
	// Homophily is how much likelier people follow their like, in log-odds by unit
	// of the affinity of two tastes. Default 3, range 0 to 20.
	Homophily float64 `yaml:"homophily"`
	// Rewiring is the share of visits at whose end a person gives up the creator
	// and the friend who suit them least by now, and follows others. Default 0%.
	Rewiring sim.Share `yaml:"rewiring"`
}

// Ties is how people come to follow each other.
type Ties string

// The ways.
const (
	Drawn Ties = "drawn" // by fame and likeness, with luck: see friends, exponent and homophily
	Alike Ties = "alike" // all whose tastes are near enough
)

// Values lists the ways.
func (Ties) Values() []string { return []string{string(Drawn), string(Alike)} }

func (g Graph) validate(v *sim.Check) {
	v.That(g.Exponent == 0 || g.Exponent > 1 && g.Exponent <= 10, "graph.exponent", g.Exponent, "0, or above 1 to 10")
	v.That(g.Friends >= 0 && g.Friends <= 1000, "graph.friends", g.Friends, "0 to 1000")
	v.That(g.Homophily >= 0 && g.Homophily <= 20, "graph.homophily", g.Homophily, "0 to 20")
	v.That(g.Rewiring >= 0 && g.Rewiring <= 1, "graph.rewiring", g.Rewiring, "a share from 0 to 100%")
}
