package reranking

import (
	"time"

	"feedloop/sim"
)

// Diversity is a way to keep a page from repeating itself.
type Diversity string

// The ways.
const (
	None Diversity = "none" // by score alone
	MMR  Diversity = "mmr"  // maximal marginal relevance
	DPP  Diversity = "dpp"  // determinantal point process, greedy
)

// Values lists the ways.
func (Diversity) Values() []string { return []string{string(None), string(MMR), string(DPP)} }

// Explorer is how an explored slot is filled.
type Explorer string

// The ways to explore.
const (
	Uniform  Explorer = "uniform"  // any candidate, all alike
	Thompson Explorer = "thompson" // the better it may be, the likelier
)

// Values lists the ways to explore.
func (Explorer) Values() []string { return []string{string(Uniform), string(Thompson)} }

// Config describes what may be on a page, and how it is arranged.
type Config struct {
	// MaxAge leaves out posts that are older; 0 leaves it to their life. Default
	// 0s, range 0 to 365d.
	MaxAge time.Duration `yaml:"max_age"`
	// MuteAfter is how many posts of a creator a person hides before no other is
	// shown to them; 0 mutes nobody. Default 0, range 0 to 1000.
	MuteAfter int `yaml:"mute_after"`
	// ReportLimit is how many reports withhold a post from everybody; 0 withholds
	// none. Default 0, range 0 to 10,000.
	ReportLimit int `yaml:"report_limit"`
	// MaxRisk is the most risk, by the safety model, that may be shown, 0 to 1.
	// Below 1 every post is looked at, and what could not be looked at is not
	// shown. Default 1.
	MaxRisk float64 `yaml:"max_risk"`
	// Selected is how many of the best by score go on to the page, of those that no
	// filter drops; the slot of new posts and exploration choose among them, too,
	// but the randomised phase among all. Relevance, on which decays work, stays on
	// the scale of all candidates. X selects 50 for a page of 35. Default 0, which is all; range 0 to 10,000.
	Selected int `yaml:"selected"`
	// AuthorSpacing is how many slots lie at least between two posts of one
	// creator. Default 3, range 0 to 100.
	AuthorSpacing int `yaml:"author_spacing"`
	// Exploration is the probability that a slot explores. Default 2%.
	Exploration sim.Share `yaml:"exploration"`
	// Explorer is how an explored slot is filled: uniform or thompson. Default
	// uniform.
	Explorer Explorer `yaml:"explorer"`
	// Thompson is what is believed of a post's relevance, where the explorer is
	// thompson.
	Thompson Belief `yaml:"thompson"`
	// NewPost gives one slot of a page to a post that hardly anybody was shown.
	NewPost NewPost `yaml:"new_post"`
	// AuthorDecay is d: the k-th post of a creator on a page has its relevance
	// multiplied by (1-f) d^k + f, k from 0. X uses 0.5. Default 1, which is off;
	// range 0 to 1.
	AuthorDecay float64 `yaml:"author_decay"`
	// AuthorFloor is f, the least factor. Default 0.25, range 0 to 1.
	AuthorFloor float64 `yaml:"author_floor"`
	// OutOfNetwork multiplies the relevance of posts that the source in_network did
	// not find: posts by creators whom the person does not follow, and those of others
	// beyond its quota. X uses 0.75. Default 1, range 0 to 10.
	OutOfNetwork float64 `yaml:"out_of_network"`
	// Viability raises posts of creators whose audience is too small for them to go
	// on.
	Viability Viability `yaml:"viability"`
	// Diversity is how a page is kept from repeating itself: none, mmr or dpp,
	// by the similarity of content embeddings. Default none.
	Diversity Diversity `yaml:"diversity"`
	// Lambda is the weight of relevance against novelty in mmr. Default 0.7,
	// range 0 to 1.
	Lambda float64 `yaml:"lambda"`
	// Theta is how much relevance outweighs novelty in dpp: a row weighs
	// exp(theta x relevance). Default 3, range 0 to 20; with dpp, at most 40 by
	// out_of_network.
	Theta float64 `yaml:"theta"`
}

// Belief is how far a post's relevance, 0 to 1 within its query, may lie from
// where the scores put it.
type Belief struct {
	// Spread is its standard deviation before the post was shown to anybody.
	// Default 0.2, range 0.01 to 10.
	Spread float64 `yaml:"spread"`
	// Worth is how many showings halve the variance; after 15 times as many it
	// falls no more. Default 20, range 1 to 1,000,000.
	Worth int `yaml:"worth"`
}

// NewPost is the slot in which posts get their first showings.
type NewPost struct {
	// Slot is its place on the page, from 1; 0 is no such slot. Default 0, range
	// 0 to 60.
	Slot int `yaml:"slot"`
	// Exposures is on how many pages a post is new. Default 20, range 1 to
	// 1,000,000.
	Exposures int `yaml:"exposures"`
}

// thompson tells whether anybody races.
func (c Config) thompson() bool { return c.Explorer == Thompson && c.Exploration > 0 }

// DefaultConfig returns spaced authors and a little exploration.
func DefaultConfig() Config {
	return Config{
		MaxRisk: 1, AuthorSpacing: 3, Exploration: 0.02, Explorer: Uniform,
		Thompson: Belief{Spread: 0.2, Worth: 20}, NewPost: NewPost{Exposures: 20}, AuthorDecay: 1, AuthorFloor: 0.25, OutOfNetwork: 1,
		Viability: Viability{Period: 7 * sim.Day},
		Diversity: None, Lambda: 0.7, Theta: 3,
	}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.That(c.Selected >= 0 && c.Selected <= 10_000, "selected", c.Selected, "0 to 10,000")
	v.That(c.AuthorSpacing >= 0 && c.AuthorSpacing <= 100, "author_spacing", c.AuthorSpacing, "0 to 100")
	v.That(c.Exploration >= 0 && c.Exploration <= 1, "exploration", c.Exploration, "a share from 0 to 100%")
	v.That(c.MaxAge >= 0 && c.MaxAge <= 365*sim.Day, "max_age", c.MaxAge, "0s to 365d")
	v.That(c.MuteAfter >= 0 && c.MuteAfter <= 1000, "mute_after", c.MuteAfter, "0 to 1000")
	v.That(c.ReportLimit >= 0 && c.ReportLimit <= 10_000, "report_limit", c.ReportLimit, "0 to 10,000")
	v.That(c.Explorer == Uniform || c.Explorer == Thompson, "explorer", c.Explorer, "uniform or thompson")
	v.That(c.Thompson.Spread >= 0.01 && c.Thompson.Spread <= 10, "thompson.spread", c.Thompson.Spread, "0.01 to 10")
	v.That(c.Thompson.Worth >= 1 && c.Thompson.Worth <= 1_000_000, "thompson.worth", c.Thompson.Worth, "1 to 1,000,000")
	v.That(c.NewPost.Slot >= 0 && c.NewPost.Slot <= 60, "new_post.slot", c.NewPost.Slot, "0 to 60")
	v.That(c.NewPost.Exposures >= 1 && c.NewPost.Exposures <= 1_000_000, "new_post.exposures", c.NewPost.Exposures, "1 to 1,000,000")
	v.In("viability", c.Viability.check())
	within := func(x, high float64, field, want string) { v.That(x >= 0 && x <= high, field, x, want) }
	within(c.MaxRisk, 1, "max_risk", "0 to 1")
	within(c.AuthorDecay, 1, "author_decay", "0 to 1")
	within(c.AuthorFloor, 1, "author_floor", "0 to 1")
	within(c.OutOfNetwork, 10, "out_of_network", "0 to 10")
	within(c.Lambda, 1, "lambda", "0 to 1")
	within(c.Theta, 20, "theta", "0 to 20")
	v.That(c.Diversity != DPP || c.Theta*c.OutOfNetwork <= 40, "theta", c.Theta,
		"at most 40 by out_of_network, or what a row weighs is too large for a number")
	v.That(c.Diversity == None || c.Diversity == MMR || c.Diversity == DPP, "diversity", c.Diversity, "none, mmr or dpp")
	return v.Err()
}
