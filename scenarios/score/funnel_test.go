package score

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/scenarios"
	"feedloop/sim/record"
)

// watched is a run of worlds with these totals of the funnel's metrics, one replicate after the other.
func watched(t *testing.T, worlds map[string][]map[string]float64) *record.Run {
	t.Helper()
	names := []string{"true_ideal_page", "true_loss.explored", "true_loss.misranked", "true_loss.not_found", "true_loss.rearranged",
		"true_loss.stale", "true_loss.too_young", "true_page_regret"}
	var metrics []record.Metric
	for _, name := range names {
		metrics = append(metrics, record.Metric{Name: name, Unit: "value", Definition: "x", Knower: record.Simulator, Of: record.Average})
	}
	m := record.Manifest{Scenario: "watched", Worlds: []string{"learned", "newest"}, Replicates: 2}
	var results []record.Result
	for _, world := range m.Worlds {
		for r, totals := range worlds[world] {
			result := record.Result{World: world, Replicate: r, Metrics: metrics, Series: record.Series{Columns: make([][]float64, len(names))}}
			for _, name := range names {
				x, known := totals[name]
				if !known {
					x = nan
				}
				result.Totals = append(result.Totals, x)
			}
			results = append(results, result)
		}
	}
	run, err := record.Assemble(m, []byte("name: watched\n"), results)
	require.NoError(t, err)
	return run
}

func TestFunnelAddsUp(t *testing.T) {
	losses := func(ideal, notFound, young, misranked, stale, rearranged, explored float64) map[string]float64 {
		return map[string]float64{"true_ideal_page": ideal, "true_loss.not_found": notFound, "true_loss.too_young": young,
			"true_loss.misranked": misranked, "true_loss.stale": stale, "true_loss.rearranged": rearranged, "true_loss.explored": explored,
			"true_page_regret": notFound + young + misranked + stale + rearranged + explored}
	}
	j := &judge{run: watched(t, map[string][]map[string]float64{
		"learned": {losses(.2, .02, 0, .06, .02, -.01, .01), losses(.4, .04, 0, .12, .04, -.02, .02)},
		"newest":  {{}, {}},
	}), scenario: &scenarios.Scenario{}}
	funnels := j.funnels()
	require.Len(t, funnels, 1, "nobody watches a feed without a funnel")
	f := funnels[0]
	assert.Equal(t, "learned", f.World)
	assert.InDelta(t, .5, f.Kept.Estimate, 1e-12)
	assert.Equal(t, 2, f.Kept.N)
	sum := f.Kept.Estimate
	for i, want := range []float64{.1, 0, .3, .1, -.05, .05} {
		assert.InDelta(t, want, f.Lost[i].Share.Estimate, 1e-12, f.Lost[i].Step)
		sum += f.Lost[i].Share.Estimate
	}
	assert.InDelta(t, 1, sum, 1e-12)
	assert.Equal(t, "; of what its pages lose, 20 % was not found, 60 % was misranked, 20 % was lost to counts not yet visible, 10 % was explored", j.rest("learned"))
	assert.Empty(t, j.rest("newest"))
}
