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

// What is recorded is the loss of that chance over the loss of the base rate, and other
// forecasts of the same views have more.
func TestOtherForecastsAreWorseThanTheChance(t *testing.T) {
	c := steady()
	a := newApp(c)
	others := map[string]func(p float64, view *system.Event) float64{
		"too sure": func(p float64, _ *system.Event) float64 { return num.Sigmoid(1.2 * num.Logit(p)) },
		"too shy":  func(p float64, _ *system.Event) float64 { return num.Sigmoid(0.8 * num.Logit(p)) },
		"too high": func(p float64, _ *system.Event) float64 { return num.Sigmoid(num.Logit(p) + 0.2) },
		"constant": func(float64, *system.Event) float64 { return 0.2 },
		"one who thinks that nobody glances": func(_ float64, view *system.Event) float64 {
			return c.Choice.longView(1, triedValue, 1, view)
		},
		"one who knows nothing of the value": func(_ float64, view *system.Event) float64 {
			return c.Choice.longView(odds(c.Choice.Engage+c.Choice.EngageAppeal*triedAppeal), 0, 1, view)
		},
	}
	losses := map[string]float64{}
	var chance, base, rows, positives float64
	for i := range everyBayes * meetings {
		post := tried
		post.Length = float32(5 + i%97)
		events, _ := a.meet(0, a.post(0, triedAffinity, post))
		if (i+1)%everyBayes != 0 {
			continue
		}
		long := system.LabelsOf(&events[0]).Has(system.LongView)
		p := c.Choice.longView(odds(c.Choice.Engage+c.Choice.EngageAppeal*triedAppeal), triedValue, 1, &events[0])
		chance += num.LogLoss(p, long)
		for name, other := range others {
			losses[name] += num.LogLoss(other(p, &events[0]), long)
		}
		base += num.LogLoss((positives+1)/(rows+2), long)
		rows++
		if long {
			positives++
		}
	}
	for name := range others {
		assert.Less(t, chance, losses[name], name)
	}
	s := &a.people.truth.bayes
	assert.Equal(t, []float64{rows, positives}, []float64{s.rows, s.positives})
	a.rec.Tick(sim.Time(sim.Day))
	result := a.rec.Result()
	assert.InEpsilon(t, chance/base, result.Total(NormalizedEntropy.Name), 1e-4)
}

// A bot watches what it is paid for, and glances at the rest.
func TestChanceOfABotsLongView(t *testing.T) {
	b := Bots{Dwell: 12 * time.Second}
	assert.Equal(t, 1.0, b.longGlance(true, &system.Event{Length: 90}))
	c := steady()
	c.Bots = Bots{Share: 1, Dwell: 12 * time.Second}
	for _, length := range []float32{6, 90} {
		a := newApp(c)
		post := tried
		post.Length = length
		var long []float64
		for range meetings {
			events, _ := a.meet(0, a.post(0, triedAffinity, post))
			long = append(long, float64(system.LabelsOf(&events[0]).Of(system.LongView)))
		}
		simtest.Agrees(t, long, b.longGlance(false, &system.Event{Length: length}), "long views of %v s", length)
		assert.Equal(t, float64(meetings/everyBayes), a.people.truth.bayes.rows, "bots are compared, too")
	}
}
