package rng

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"feedloop/sim/simtest"
)

func TestEvenArrivalsKeepTheMean(t *testing.T) {
	src := New(1, 0)
	purpose := NewPurpose("test.arrivals")
	for _, mean := range []float64{0, 0.3, 1, 2.5} {
		var counts []float64
		for n := range uint64(4000) {
			k := EvenArrivals.Count(src.Uniform(purpose, 0, n), mean)
			assert.InDelta(t, mean, k, 1-1e-9, "never further than rounding")
			counts = append(counts, float64(k))
		}
		if mean == float64(int(mean)) {
			assert.Equal(t, mean, counts[0])
			continue
		}
		simtest.Agrees(t, counts, mean, "mean %v", mean)
	}
	for k := range 4 {
		assert.Equal(t, float64(k)/4, EvenArrivals.Moment(0, k, 4))
		assert.Less(t, EvenArrivals.Moment(0.999, k, 4), float64(k+1)/4)
	}
	assert.Equal(t, 0.7, PoissonArrivals.Moment(0.7, 3, 4))
	assert.Equal(t, Poisson(0.7, 3), PoissonArrivals.Count(0.7, 3))
}
