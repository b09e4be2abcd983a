package rng

import "math"

// Arrivals is how things come that are so many by period on average.
type Arrivals string

// The ways to arrive.
const (
	PoissonArrivals Arrivals = "poisson" // each for itself
	EvenArrivals    Arrivals = "even"    // as nearly the same number in every period as can be, one in each equal part of it
)

// Values lists the ways to arrive.
func (Arrivals) Values() []string { return []string{string(PoissonArrivals), string(EvenArrivals)} }

// Count returns how many arrive in a period, at quantile u: where arrivals are
// even, the mean rounded down or up, with chances that keep it the mean.
func (a Arrivals) Count(u, mean float64) int {
	if a == EvenArrivals {
		return int(math.Floor(mean + u))
	}
	return Poisson(u, mean)
}

// Moment returns when the k-th of n arrives, as a share of the period, at
// quantile u.
func (a Arrivals) Moment(u float64, k, n int) float64 {
	if a == EvenArrivals {
		return (float64(k) + u) / float64(n)
	}
	return u
}
