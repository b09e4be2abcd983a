package plots

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim/record"
)

// Of posts that half of those who look play, a ranker that keeps the curve out
// promises a half at every place, whether its examples are all that was served or
// what was looked at; one that takes all of the curve in promises what the log of
// all that was served shows.
func TestPromisesToThoseWhoLook(t *testing.T) {
	var truth, curve []float64
	var looks []point
	served, viewed, blind := map[float64][]place{}, map[float64][]place{}, map[float64][]place{}
	for i := range 10 {
		at := float64(i)
		c := math.Pow(.85, at)
		truth, curve = append(truth, 1), append(curve, c)
		looks = append(looks, point{at: at, mean: c})
		served[at] = []place{{1000, 900, 450, 450 * c, c}}
		viewed[at] = []place{{1000, 900 * c, 450 * c, 450 * c, math.NaN()}}
		blind[at] = []place{{1000, 900, 450 * c, 450 * c, math.NaN()}}
	}
	values := func(places map[float64][]place) (v []float64) {
		for _, p := range promisedToLookers(places, looks) {
			v = append(v, p.mean)
		}
		return v
	}
	assert.InDeltaSlice(t, truth, values(served), 1e-9)
	assert.InDeltaSlice(t, truth, values(viewed), 1e-9)
	assert.InDeltaSlice(t, curve, values(blind), 1e-9)
	delete(blind, 0)
	assert.Empty(t, values(blind), "no position takes the place of the first one")
}

// Where one replicate has no play at a place, and another none that was viewed, what
// they were promised counts all the same.
func TestReplicatesAreAddedBeforeTheyAreDivided(t *testing.T) {
	looks := curve{{at: 0, mean: 1}, {at: 9, mean: .25}, {at: 10, mean: .2}}
	places := map[float64][]place{
		0:  {{served: 100, examples: 100, predicted: 50, plays: 50}, {served: 100, examples: 100, predicted: 50, plays: 50}, {served: 100, examples: 100, predicted: 50, plays: 50}},
		9:  {{served: 8, examples: 3, predicted: 1.5, plays: 2}, {served: 8, examples: 3, predicted: 1.5}, {served: 8}},
		10: {{served: 8, examples: 2, predicted: 1}},
	}
	c := promisedToLookers(places, looks)
	require.Len(t, c, 2, "nothing is said of a place without a play in any replicate")
	assert.EqualValues(t, 9, c[1].at)
	assert.InDelta(t, 3./6/(2./6), c[1].mean, 1e-9)
	assert.True(t, math.IsNaN(c[1].low), "of plays that could be none")
	assert.Equal(t, 1., c[0].low, "those that do not differ")
}

// On a full screen every post is looked at: there is no curve, and why there is
// no figure is said.
func TestPositionsWithoutAList(t *testing.T) {
	table := record.Table{Name: "positions", Columns: []string{"position", "served", "examples", "predicted", "plays", "examined"}}
	table.Add(0, 10.0, 10.0, 5.0, 5.0, math.NaN())
	run, err := record.Assemble(record.Manifest{Worlds: []string{"a"}, Replicates: 1}, nil,
		[]record.Result{{World: "a", Tables: []record.Table{table}}})
	require.NoError(t, err)
	_, err = positions(run)
	assert.ErrorContains(t, err, "every position")
}
