package user

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/rng"
)

// Each part of the product is refused on its own where it takes the mean beyond
// what has numbers, and accepted just below.
func TestMoreImpulsesThanHaveNumbersAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		field     string
		at        func(*Config, float64)
		good, bad float64
	}{
		"a low base": {"sessions_per_day", func(c *Config, x float64) { c.Return.Base = x }, -3.4, -3.6}, // 2.4 / sigmoid: 74, 90
		"weekends":   {"sessions_per_day", func(c *Config, x float64) { c.SessionsPerDay, c.Return.Weekend = 15, x }, 2.3, 2.5},
		"excitation": {"sessions_per_day", func(c *Config, x float64) {
			c.SessionsPerDay, c.Return.Excitation.Jump, c.Return.Excitation.Most = 4, 1, x
		}, 8, 10},
		"a busy cohort": {"cohorts[0].sessions_per_day", func(c *Config, x float64) {
			c.Return.Base, c.Cohorts = -1, []Cohort{{Name: "a", Share: 1, SessionsPerDay: new(x)}}
		}, 21, 22},
		"busy bots": {"bots.visits_per_day", func(c *Config, x float64) { c.Bots.Share, c.Bots.VisitsPerDay, c.Return.Weekend = 0.1, x, 2 }, 40, 41},
	} {
		good, bad := DefaultConfig(), DefaultConfig()
		c.at(&good, c.good)
		require.NoError(t, good.Validate(), name)
		c.at(&bad, c.bad)
		wrong := sim.Problems(bad.Validate())
		require.Len(t, wrong, 1, name)
		assert.Equal(t, c.field, wrong[0].Field, name)
	}
	idle := DefaultConfig()
	idle.SessionsPerDay, idle.Return.Base = 0, -30
	assert.NoError(t, idle.Validate(), "no visits need no impulses")
}

// The bound leaves room: of a million days at it, less than one in two has more
// impulses than have numbers.
func TestTheBoundOnImpulsesLeavesRoom(t *testing.T) {
	assert.LessOrEqual(t, rng.Poisson(1-0.5e-6, impulsesPerDay), visitsPerDay)
}
