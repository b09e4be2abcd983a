package stream

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"feedloop/sim"
)

// Ninety days of a record a minute, read exactly once by a group that stalls for
// three days in each fifteen and crashes two days later; both that and its
// checkpoints take longer than the retention. The room for records in segments,
// used and to be used again, and in what a recovery would miss, is in the last
// thirty days at most what it was in the thirty before.
func TestMemoryIsFlatOverNinetyDays(t *testing.T) {
	c := DefaultConfig()
	c.Partitions, c.Retention = 3, 2*sim.Day
	c.Consumer.Delivery, c.Consumer.Checkpoint = ExactlyOnce, 60*time.Hour
	k, log := newTestLog(c)
	sum := &summing{}
	g := log.Subscribe("g", func(v *int) { sum.n++ })
	g.Keep(sum)
	var plan sim.Plan
	for day := 8; day < 90; day += 15 {
		plan = append(plan, sim.Fault{Kind: Stall, At: at(time.Duration(day) * sim.Day), For: 3 * sim.Day},
			sim.Fault{Kind: Crash, At: at(time.Duration(day+5) * sim.Day), For: time.Hour})
	}
	assert.NoError(t, k.Inject(plan))
	n := uint64(0)
	k.Every(at(time.Minute), time.Minute, k.Register("append", sim.People, func(e sim.Event) {
		n++
		log.Append(n, int(e.At))
	}))
	most := func(from, to int) (room int) {
		for now := at(time.Duration(from) * sim.Day); now < at(time.Duration(to)*sim.Day); now = now.Add(time.Hour) {
			k.Run(now)
			sum := cap(g.checkpoints.gone)
			for _, s := range log.free {
				sum += cap(s.records)
			}
			for i := range log.parts {
				for _, s := range log.parts[i].segments {
					sum += cap(s.records)
				}
			}
			room = max(room, sum)
		}
		return room
	}
	most(0, 30)
	middle, last := most(30, 60), most(60, 90)
	assert.LessOrEqual(t, last, middle)
	perDay := int(sim.Day / time.Minute)
	assert.Less(t, last, 2*(3+3)*perDay, "two days and segments that are not yet whole, a checkpoint and its age, and room to grow")
	assert.Positive(t, g.Skipped)
	assert.Positive(t, g.Replayed)
	assert.Positive(t, cap(g.checkpoints.gone))
	assert.EqualValues(t, g.Read-g.Replayed, sum.n, "and every record counts once")
}
