package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/creator"
)

// A creator's uploads are bounded in every world, with the life of a post before
// the run and the bursts within it.
func TestUploadsHaveKeys(t *testing.T) {
	words := Vocabulary{Actions: []Action{{Name: "creators.burst", With: creator.DefaultBurst()}}}
	for _, c := range []struct{ world, wrong string }{
		{"agents.creators.posts_per_day: 1000, agents.posts.life: 40d", ""}, // 50 days in all
		{"agents.creators.posts_per_day: 1000, agents.posts.life: 41d", "got 1000"},
		{"agents.creators.posts_per_day: 1000, events: [{at: 9d, do: creators.burst, with: {factor: 38}}]", ""}, // 12 + 37
		{"agents.creators.posts_per_day: 1000, events: [{at: 9d, do: creators.burst, with: {factor: 41}}]", "got 1000"},
		{"agents.creators.posts_per_day: 1000, events: [{at: 1d, do: creators.burst, for: 12h, with: {factor: 76}}]", ""}, // 12 + 37.5
		{"agents.creators.posts_per_day: 1000, events: [{at: 1d, do: creators.burst, for: 12h, with: {factor: 79}}]", "got 1000"},
	} {
		_, err := Parse("uploads.yaml", []byte("name: uploads\nclock: {run: 10d}\nworlds:\n  a: {"+c.world+"}\n"), nil, words)
		if c.wrong == "" {
			require.NoError(t, err, c.world)
		} else {
			assert.ErrorContains(t, err, c.wrong, c.world)
			assert.ErrorContains(t, err, "at most 50000 posts by creator", c.world)
		}
	}
}
