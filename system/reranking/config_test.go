package reranking

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
)

func TestBadConfigsAreRefused(t *testing.T) {
	require.NoError(t, DefaultConfig().Validate())
	nan := math.NaN()
	for field, spoil := range map[string]func(*Config){
		"max_age":            func(c *Config) { c.MaxAge = -time.Second },
		"mute_after":         func(c *Config) { c.MuteAfter = -1 },
		"report_limit":       func(c *Config) { c.ReportLimit = 10_001 },
		"max_risk":           func(c *Config) { c.MaxRisk = nan },
		"author_spacing":     func(c *Config) { c.AuthorSpacing = 101 },
		"exploration":        func(c *Config) { c.Exploration = sim.Share(nan) },
		"explorer":           func(c *Config) { c.Explorer = "greedy" },
		"thompson.spread":    func(c *Config) { c.Thompson.Spread = 1e-9 }, // a grid as fine as that has no end
		"thompson.worth":     func(c *Config) { c.Thompson.Worth = 0 },
		"new_post.slot":      func(c *Config) { c.NewPost.Slot = 61 },
		"new_post.exposures": func(c *Config) { c.NewPost.Exposures = 0 },
		"author_decay":       func(c *Config) { c.AuthorDecay = nan },
		"author_floor":       func(c *Config) { c.AuthorFloor = 1.1 },
		"out_of_network":     func(c *Config) { c.OutOfNetwork = math.Inf(1) },
		"lambda":             func(c *Config) { c.Lambda = -.1 },
		"theta":              func(c *Config) { c.Diversity, c.Theta, c.OutOfNetwork = DPP, 20, 3 },
		"diversity":          func(c *Config) { c.Diversity = "some" },
	} {
		c := DefaultConfig()
		spoil(&c)
		problems := sim.Problems(c.Validate())
		if assert.Len(t, problems, 1, field) {
			assert.Equal(t, field, problems[0].Field)
		}
	}
}
