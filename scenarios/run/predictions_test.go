package run

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim/record"
)

// The tables reliability and positions are two cuts through the same predictions, and
// what the ranker learned about positions reaches both: the first holds what it
// promises of all that was served, the second what it predicts of those who look.
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
	promised := 0.0
	for i, p := range places.Floats("predicted") {
		promised += p * places.Floats("examined")[i]
	}
	assert.InEpsilon(t, promised, sum("predicted"), .03, "of chances as learned in the end, or at the time")
	assert.InEpsilon(t, sum("observed"), sum("predicted"), .15, "what is learned in a day")
	assert.Greater(t, total("predicted"), 1.5*sum("predicted"), "people look at half of a page")
	for i, chance := range places.Floats("examined") {
		assert.EqualValues(t, w.platform.ranker.Examined(10)[i], chance)
	}
	assert.Less(t, places.Floats("examined")[9], .9)
	for i, served := range places.Floats("served") {
		examples := places.Floats("examples")[i]
		assert.Less(t, examples, served)
		assert.InEpsilon(t, served, examples, .05, "all but the last label window of a day and a half")
	}
}
