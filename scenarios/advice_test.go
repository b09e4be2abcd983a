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
		{"agents.users.count=100", "Little signal"},
		{"system.retrieval.candidates=151", "propose at most 150 candidates; there are never 151"},
		{"system.retrieval={candidates: 160, quotas: {fresh: 50}}", "The funnel is wide open: 160 of some 1500"},
		{"agents.creators.newcomers=500", "Little signal"},
		{"system.retrieval={candidates: 9}", "Every page is short: 9 candidates for 10"},
		{"system.retrieval.quotas={in_network: 4, neighbours: 4, trending: 0, fresh: 0}", "Every page is short: 8 candidates for 10"},
		{"system.reranking.selected=150", "Nothing is selected: 150 of 150"},
		{"agents.users.cohorts=[{name: few, share: 5%, sessions_per_day: 24}, {name: many, share: 95%}]", ""},
		{"agents.users.cohorts=[{name: some, share: 30%, sessions_per_day: 4}, {name: many, share: 70%}]", "a heavy person sees about 239"},
		{"system.reranking.selected=9", "Every page is short: 9 posts are selected for 10"},
		{"system.reranking={selected: 10, new_post: {slot: 10}}", ""},
		{"system.reranking.new_post.slot=11", "place 11 of 10"},
		{"system={feed: newest, retrieval: {candidates: 9}}", ""},
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
