package user

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"feedloop/sim"
)

// A trend adds its pull to the affinity with its topic while it lasts; trends
// add up, and leave nothing behind.
func TestTrends(t *testing.T) {
	a := newApp(steady())
	on, off := tried, tried
	off.Topic++
	id, other := a.post(0, triedAffinity, on), a.post(0, triedAffinity, off)
	a.people.Trend(10, 20, Trend{Topic: int(on.Topic), Pull: 0.2})
	a.people.Trend(20, 0, Trend{Topic: int(on.Topic), Pull: 0.1})
	utility := func(at sim.Time) float64 {
		a.kernel.Run(at)
		assert.InDelta(t, triedValue, a.people.Utility(0, &a.posts.Truths[other]), 1e-6, "another topic")
		return float64(a.people.Utility(0, &a.posts.Truths[id]))
	}
	assert.InDelta(t, triedValue, utility(9), 1e-6)
	assert.InDelta(t, triedValue+0.2*0.6, utility(10), 1e-6)
	assert.InDelta(t, triedValue+0.3*0.6, utility(20), 1e-6)
	assert.InDelta(t, triedValue+0.1*0.6, utility(30), 1e-6)
	_, value := a.meet(0, id)
	assert.InDelta(t, triedValue+0.1*0.6, value, 1e-6, "people feel it as the yardsticks do")
}
