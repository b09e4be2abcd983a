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
	var served, viewed, blind []place
	var looks []point
	for at := range 10 {
		c := math.Pow(.85, float64(at))
		truth, curve = append(truth, 1), append(curve, c)
		looks = append(looks, point{at: float64(at), mean: c})
		served = append(served, place{float64(at), 1000, 900, 450, 450 * c, c})
		viewed = append(viewed, place{float64(at), 1000, 900 * c, 450 * c, 450 * c, math.NaN()})
		blind = append(blind, place{float64(at), 1000, 900, 450 * c, 450 * c, math.NaN()})
	}
	values := func(places []place) (v []float64) {
		for _, p := range places {
			v = append(v, promisedToLookers(places[0], p, looks))
		}
		return v
	}
	assert.InDeltaSlice(t, truth, values(served), 1e-9)
	assert.InDeltaSlice(t, truth, values(viewed), 1e-9)
	assert.InDeltaSlice(t, curve, values(blind), 1e-9)
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
