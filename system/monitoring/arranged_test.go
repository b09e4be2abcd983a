package monitoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWhatBecameOfCandidatesByWindow(t *testing.T) {
	d, running := newDesk(Gauges{}), Arranged{}
	d.monitor.Arranging(d.rec, func() Arranged { return running })
	running = Arranged{Candidates: 100, Filtered: 20, Withheld: 5, Pages: 4, Short: 1}
	d.hour()
	running = Arranged{Candidates: 300, Filtered: 40, Withheld: 5, Pages: 8, Short: 4}
	d.hour()
	assert.Equal(t, []float64{.2, .1}, d.column(Filtered))
	assert.Equal(t, []float64{.05, 0}, d.column(Withheld))
	assert.Equal(t, []float64{.25, .75}, d.column(Short))
	r := d.rec.Result()
	assert.InDelta(t, 40./300, r.Total(Filtered.Name), 1e-12)
}
