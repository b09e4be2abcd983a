package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAdviceNamesTheStarvingWorld(t *testing.T) {
	for _, c := range []struct{ set, says string }{
		{"agents.users.count=250", ""},
		{"agents.creators.count=100", "Little room to choose"},
		{"system.retrieval.candidates=300", "The funnel is wide open"},
		{"agents.users.count=100", "Little signal"},
		{"agents.users.count=0", "There are no people: "},
		{"agents.creators.count=0", "There are no posts: "},
		{"agents.creators.posts_per_day=0", "There are no posts: "},
		{"agents.users.bots.share=100%", "There are no people: "},
		{"agents.users.sessions_per_day=0", "Nobody ever comes"},
		{"agents.creators={count: 0, newcomers: 10}", "no posts before newcomers come"},
	} {
		s, err := Parse("advice.yaml", []byte("name: advice\n"), []string{c.set}, Vocabulary{})
		require.NoError(t, err, c.set)
		got := strings.Join(s.Advice(), "\n")
		if c.says == "" {
			assert.Empty(t, got, c.set)
		} else {
			assert.Contains(t, got, c.says, c.set)
		}
	}
}
