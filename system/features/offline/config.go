package offline

import (
	"time"

	"feedloop/sim"
)

// Stamp says which moment a batch job's rows carry as their event time.
type Stamp string

// The stamps.
const (
	End   Stamp = "end"   // of the data that the rows were made from
	Start Stamp = "start" // of the period that the job adds, as partitions by date are named
)

// Values lists the stamps.
func (Stamp) Values() []string { return []string{string(End), string(Start)} }

// Config describes the offline store and the join that reads it.
type Config struct {
	// AsOf says which versions an impression may be joined with: those that were
	// available at its time, or by event_time all that speak of an earlier moment,
	// whenever they were written. Default available.
	AsOf AsOf `yaml:"as_of"`
	// Stamp is the event time of a batch job's rows: the end of their data, or the
	// start of the period that the job adds. With as_of event_time a row stamped at
	// the start tells an impression its own outcome. Default end.
	Stamp Stamp `yaml:"stamp"`
	// Retention is how long versions are kept for joins. Default 5d, at least as
	// long as training looks back.
	Retention time.Duration `yaml:"retention"`
}

// DefaultConfig returns a store that keeps what trainings look back at, and
// joins what was available.
func DefaultConfig() Config { return Config{AsOf: Available, Stamp: End, Retention: 5 * sim.Day} }

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.That(c.AsOf == Available || c.AsOf == EventTime, "as_of", c.AsOf, "available or event_time")
	v.That(c.Stamp == End || c.Stamp == Start, "stamp", c.Stamp, "end or start")
	v.That(c.Retention > 0 && c.Retention <= 1000*sim.Day, "retention", c.Retention, "more than 0s, at most 1000d")
	return v.Err()
}
