package user

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/system"
)

// Interest feeds on itself, by creator: who stays likes the next post by the step
// more, who passes by likes it less, and other creators' posts are as they were.
func TestInterestInACreatorFeedsOnItself(t *testing.T) {
	for _, stays := range []bool{true, false} {
		c := steady()
		c.Taste.Attachment, c.Taste.Regret = 0.05, 0
		c.Choice.Engage, c.Choice.EngageAppeal = -50, 0
		sign := float32(-1)
		if stays {
			c.Choice.Engage, sign = 50, 1
		}
		a := newApp(c)
		by := func(creator system.CreatorID) system.PostID {
			id := a.post(0, 0.3, content.Truth{Quality: 1, Length: 20})
			a.posts.Truths[id].Creator = creator
			return id
		}
		for met := range 4 {
			_, value := a.meet(0, by(7))
			assert.InDelta(t, 0.3+sign*0.05*float32(met), value, 1e-6, "post %d of a creator", met+1)
		}
		_, value := a.meet(0, by(8))
		assert.InDelta(t, 0.3, value, 1e-6, "another creator")
		a.people.degenerate()
		assert.InDelta(t, 0.05*math.Sqrt(4*4+1), a.level(InterestDrift.Name), 1e-9, "four posts of one, one of another")
	}
}

// The length that is kept up to date is that of the counts.
func TestAttachmentKnowsItsLength(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var a attachment
		twin := map[system.CreatorID]float64{}
		for range rapid.IntRange(0, 60).Draw(rt, "posts") {
			creator := system.CreatorID(rapid.IntRange(0, 4).Draw(rt, "creator"))
			stayed := rapid.Bool().Draw(rt, "stayed")
			a.meet(creator, stayed)
			if twin[creator]--; stayed {
				twin[creator] += 2
			}
		}
		sum := 0.0
		for creator := range system.CreatorID(5) {
			require.Equal(rt, twin[creator], float64(a.net[creator]))
			sum += twin[creator] * twin[creator]
		}
		require.InDelta(rt, math.Sqrt(sum), a.length(), 1e-9)
	})
}

// A taste that has turned from one topic to another, at a right angle, is the
// root of two from home; one between two topics likes either by as much.
func TestTasteDriftIsTheDistanceFromHome(t *testing.T) {
	a := newApp(steady())
	who := &a.people.All[0]
	who.home, who.Taste = a.posts.Topics.Centres[0], a.posts.Topics.Centres[1]
	a.people.degenerate()
	assert.InDelta(t, math.Sqrt2, a.level(TasteDrift.Name), 1e-9)
	assert.InDelta(t, 1, a.level(TasteFocus.Name), 1e-9)
	who.Taste = content.Vector{}
	who.Taste[0], who.Taste[1] = math.Sqrt2/2, math.Sqrt2/2
	a.people.degenerate()
	assert.InDelta(t, math.Sqrt2/2, a.level(TasteFocus.Name), 1e-6)
	assert.Zero(t, a.level(InterestDrift.Name), "nobody attaches unless a scenario asks")
}

// level is what a gauge shows when the next window closes.
func (a *app) level(metric string) float64 {
	a.now += sim.Time(sim.Day)
	a.rec.Tick(a.now)
	result := a.rec.Result()
	column := result.Column(metric)
	return column[len(column)-1]
}
