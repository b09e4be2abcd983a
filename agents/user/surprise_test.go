package user

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// The chance of a long view is how often it comes: of short posts and long ones, of
// habits that stretch a view or cut it, and where nothing is left to chance.
func TestChanceOfALongView(t *testing.T) {
	for _, length := range []float32{6, 20, 90} {
		for _, lure := range []float64{0, 0.6, -0.4} {
			t.Run(fmt.Sprintf("%v s, lure %v", length, lure), func(t *testing.T) {
				c := steady()
				c.Choice.Glance, c.Choice.Rewatch = 8*time.Second, 0.3
				c.Habit.Lure, c.Habit.Memory = lure, 0
				a := newApp(c)
				post := tried
				post.Length = length
				stays := odds(c.Choice.Engage + c.Choice.EngageAppeal*triedAppeal)
				chance := c.Choice.longView(stays, triedValue, 1+lure*0.5, &system.Event{Length: length})
				var long []float64
				for range meetings {
					events, _ := a.meet(0, a.post(0, triedAffinity, post))
					long = append(long, float64(system.LabelsOf(&events[0]).Of(system.LongView)))
				}
				assert.True(t, chance > 0.01 && chance < 0.99, "%v", chance)
				simtest.Agrees(t, long, chance, "long views")
			})
		}
	}
	c := DefaultConfig().Choice
	c.WatchSigma, c.Watch, c.WatchValue = 0, 0, 0
	assert.Equal(t, 1.0, c.longView(1, 0, 1, &system.Event{Length: 10}), "who stays watches the whole")
	c.Watch = -0.001
	assert.Equal(t, 0.0, c.longView(1, 0, 1, &system.Event{Length: 10}), "but for the end")
}

// What is recorded is the loss of that chance over the loss of the base rate, and no
// other forecast of the same impressions has less.
func TestNoForecastIsBetterThanTheChance(t *testing.T) {
	c := steady()
	a := newApp(c)
	var chance, sure, shy float64
	rows, positives := 0.0, 0.0
	base := 0.0
	for i := range everySurprise * meetings {
		post := tried
		post.Length = float32(5 + i%97)
		events, _ := a.meet(0, a.post(0, triedAffinity, post))
		if (i+1)%everySurprise != 0 {
			continue
		}
		long := system.LabelsOf(&events[0]).Has(system.LongView)
		p := c.Choice.longView(odds(c.Choice.Engage+c.Choice.EngageAppeal*triedAppeal), triedValue, 1, &events[0])
		chance += num.LogLoss(p, long)
		sure += num.LogLoss(num.Sigmoid(1.2*num.Logit(p)), long)
		shy += num.LogLoss(num.Sigmoid(0.8*num.Logit(p)), long)
		base += num.LogLoss((positives+1)/(rows+2), long)
		rows++
		if long {
			positives++
		}
	}
	assert.Less(t, chance, sure)
	assert.Less(t, chance, shy)
	s := &a.people.truth.surprise
	assert.Equal(t, []float64{rows, positives}, []float64{s.rows, s.positives})
	a.rec.Tick(sim.Time(sim.Day))
	result := a.rec.Result()
	assert.InEpsilon(t, chance/base, result.Total(NormalizedEntropy.Name), 1e-4)
}
