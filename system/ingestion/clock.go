package ingestion

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/rng"
)

// clocks says by how much the clock of each device is ahead of the right time.
type clocks struct {
	config Config
	src    rng.Source
	future *sim.Point
}

var (
	clockPurpose  = rng.NewPurpose("ingestion.clock")
	futurePurpose = rng.NewPurpose("ingestion.future_clock")
)

func newClocks(k *sim.Kernel, c Config, src rng.Source) clocks {
	return clocks{config: c, src: src, future: k.Point(FutureClock)}
}

// ahead is by how much a device's clock is ahead, negative behind. Which clocks
// are wrong, and how, is the device's luck for ever.
func (c *clocks) ahead(key uint64) time.Duration {
	ahead := time.Duration(0)
	if c.config.WrongClocks > 0 {
		if u, v := c.src.Uniforms(clockPurpose, key, 0); u < float64(c.config.WrongClocks) {
			ahead = seconds(rng.Normal(v, 0, c.config.ClockError.Seconds()))
		}
	}
	if c.future.On() && c.src.Uniform(futurePurpose, key, 0) < c.future.Parameter() {
		ahead += sim.Day
	}
	return ahead
}
