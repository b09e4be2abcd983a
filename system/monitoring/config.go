package monitoring

import (
	"time"

	"feedloop/sim"
	"feedloop/system/stream"
)

// Config describes what operators measure.
type Config struct {
	// Sample is the period at which gauges (lag, ages of batches, utilisation,
	// load) are read; a window shows their mean. Default 1m, at least 1s.
	Sample time.Duration `yaml:"sample"`
	// Windows of event time by which events are counted; what comes after its
	// window is closed counts as late. Default tumbling, 5m, no lateness.
	Windows stream.Windowing `yaml:"windows"`
}

// DefaultConfig returns ordinary dashboards.
func DefaultConfig() Config { return Config{Sample: time.Minute, Windows: stream.DefaultWindowing()} }

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.That(c.Sample >= time.Second, "sample", c.Sample, "at least 1s")
	v.In("windows", c.Windows.Validate())
	return v.Err()
}
