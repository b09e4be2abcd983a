package run

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim/record"
)

// The tables reliability and positions are two cuts through the same predictions,
// and what the ranker learned about positions reaches the second.
func TestPredictionsAreCutTwice(t *testing.T) {
	w := born(t, small, "agents.users.attention={surface: list, curve: {form: geometric, decay: 0.85}}",
		"system.retraining.impressions=served", "system.ranking.position=examined")
	w.grow(w.run)
	tables := map[string]record.Table{}
	for _, table := range w.platform.monitor.Tables() {
		tables[table.Name] = table
	}
	steps, places := tables["reliability"], tables["positions"]
	sum := func(column string) (sum float64) {
		for i, x := range steps.Floats(column) {
			if steps.Strings("head")[i] == "play" {
				sum += x
			}
		}
		return sum
	}
	total := func(column string) (sum float64) {
		for _, x := range places.Floats(column) {
			sum += x
		}
		return sum
	}
	require.Positive(t, total("plays"))
	assert.Equal(t, total("examples"), sum("impressions"))
	assert.Equal(t, total("plays"), sum("observed"))
	assert.InEpsilon(t, total("predicted"), sum("predicted"), 1e-9, "added in another order")
	for i, chance := range places.Floats("examined") {
		assert.EqualValues(t, w.platform.ranker.Examined(10)[i], chance)
	}
	assert.Less(t, places.Floats("examined")[9], .9)
	for i, served := range places.Floats("served") {
		// The label window shifts one against the other by hours of the day and a half.
		assert.InEpsilon(t, served, places.Floats("examples")[i], .25)
	}
}
