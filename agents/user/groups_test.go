package user

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/system"
)

// The formula by hand: what is liked half and half and shown as three to one, or
// one of them not at all.
func TestDivergenceByHand(t *testing.T) {
	log := math.Log
	for _, c := range []struct {
		liked, shown []float64
		want         float64
	}{
		{[]float64{2, 2}, []float64{30, 10}, .5*log(.5/(.99*.75+.005)) + .5*log(.5/(.99*.25+.005))},
		{[]float64{2, 2}, []float64{5, 0}, .5*log(.5/(.99+.005)) + .5*log(.5/.005)},
		{[]float64{3, 0}, []float64{1, 1}, log(1 / (.99*.5 + .01))},
		{[]float64{1, 2, 5}, []float64{10, 20, 50}, 0},
	} {
		assert.InDelta(t, c.want, divergence(c.liked, c.shown), 1e-12, "%v %v", c.liked, c.shown)
	}
	assert.True(t, math.IsNaN(divergence([]float64{1, 1}, []float64{0, 0})), "nothing was shown")
	assert.True(t, math.IsNaN(divergence([]float64{0, 0}, []float64{1, 1})), "nothing is liked")
}

// The largest cohort and the smallest are followed, each by what its own people
// meet on a day.
func TestTheMajorityAndTheMinorityAreFollowed(t *testing.T) {
	c := steady()
	c.Count = 10
	c.Taste.Topics, c.Taste.Noise, c.Taste.Regret = 1, 0, 0
	c.Cohorts = []Cohort{
		{Name: "few", Share: 0.1, Topics: []int{3}}, {Name: "some", Share: 0.3, Topics: []int{1}}, {Name: "many", Share: 0.6, Topics: []int{2}},
	}
	a := newApp(c)
	about := func(who int, topic system.TopicID, affinity float32) {
		id := a.post(who, affinity, content.Truth{Quality: 1, Length: 20})
		a.posts.Truths[id].Topic = topic
		a.meet(who, id)
	}
	about(0, 3, 0.5) // the one of few, on what they like
	about(0, 2, 0.1) // and on what the many like
	about(1, 2, -9)  // some
	about(5, 2, 0.4) // many
	about(9, 2, 0.2)
	a.people.compare()
	a.now = sim.Time(sim.Day)
	a.rec.Tick(a.now)
	result := a.rec.Result()
	assert.InDelta(t, 0.3, result.Total(MinorityValue.Name), 1e-6)
	assert.InDelta(t, 0.3, result.Total(MajorityValue.Name), 1e-6)
	few := math.Log(1 / (.99*.5 + .01))
	assert.InDelta(t, few, result.Total(MinorityMiscalibration.Name), 1e-9, "half of what they met")
	assert.InDelta(t, 0, result.Total(MajorityMiscalibration.Name), 1e-9, "all of what they met")
	assert.InDelta(t, few, result.Total(MiscalibrationGap.Name), 1e-9)

	about(0, 3, 0.5)
	about(5, 2, 0.4)
	a.people.compare()
	assert.InDelta(t, 0, a.level(MinorityMiscalibration.Name), 1e-9, "a day at a time")
	lone := newApp(steady()).rec.Result()
	assert.False(t, lone.Has(MinorityValue.Name), "without cohorts there is no minority")
}
