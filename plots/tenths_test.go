package plots

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim/record"
)

// Tenths hold a tenth each where steps are fine, and fewer and greater ones where
// a single step holds more; none is empty, and nothing is left over.
func TestTenths(t *testing.T) {
	var fine, coarse []step
	for i := range 100 {
		fine = append(fine, step{from: float64(i) / 100, to: float64(i+1) / 100, n: 7})
	}
	ends := tenths(fine)
	assert.InDeltaSlice(t, []float64{.1, .2, .3, .4, .5, .6, .7, .8, .9, 1}, ends, 1e-9)
	for i, n := range []float64{1, 45, 1, 1, 52} {
		coarse = append(coarse, step{from: float64(i) / 5, to: float64(i+1) / 5, n: n})
	}
	assert.InDeltaSlice(t, []float64{.4, 1}, tenths(coarse), 1e-9)
}

// Replicates that predict different things but keep what they promise lie on the
// diagonal without an interval; those that promise twice too much below it.
func TestDiagramIsOfTheDistance(t *testing.T) {
	var replicates [][]step
	for r := range 4 {
		var steps []step
		for i := range 50 {
			p := (float64(i) + .3 + .1*float64(r)) / 50
			n := float64(100 + (i*(r+3))%7)
			steps = append(steps, step{float64(i) / 50, float64(i+1) / 50, n, n * p, n * p})
		}
		replicates = append(replicates, steps)
	}
	c := diagram(replicates)
	require.Len(t, c, 10)
	for _, p := range c {
		assert.InDelta(t, p.at, p.mean, 1e-9)
		assert.InDelta(t, p.low, p.high, 1e-9)
	}
	for _, steps := range replicates {
		for i := range steps {
			steps[i].observed /= 2
		}
	}
	for _, p := range diagram(replicates) {
		assert.InDelta(t, .5, p.mean/p.at, .01, "tenths of replicates lie a little apart")
		assert.Less(t, p.low, p.high)
	}
}

// A head that never came true has no diagram; long views come first.
func TestHeadsThatCameTrue(t *testing.T) {
	table := record.Table{Name: "reliability", Columns: []string{"head", "from", "to", "impressions", "predicted", "observed"}}
	table.Add("play", .1, .2, 10.0, 1.5, 2.0)
	table.Add("long_view", .1, .2, 10.0, 1.5, 1.0)
	table.Add("report", .1, .2, 10.0, 1.5, 0.0)
	run, err := record.Assemble(record.Manifest{Worlds: []string{"a"}, Replicates: 1}, nil,
		[]record.Result{{World: "a", Tables: []record.Table{table}}})
	require.NoError(t, err)
	assert.Equal(t, []string{"long_view", "play"}, trueHeads(run))
}
