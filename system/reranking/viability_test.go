package reranking

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// alive is a config in which creators have a price.
func alive(reach, boost float64) Config {
	c := spaced(0)
	c.Viability = Viability{Reach: reach, Period: sim.Day, Boost: boost}
	return c
}

// played is a view that lasted.
func played(c system.CreatorID) *system.Event {
	return &system.Event{Kind: system.Viewed, Creator: c, Watch: 8, Length: 30}
}

// A play an hour for a month: the last one counts 1 and each before it exp(-1/24)
// of the next, 1/(1-exp(-1/24)) in all, about the 24 of a day. Then silence: a day
// later a factor of e less.
func TestPlaysFade(t *testing.T) {
	k := sim.New(sim.Options{})
	a := audience{config: alive(1, 1).Viability, kernel: k}
	for hour := range 30 * 24 {
		k.Run(sim.Time(hour) * sim.Time(time.Hour))
		a.consume(played(3))
	}
	steady := 1 / (1 - math.Exp(-1.0/24))
	assert.InDelta(t, steady, a.of(3), 1e-9)
	assert.InDelta(t, 24.5, steady, 0.01)
	k.Run(k.Now().Add(sim.Day))
	assert.InDelta(t, steady/math.E, a.of(3), 1e-9)
	assert.Zero(t, a.of(2), "each creator has a count of their own")
	assert.Zero(t, a.of(99))

	a.consume(&system.Event{Kind: system.Liked, Creator: 2})
	a.consume(&system.Event{Kind: system.Viewed, Creator: 2, Watch: 2, Length: 30})
	assert.Zero(t, a.of(2), "a glance is no play")
}

func TestThePriceRisesWithTheShortfall(t *testing.T) {
	k := sim.New(sim.Options{})
	a := audience{config: alive(4, .6).Viability, kernel: k}
	for _, want := range []float64{.6, .45, .3, .15, 0, 0} {
		assert.InDelta(t, want, a.price(1), 1e-7)
		a.consume(played(1))
	}
}

// Creator 2 has one of the two plays that they need. At half the boost their post
// is worth more, unless the other's lead is larger than that.
func TestCreatorsInNeedAreRaisedByTheirPrice(t *testing.T) {
	for boost, want := range map[float64][]int32{0: {0, 1, 2}, .3: {0, 1, 2}, .5: {1, 0, 2}, 3: {1, 0, 2}} {
		q, catalogue := page([]system.CreatorID{1, 2, 1}, []float32{10, 8, 0})
		c := alive(2, boost)
		r := NewReranker(sim.New(sim.Options{}), c, rng.New(1, 0), catalogue, &system.Seen{}, nil)
		assert.Equal(t, boost > 0, c.Reads())
		for _, creator := range []system.CreatorID{1, 1, 2} {
			r.Consume(played(creator))
		}
		r.Arrange(q, 3)
		assert.Equal(t, want, q.Order, boost)
	}
}

func TestAPriceWithoutAReachIsRefused(t *testing.T) {
	require.NoError(t, alive(5, .2).Validate())
	for field, broken := range map[string]Viability{
		"viability.reach": {Period: sim.Day, Boost: 1}, "viability.period": {Reach: 1}, "viability.boost": {Reach: 1, Period: sim.Day, Boost: -1},
	} {
		c := spaced(0)
		c.Viability = broken
		problems := sim.Problems(c.Validate())
		require.Len(t, problems, 1, field)
		assert.Equal(t, field, problems[0].Field)
	}
}
