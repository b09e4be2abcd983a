package monitoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The quantiles of both sides, whatever the number of impressions: memory is
// bounded, and what is kept is spread over all of them.
func TestSkewComparesQuantiles(t *testing.T) {
	d := newDesk(Gauges{})
	d.monitor.Compare(d.rec, []string{"same", "shifted"})
	const rows = 3 * keptRows
	for batch := 0; batch < rows; batch += 96 {
		var served, joined []float32
		for i := batch; i < batch+96; i++ {
			x := float32(i) / rows
			served, joined = append(served, x, x), append(joined, x, x+.5)
		}
		d.monitor.Joined(served, joined)
	}
	assert.Less(t, len(d.monitor.skew.serving[0]), keptRows)
	d.hour()
	assert.Equal(t, []float64{.5}, d.column(JoinedMismatch))
	table := d.monitor.Tables()[0]
	quantiles, serving, training := table.Floats("quantile"), table.Floats("serving"), table.Floats("training")
	assert.Len(t, quantiles, 2*19)
	for i, q := range quantiles {
		// What is kept is an even grid over 0 to 1 of at least keptRows/2 steps.
		assert.InDelta(t, q, serving[i], 3./keptRows)
		want := serving[i]
		if i >= 19 {
			want += .5
		}
		assert.InDelta(t, want, training[i], 1e-6, "rounding of float32")
	}
}

// Where training reads what was served there is nothing to compare.
func TestNoSkewWithoutAJoin(t *testing.T) {
	for _, table := range newDesk(Gauges{}).monitor.Tables() {
		assert.Empty(t, table.Rows, table.Name)
	}
}
