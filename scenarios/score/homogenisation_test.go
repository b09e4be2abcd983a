package score

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/record"
)

// taken is a result in which three people took a post a day, and 0 and 1 are each
// other's nearest, from day 1 on; 2's nearest is 0, and 1 on the last day.
func taken(world string, posts ...string) record.Result {
	day := sim.Time(sim.Day)
	r := record.Result{World: world, Series: record.Series{End: []sim.Time{day, 2 * day, 3 * day}}}
	d := record.Table{Name: "diary", Columns: []string{"person", "days", "posts"}}
	for i, p := range posts {
		d.Add(i, "0 1 2", p)
	}
	n := record.Table{Name: "neighbours", Columns: []string{"day", "nearest"}}
	n.Add(2.0, "1 0 0")
	n.Add(3.0, "1 0 1")
	r.Tables = []record.Table{d, n}
	return r
}

// By hand. After two days 0 and 1 share one of three posts (1/3), 2 and 0 none; in the
// ideal's world none share any. After three days 0 and 1 share two of four (1/2), 2 and
// 1 one of five (1/5), and in the ideal's world 2 and 1 one of five.
func TestHomogenisation(t *testing.T) {
	results := []record.Result{
		taken("ideal", "10 11 12", "20 21 22", "30 31 21"),
		taken("popularity", "10 11 12", "11 13 12", "14 15 13"),
		{World: "newest"},
	}
	Homogenise(results, "ideal")
	require.Equal(t, []record.Metric{Homogenisation}, results[1].Metrics)
	column := results[1].Column(Homogenisation.Name)
	assert.NotEqual(t, column[0], column[0], "nobody is like anybody yet")
	assert.InDelta(t, (1.0/3+1.0/3+0)/3, column[1], 1e-12)
	assert.InDelta(t, (0.5+0.5+0.2-0.2)/3, column[2], 1e-12)
	assert.Equal(t, column[2], results[1].Total(Homogenisation.Name))
	assert.Equal(t, []float64{0, 0, 0}, results[0].Column(Homogenisation.Name), "the ideal against itself")
	assert.False(t, results[2].Has(Homogenisation.Name))

	alone := []record.Result{taken("popularity", "1 2 3", "1 2 3", "1 2 3")}
	Homogenise(alone, "ideal")
	assert.Empty(t, alone[0].Metrics)
}
