package run

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// What people share comes to those who follow them through the platform: posts
// spread along the graph where the stack answers, and by accident only under a
// feed that ignores behaviour.
func TestSharesSpreadThroughTheStack(t *testing.T) {
	long(t)
	met := func(set ...string) float64 {
		w := born(t, small, append([]string{
			"agents.graph={exponent: 2.5, friends: 6}", "agents.users.choice={share: {base: -3.5, per_value: 4}}",
		}, set...)...)
		w.grow(w.run)
		w.tick(w.kernel.Now())
		result := w.rec.Result()
		return result.Total("true_friend_share")
	}
	random := met("system.feed=random")
	network := met("system.retrieval.quotas={in_network: 40, neighbours: 0, trending: 0, fresh: 10}")
	strangers := met("system.retrieval.quotas={in_network: 0, neighbours: 0, trending: 0, fresh: 50}")
	t.Logf("met after a friend had shared it: network %.3f, strangers %.3f, random %.3f", network, strangers, random)
	assert.Greater(t, network, 1.8*strangers, "by the source that knows who follows whom")
	assert.Greater(t, network, 3*random)
	assert.Greater(t, random, 0.0)
}
