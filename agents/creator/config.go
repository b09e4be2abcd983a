package creator

import (
	"feedloop/sim"
	"feedloop/sim/rng"
)

// Config describes the creators of a world.
type Config struct {
	// Count is the number of creators. Default 300, range 0 to 10,000,000.
	Count int `yaml:"count"`
	// PostsPerDay is the mean number of uploads a creator makes in a day.
	// Default 2.5, range 0 to 1000.
	PostsPerDay float64 `yaml:"posts_per_day"`
	// Uploads is how they come: poisson, or even, the same number every day, the
	// first at midnight. Default poisson.
	Uploads rng.Arrivals `yaml:"uploads"`
	// Shelf is what the first visitor finds. Default full.
	Shelf Shelf `yaml:"shelf"`
	// Focus is the share of uploads on the creator's main topic; the others are
	// on any topic. Default 80%.
	Focus sim.Share `yaml:"focus"`
	// Quality is the mean of creators' quality. Default 0.5, range 0 to 1.
	Quality float64 `yaml:"quality"`
	// QualitySpread is its standard deviation; draws are kept within 0 and 1.
	// Default 0.2, range 0 to 1.
	QualitySpread float64 `yaml:"quality_spread"`
	// Clickbait is the mean of creators' clickbait. Default 0.25, range 0 to 1.
	Clickbait float64 `yaml:"clickbait"`
	// ClickbaitSpread is its standard deviation; draws are kept within 0 and 1.
	// Default 0.2, range 0 to 1.
	ClickbaitSpread float64 `yaml:"clickbait_spread"`
	// Learning is how far a creator's direction and clickbait move towards those
	// of a post of theirs each time somebody stays to watch it. Default 0 (off);
	// T-RECS takes 0.0005. Range 0 to 0.1.
	Learning float64 `yaml:"learning"`
	// Viability is the reach that creators need to go on.
	Viability Viability `yaml:"viability"`
	// Newcomers is the mean number of creators who join in a day. Default 0,
	// range 0 to 100,000.
	Newcomers float64 `yaml:"newcomers"`
}

// Shelf is what there is when the world opens.
type Shelf string

// The shelves.
const (
	Full  Shelf = "full"  // the uploads of a post's whole life before
	Empty Shelf = "empty" // nothing: the first posts come with the first day
)

// Values lists the shelves.
func (Shelf) Values() []string { return []string{string(Full), string(Empty)} }

// mostCreators is how many a world may begin with.
const mostCreators = 10_000_000

// DefaultConfig returns the creators of the reels surface.
func DefaultConfig() Config {
	return Config{
		Count: 300, PostsPerDay: 2.5, Uploads: rng.PoissonArrivals, Shelf: Full, Focus: 0.8,
		Quality: 0.5, QualitySpread: 0.2, Clickbait: 0.25, ClickbaitSpread: 0.2,
		Viability: Viability{Period: 7 * sim.Day},
	}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.That(c.Count >= 0 && c.Count <= mostCreators, "count", c.Count, "0 to 10,000,000")
	v.That(c.PostsPerDay >= 0 && c.PostsPerDay <= 1000, "posts_per_day", c.PostsPerDay, "0 to 1000")
	v.That(c.Focus >= 0 && c.Focus <= 1, "focus", c.Focus, "a share from 0 to 100%")
	v.That(c.Quality >= 0 && c.Quality <= 1, "quality", c.Quality, "0 to 1")
	v.That(c.QualitySpread >= 0 && c.QualitySpread <= 1, "quality_spread", c.QualitySpread, "0 to 1")
	v.That(c.Clickbait >= 0 && c.Clickbait <= 1, "clickbait", c.Clickbait, "0 to 1")
	v.That(c.ClickbaitSpread >= 0 && c.ClickbaitSpread <= 1, "clickbait_spread", c.ClickbaitSpread, "0 to 1")
	v.That(c.Learning >= 0 && c.Learning <= 0.1, "learning", c.Learning, "0 to 0.1")
	v.That(c.Viability.Reach >= 0, "viability.reach", c.Viability.Reach, "0 or more")
	v.That(c.Viability.Period >= sim.Day, "viability.period", c.Viability.Period, "at least 1d")
	v.That(c.Newcomers >= 0 && c.Newcomers <= 100_000, "newcomers", c.Newcomers, "0 to 100,000")
	return v.Err()
}
