package ranking

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

var watchPurpose = rng.NewPurpose("ranking.test.watch")

// valued returns a configuration of the family in which the watch is worth
// something.
func valued(f Family) Config {
	c, one := ofFamily(f), 1.0
	c.Value.Watch = &one
	return c
}

// watched gives every example a watch, in seconds of a minute, that is above or
// below its expectation by chance: the expectation has the log-odds of the first
// head.
func watched(w planted, first, n int) (data system.Examples, expected []float64) {
	data = w.examples(first, n)
	for i := range data.Rows {
		mean := num.Sigmoid(w.logit(data.Row(i), 0))
		seconds := 0.0
		if u := testSource.Uniform(watchPurpose, uint64(first+i), 0); u < mean { // in two halves, so that it is no coin
			seconds = 30
		}
		if u := testSource.Uniform(watchPurpose, uint64(first+i), 1); u < mean {
			seconds += 30
		}
		data.Rows[i].Watch, data.Rows[i].Length = float32(seconds), 60
		expected = append(expected, mean)
	}
	return data, expected
}

// What is learned is the mean, to within what one pass leaves: a root mean
// square of .05 on a scale on which the means themselves spread by more than .15.
func TestTheWatchHeadLearnsTheMean(t *testing.T) {
	for family, w := range map[Family]planted{Linear: additive(8), FM: interacting(8), MLP: bent(6)} {
		data, _ := watched(w, 0, 60_000)
		held, expected := watched(w, 60_000, 5000)
		r := trained(valued(family), data)
		rows := make([]int, len(held.Rows))
		for i := range rows {
			rows[i] = i
		}
		q := query(held, rows...)
		r.Rank(q)
		off, spread := 0.0, 0.0
		for i, mean := range expected {
			off += math.Pow(float64(q.Watch[i])-mean, 2)
			spread += math.Pow(mean-.5, 2)
		}
		n := float64(len(expected))
		assert.Less(t, math.Sqrt(off/n), .05, family)
		assert.Greater(t, math.Sqrt(spread/n), .15, family)
	}
}

// The head for the watch moves no bit of the other heads of a linear model, and
// a request without it has no watch.
func TestTheWatchHeadStandsBesideTheOthers(t *testing.T) {
	data, _ := watched(additive(8), 0, 3000)
	with, without := trained(valued(Linear), data), trained(ofFamily(Linear), data)
	a, b := query(data, 1, 2, 3), query(data, 1, 2, 3)
	with.Rank(a)
	without.Rank(b)
	assert.Equal(t, b.Predictions, a.Predictions)
	assert.Len(t, a.Watch, 3)
	assert.Empty(t, b.Watch)
	for i := range a.Scores {
		assert.InDelta(t, b.Scores[i]+a.Watch[i], a.Scores[i], 1e-5, "it is worth 1")
	}
}

func TestScalesOfTheWatch(t *testing.T) {
	rows := []system.Example{{Watch: 15, Length: 30}, {Watch: 90, Length: 30}, {}, {Watch: 3, Length: 60}}
	c := Watch{Label: Seconds, Cap: time.Minute}
	assert.Equal(t, []float32{.25, 1, 0, .05}, c.labels(rows))
	c.Label = Ratio
	assert.Equal(t, []float32{.5, 1, 0, .05}, c.labels(rows))
	c.Label, c.Buckets = Rank, 2
	assert.Equal(t, []float32{.25, .75, 0, .5}, c.labels(rows), "the middle of the share of views")
	assert.Empty(t, c.labels(nil))
}

// By its definition: the share of the bucket's views that were shorter, and half
// of those that were as long.
func TestRanksAgainstTheirDefinition(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := make([]system.Example, rapid.IntRange(0, 60).Draw(rt, "rows"))
		for i := range rows {
			rows[i].Watch = float32(rapid.IntRange(0, 5).Draw(rt, "watch"))
			rows[i].Length = float32(rapid.IntRange(1, 4).Draw(rt, "length"))
		}
		one := ranks(rows, 1)
		many := ranks(rows, 1000) // every length is a bucket of its own
		share := func(i int, in func(*system.Example) bool) float32 {
			below, n := float32(0), float32(0)
			for j := range rows {
				if rows[j].Watch == 0 || !in(&rows[j]) {
					continue
				}
				n++
				if rows[j].Watch < rows[i].Watch {
					below++
				} else if rows[j].Watch == rows[i].Watch {
					below += .5
				}
			}
			return below / n
		}
		for i := range rows {
			if rows[i].Watch == 0 {
				assert.Zero(rt, one[i])
				assert.Zero(rt, many[i])
				continue
			}
			assert.InDelta(rt, share(i, func(*system.Example) bool { return true }), one[i], 1e-6)
			same := func(e *system.Example) bool { return e.Length == rows[i].Length }
			assert.InDelta(rt, share(i, same), many[i], 1e-6)
		}
	})
}

// Length alone says nothing of the rank, and everything of the seconds.
func TestRanksDoNotKnowTheLength(t *testing.T) {
	rows := make([]system.Example, 20_000)
	for i := range rows {
		u, v := testSource.Uniforms(watchPurpose, uint64(i), 2)
		rows[i].Length = float32(5 + 85*u)
		rows[i].Watch = rows[i].Length * float32(v)
	}
	mean := func(c Watch, long bool) float64 {
		sum, n := 0.0, 0.0
		for i, y := range c.labels(rows) {
			if (rows[i].Length > 45) == long {
				sum += float64(y)
				n++
			}
		}
		return sum / n
	}
	c := DefaultConfig().Watch
	assert.Greater(t, mean(c, true), 2*mean(c, false))
	c.Label = Rank
	assert.InDelta(t, mean(c, false), mean(c, true), .01, "two standard errors of some 10,000 uniform ranks")
}
