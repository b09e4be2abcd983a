package plots

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim/record"
)

// A value that is served to everybody and never trained on is as different as
// can be, however constant; what has one side only cannot be compared.
func TestSkewRanksFeatures(t *testing.T) {
	table := record.Table{Name: "skew", Columns: []string{"feature", "quantile", "serving", "training"}}
	for i, q := range []float64{.25, .5, .75} {
		x := float64(i)
		table.Add("same", q, x, x)
		table.Add("shifted", q, x, x+1)
	}
	table.Add("default", .5, 0.0, -1.0)
	table.Add("constant", .5, 3.0, 3.0)
	table.Add("untrained", .5, 3.0, math.NaN())
	run, err := record.Assemble(record.Manifest{Worlds: []string{"a"}, Replicates: 1}, nil,
		[]record.Result{{World: "a", Tables: []record.Table{table}}})
	require.NoError(t, err)
	var names []string
	var differ []float64
	for _, f := range skewed(run) {
		names, differ = append(names, f.name), append(differ, f.differ)
	}
	assert.Equal(t, []string{"default", "shifted", "same", "constant"}, names)
	assert.Equal(t, []float64{1, 1. / 3, 0, 0}, differ)
}

// By cause, a share is of all values that were compared; by feature, of its own.
func TestAuditCountsEachFeatureOnce(t *testing.T) {
	table := record.Table{Name: "audit", Columns: []string{"feature", "cause", "compared", "mismatched", "smape"}}
	table.Add("a", "late", 100.0, 10.0, .1)
	table.Add("a", "lost", 100.0, 5.0, .1)
	table.Add("b", "late", 300.0, 10.0, .1)
	assert.Equal(t, .05, mismatchShare(table, "cause", "late"))
	assert.Equal(t, .0125, mismatchShare(table, "cause", "lost"))
	assert.Equal(t, .15, mismatchShare(table, "feature", "a"))
}

// Only what was done under a fault can be named right; a column that nothing was
// planted for has no place on the outline, and a row without a column neither.
func TestConfusionScoresFaultsAlone(t *testing.T) {
	table := record.Table{Name: "causes", Columns: []string{"planted", "inferred", "values"}}
	table.Add("none", "late", 900.0)
	table.Add("ttl", "ttl", 60.0)
	table.Add("ttl", "unknown", 20.0)
	table.Add("lost", "late", 20.0)
	run, err := record.Assemble(record.Manifest{Worlds: []string{"a"}, Replicates: 1}, nil,
		[]record.Result{{World: "a", Tables: []record.Table{table}}})
	require.NoError(t, err)
	m := confused(run)
	assert.Equal(t, []string{"ttl", "lost", "none"}, m.planted)
	assert.Equal(t, []string{"ttl", "late", "unknown"}, m.inferred)
	assert.Equal(t, [][]float64{{60, 0, 20}, {0, 20, 0}, {0, 900, 0}}, m.counts)
	assert.Equal(t, .6, m.right())
}
