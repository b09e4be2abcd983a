package recommender

import (
	"slices"
	"time"

	"feedloop/sim"
)

// Family is a way to recommend.
type Family string

// The families; see the package.
const (
	Popularity Family = "popularity"
	Content    Family = "content" // needs posts with attributes
	Social     Family = "social"
	Random     Family = "random"
	Ideal      Family = "ideal" // knows the truth: a yardstick
)

// Values lists the families.
func (Family) Values() []string {
	return []string{string(Popularity), string(Content), string(Social), string(Random), string(Ideal)}
}

// Config describes a recommender that answers where system.feed is recommender.
type Config struct {
	// Family is how it recommends. Default popularity.
	Family Family `yaml:"family"`
	// Start is when it is trained for the first time; until then it shows the
	// newest posts alone. Default 1d, 0s or more.
	Start time.Duration `yaml:"start"`
	// Every is the period of training from then on; 0s trains once. Default 1d, 0s
	// or at least 1m.
	Every time.Duration `yaml:"every"`
	// Newest is how many posts, the newest, stand at random places of every list.
	// Default 10, range 0 to 1000.
	Newest int `yaml:"newest"`
}

// DefaultConfig returns a popularity recommender, trained every day.
func DefaultConfig() Config {
	return Config{Family: Popularity, Start: sim.Day, Every: sim.Day, Newest: 10}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.That(slices.Contains(c.Family.Values(), string(c.Family)), "family", c.Family, "popularity, content, social, random or ideal")
	v.That(c.Start >= 0, "start", c.Start, "0s or more")
	v.That(c.Every == 0 || c.Every >= time.Minute, "every", c.Every, "0s, or at least 1m")
	v.That(c.Newest >= 0 && c.Newest <= 1000, "newest", c.Newest, "0 to 1000")
	return v.Err()
}
