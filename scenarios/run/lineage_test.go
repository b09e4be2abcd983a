package run

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/stream"
)

// Every impression tells how old its features were: those of its post, and the
// counters as a whole, which are never older than a post's. While the counters'
// reader stands still they age by the hour, on every page, and are young again
// after it. Events tell when they happened and when the log had them.
func TestEveryImpressionTellsTheAgeOfItsFeatures(t *testing.T) {
	w := born(t, small)
	stall := sim.Fault{Kind: stream.Stall, Target: "features", At: sim.Time(24 * time.Hour), For: 6 * time.Hour}
	require.NoError(t, w.kernel.Inject(sim.Plan{stall}))
	served, logged := w.platform.server.Log, 0
	var unknown, known, stale, young int
	w.platform.server.Log = func(p *system.Page) {
		require.Equal(t, p.ModelVersion != 0, p.ValueVersion != 0, "predictions and what is made of them have versions")
		for i := range p.Items {
			item := &p.Items[i]
			require.NotZero(t, item.From, "who proposed it")
			if len(p.Features) == 0 {
				require.Zero(t, item.FeatureAge)
				continue
			}
			if item.FeatureAge == -1 {
				unknown++ // nobody has met the post
				continue
			}
			known++
			require.GreaterOrEqual(t, item.FeatureAge, p.FeatureAge-.01, "in float32")
			if at := p.Served; at > stall.At && at < stall.At.Add(stall.For) {
				stale++
				require.GreaterOrEqual(t, float64(p.FeatureAge), p.At.Sub(stall.At).Seconds()-1)
			}
		}
		if p.At > stall.At.Add(stall.For) && len(p.Features) > 0 && p.FeatureAge < 600 {
			young++ // not at night, when nothing happens that could move a watermark
		}
		served(p)
	}
	w.platform.log.Subscribe("test", func(e *system.Event) {
		logged++
		require.Greater(t, e.Arrived, e.At, "a delay that can be read off")
	})
	w.grow(w.run)
	for _, n := range []int{unknown, known, stale, young, logged} {
		assert.Greater(t, n, 50)
	}
}
