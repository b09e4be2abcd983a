package audit

import (
	"time"

	"feedloop/sim"
)

// Config describes the audit.
type Config struct {
	// Share of the members of every entity that is audited, chosen by a hash. Each
	// costs the memory of its events. Default 0%: no audit.
	Share sim.Share `yaml:"share"`
	// Settle is how long after a value was served it is judged: events that come
	// later still are taken for lost. Default 1h, range 1m to 7d.
	Settle time.Duration `yaml:"settle"`
	// Tolerance is by how much values may differ, beside 1 or relative to the
	// value, if that is more. Counts decay in steps of .07 %, which in log-odds is
	// up to .002. Default 0.004, more than 0.
	Tolerance float64 `yaml:"tolerance"`
}

// DefaultConfig returns no audit.
func DefaultConfig() Config { return Config{Settle: time.Hour, Tolerance: 0.004} }

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.That(c.Share >= 0 && c.Share <= 1, "share", c.Share, "0% to 100%")
	v.That(c.Settle >= time.Minute && c.Settle <= 7*sim.Day, "settle", c.Settle, "1m to 7d")
	v.That(c.Tolerance > 0 && c.Tolerance <= 1, "tolerance", c.Tolerance, "more than 0, at most 1")
	return v.Err()
}
