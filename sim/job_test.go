package sim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestJobIsJoinedAtItsEvent(t *testing.T) {
	both(t, func(t *testing.T, k *Kernel) {
		weights := make(map[uint32]int)
		var seen []Event
		trained := k.Register("trained", Infrastructure, func(e Event) {
			seen = append(seen, e)
			assert.Equal(t, int(e.Arg)*2, weights[e.Actor], "the result is there when the event is delivered")
		})
		for i := range uint32(3) { // the longest first, so that slots do not come back in order
			var result int
			arg := uint64(i + 10)
			k.Go(time.Duration(30-10*i), trained, i, arg, func() { result = int(arg) * 2 })
			publish := k.Register("publish"+string(rune('a'+i)), Faults, func(Event) {
				<-k.jobs.waiting[i].done
				weights[i] = result
			})
			k.After(time.Duration(30-10*i), publish, 0, 0)
		}
		k.Run(100)
		assert.Equal(t, []Event{{At: 10, Kind: trained, Actor: 2, Arg: 12}, {At: 20, Kind: trained, Actor: 1, Arg: 11},
			{At: 30, Kind: trained, Actor: 0, Arg: 10}}, seen)
		assert.Zero(t, k.jobs.Len())
	})
}

func TestJobPanicsAtTheJoin(t *testing.T) {
	k := New(Options{})
	trained := k.Register("trained", Infrastructure, func(Event) {})
	k.Go(10, trained, 0, 0, func() { panic("weights are NaN") })
	k.Run(9)
	defer func() {
		assert.Contains(t, recover(), "sim: a job beside the loop panicked: weights are NaN\n")
		assert.Equal(t, Time(10), k.Now())
	}()
	k.Run(10)
	t.Error("the panic was lost")
}
