package retraining

import (
	"time"

	"feedloop/sim"
)

// Impressions says which of the posts that were served make examples.
type Impressions string

// The ways.
const (
	ViewedOnly Impressions = "viewed" // the app tells what was on the screen: what was not is no example
	AllServed  Impressions = "served" // it tells only what was done: all of a page that was met are examples
)

// Values lists the ways.
func (Impressions) Values() []string { return []string{string(ViewedOnly), string(AllServed)} }

// Config describes labels, data and schedule.
type Config struct {
	// Impressions says what becomes an example. With served, a post that nobody
	// looked at is a negative like one that nobody wanted, and where a post lay on
	// the page gets into what is learned of it (see ranking.position). A page of
	// which nothing was viewed is left out in both. Default viewed.
	Impressions Impressions `yaml:"impressions"`
	// LabelWindow is how long an impression waits for its labels. Default 1h.
	LabelWindow time.Duration `yaml:"label_window"`
	// Every is the period of training. Default 6h.
	Every time.Duration `yaml:"every"`
	// Window is how long examples are kept for training. Default 4d.
	Window time.Duration `yaml:"window"`
	// Startup is what a training takes before its first example. Default 5m.
	Startup time.Duration `yaml:"startup"`
	// PerGFlop is what 10^9 multiply-adds of training take. Default 1m.
	PerGFlop time.Duration `yaml:"per_gflop"`
}

// DefaultConfig returns four trainings a day.
func DefaultConfig() Config {
	return Config{
		Impressions: ViewedOnly, LabelWindow: time.Hour, Every: 6 * time.Hour, Window: 4 * sim.Day,
		Startup: 5 * time.Minute, PerGFlop: time.Minute,
	}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.That(c.Impressions == ViewedOnly || c.Impressions == AllServed, "impressions", c.Impressions, "viewed or served")
	v.That(c.LabelWindow > 0, "label_window", c.LabelWindow, "a positive duration")
	v.That(c.Every >= time.Minute, "every", c.Every, "at least 1m")
	v.That(c.Window >= c.Every, "window", c.Window, "at least as long as retraining.every")
	v.That(c.Startup > 0 && c.Startup <= 30*sim.Day, "startup", c.Startup, "more than 0s, at most 30d")
	v.That(c.PerGFlop >= 0 && c.PerGFlop <= 30*sim.Day, "per_gflop", c.PerGFlop, "0s to 30d")
	return v.Err()
}
