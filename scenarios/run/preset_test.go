package run

import (
	"path"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/scenarios"
	"feedloop/sim"
)

// The presets are the scenarios that others inherit from: each is sound, has
// room to choose and signal enough, and lives in every one of its worlds.
func TestPresets(t *testing.T) {
	var found []string
	for _, name := range scenarios.Names() {
		if path.Dir(name) != "base" {
			continue
		}
		text, _, err := scenarios.Open(name)
		require.NoError(t, err)
		assert.Regexp(t, "# Preset "+strings.TrimSuffix(path.Base(name), ".yaml")+", version [1-9]", string(text), "a preset has a name and a version")
		found = append(found, strings.TrimSuffix(path.Base(name), ".yaml"))
		t.Run(path.Base(name), func(t *testing.T) {
			s, err := scenarios.Load(name, nil, Vocabulary())
			require.NoError(t, err)
			assert.Empty(t, s.Advice())
			for _, w := range s.Worlds {
				alive, err := build(s, task{world: w})
				require.NoError(t, err)
				alive.grow(12 * time.Hour)
				assert.Greater(t, alive.people.People.Met(), 500.0, "impressions in world %s", w.Name)
			}
		})
	}
	assert.Subset(t, found, []string{"reels", "list-feed", "heavy-news-day", "quiet-drift", "recsim-choc-kale"})
}

// What an event starts, it ends: in the hours of heavy-news-day more is uploaded
// than in its quiet world, and before and after as much.
func TestInterventionsCome(t *testing.T) {
	s, err := scenarios.Load("heavy-news-day", []string{"agents.users.count=0", "clock.run=9d"}, Vocabulary())
	require.NoError(t, err)
	uploads := func(world int) (during, otherwise int) {
		w, err := build(s, task{world: s.Worlds[world]})
		require.NoError(t, err)
		w.grow(w.run)
		for _, p := range w.people.Posts.Truths {
			if p.At.Day() == 7 && p.At.Sub(0)%sim.Day >= sim.Day/4 {
				during++
			} else {
				otherwise++
			}
		}
		return during, otherwise
	}
	loud, before := uploads(0)
	still, same := uploads(1)
	assert.Equal(t, same, before)
	assert.InEpsilon(t, 6, float64(loud)/float64(still), 0.15, "four standard deviations of some 560 uploads")
}
