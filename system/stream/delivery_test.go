package stream

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
)

// A saturated group crashes with 500 records in hand, of which it has
// processed some. Committed before, the rest of them is lost; committed after,
// what was processed since the last commit comes again.
func TestDeliveryGuarantees(t *testing.T) {
	crash := func(d Guarantee) *topic {
		c := DefaultConfig()
		c.RatePerSec, c.Consumer.Delivery = 100, d
		tp := newTopic(c)
		tp.every(2000, time.Millisecond)
		tp.pull(t, Crash, "", 12300*time.Millisecond, time.Second, 0)
		tp.kernel.Run(at(time.Minute))
		assert.Zero(t, tp.group.Lag())
		return tp
	}
	times := func(tp *topic) (never, once, more int) {
		count := map[int]int{}
		for _, v := range tp.read {
			count[v]++
		}
		for v := range 2000 {
			switch count[v] {
			case 0:
				never++
			case 1:
				once++
			default:
				more++
			}
		}
		return never, once, more
	}

	tp := crash(AtMostOnce)
	never, _, more := times(tp)
	assert.Zero(t, more)
	assert.Equal(t, never, int(tp.group.Dropped))
	assert.Equal(t, never, len(tp.fates[Dropped]))
	// At its last poll, at 12 s, it had processed 1,200 at most: two hands of 500
	// and 200 of the third.
	assert.InDelta(t, 300, never, 50, "within a poll of half a second")

	tp = crash(AtLeastOnce)
	never, _, more = times(tp)
	assert.Zero(t, never)
	assert.Equal(t, more, int(tp.group.Repeated))
	// Commits every 5 s: at 10.5 s or so; 12.3 s is 1.8 s and 180 records later.
	assert.InDelta(t, 200, more, 60, "within a poll on either side")
}

// summing is the smallest state: a sum and a number of records.
type summing struct{ sum, n int }

func (s *summing) Snapshot() any     { return *s }
func (s *summing) Restore(saved any) { *s = saved.(summing) }

// pipeline is a group that counts in windows, and all it has put out, as one
// state.
type pipeline struct {
	windows *Windows[int, int]
	out     []fired
	late    int
}

func (p *pipeline) Snapshot() any {
	return struct {
		w    any
		out  []fired
		late int
	}{p.windows.Snapshot(), append([]fired(nil), p.out...), p.late}
}

func (p *pipeline) Restore(saved any) {
	s := saved.(struct {
		w    any
		out  []fired
		late int
	})
	p.windows.Restore(s.w)
	p.out, p.late = append([]fired(nil), s.out...), s.late
}

// The small run: 120 records, up to 12 s out of order, in windows of ten
// seconds by key, a checkpoint every 5 s that takes 1 s to be safe. Crash is the
// number of the record after whose processing the group crashes.
func smallRun(t *testing.T, delivery Guarantee, partitions int, disorder time.Duration, crash int) (*pipeline, *Group[int]) {
	c := DefaultConfig()
	c.Partitions, c.Disorder, c.RatePerSec = partitions, disorder, 10
	c.Consumer.Delivery, c.Consumer.Checkpoint, c.Consumer.Write = delivery, 5*time.Second, time.Second
	k, log := newTestLog(c)
	p := &pipeline{}
	p.windows = NewWindows(Windowing{Shape: Tumbling, Size: 10 * time.Second, Lateness: time.Second},
		func(into *int, n int) { *into += n }, func(_ int, w Window, n int) { p.out = append(p.out, fired{w, n}) })
	var g *Group[int]
	processed := 0
	g = log.Subscribe("g", func(v *int) {
		if !p.windows.Add(*v%977%5, sim.Time(*v), 1) {
			p.late++
		}
		p.windows.Advance(g.Watermark())
		if processed++; processed == crash {
			g.Crash()
		}
	})
	g.Keep(p)
	tick := k.Register("append", sim.People, func(e sim.Event) { log.Append(e.Arg, int(e.Arg)) })
	for i := range 120 {
		late := time.Duration(i*i%7) * 3 * time.Second
		k.At(at(time.Duration(i)*300*time.Millisecond+10*time.Second), tick, 0, uint64(time.Duration(i)*300*time.Millisecond+10*time.Second-late)+uint64(i)*1e3%977)
	}
	k.Run(at(10 * time.Minute))
	require.Zero(t, g.Lag())
	return p, g
}

// Crash after every single record: offsets and state are one manifest, so the
// outcome is that of the run without a crash, to the last window. On one
// partition that holds for what comes too late, too. On several, how their
// records interleave differs after a crash; exactly once is then a promise about
// records that are not late, in any such system.
func TestExactlyOnceWhereverItCrashes(t *testing.T) {
	for partitions, disorder := range map[int]time.Duration{1: 4 * time.Second, 3: 12 * time.Second} {
		want, g := smallRun(t, ExactlyOnce, partitions, disorder, 0)
		require.EqualValues(t, 120, g.Read)
		require.Greater(t, g.Checkpoints(), uint64(4))
		require.Equal(t, partitions == 1, want.late > 0)
		require.Greater(t, len(want.out), 10)
		replayed := uint64(0)
		for crash := 1; crash <= 120; crash++ {
			got, g := smallRun(t, ExactlyOnce, partitions, disorder, crash)
			require.Equal(t, want.windows.Counts(), got.windows.Counts(), "crash after record %d", crash)
			require.Equal(t, want.late, got.late)
			require.ElementsMatch(t, want.out, got.out)
			require.EqualValues(t, 120, g.Read-g.Replayed)
			replayed += g.Replayed
		}
		assert.Greater(t, replayed, uint64(1000), "recovery had work to do")
	}
}

// The same crashes without checkpoints do double some windows, or the test
// above proves nothing.
func TestAtLeastOnceDoubles(t *testing.T) {
	want, _ := smallRun(t, AtLeastOnce, 3, 12*time.Second, 0)
	got, g := smallRun(t, AtLeastOnce, 3, 12*time.Second, 60)
	assert.Positive(t, g.Repeated)
	assert.Equal(t, want.windows.Counts().Added+g.Repeated, got.windows.Counts().Added)
}

// A checkpoint that is not safe yet is none: the crash comes 2 s after the
// checkpoint at 5 s began, which takes 4 s, and goes back to the beginning.
func TestACheckpointIsThereWholeOrNotAtAll(t *testing.T) {
	for write, replayed := range map[time.Duration]bool{4 * time.Second: true, time.Second: false} {
		c := DefaultConfig()
		c.Consumer.Delivery, c.Consumer.Checkpoint, c.Consumer.Write = ExactlyOnce, 5*time.Second, write
		k, log := newTestLog(c)
		s := &summing{}
		g := log.Subscribe("g", func(v *int) { s.sum += *v; s.n++ })
		g.Keep(s)
		tick := k.Register("append", sim.People, func(sim.Event) { log.Append(1, 1) })
		k.Every(0, time.Second, tick)
		require.NoError(t, k.Inject(sim.Plan{
			{Kind: Crash, At: at(8 * time.Second), For: time.Second}, {Kind: Crash, At: at(9600 * time.Millisecond), For: time.Second},
		}))
		k.Run(at(8 * time.Second))
		assert.Equal(t, replayed, s.n == 0, "%v: %d records", write, s.n)
		k.Run(at(9600 * time.Millisecond))
		assert.Equal(t, replayed, s.n == 0, "%v: what a crash has cut off is not safe when its time would have come", write)
		k.Run(at(100*time.Second - 1))
		assert.Equal(t, 100, s.n)
		assert.Equal(t, 100, s.sum)
	}
}

// Partitions are divided: each has one owner, and nobody has two more than
// another. A commit of an older generation, or of somebody else, is refused.
func TestCoordinator(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		partitions, members := rapid.IntRange(1, 20).Draw(rt, "partitions"), rapid.IntRange(1, 8).Draw(rt, "members")
		c := NewCoordinator(partitions, members)
		generation := c.Generation()
		for range rapid.IntRange(0, 10).Draw(rt, "changes") {
			member, joined := rapid.IntRange(0, members-1).Draw(rt, "member"), rapid.Bool().Draw(rt, "joined")
			was := c.Member(member)
			require.Equal(rt, was != joined, c.Set(member, joined))
			if was != joined {
				generation++
			}
			require.Equal(rt, generation, c.Generation())
			load, present := make([]int, members), 0
			for m := range load {
				if c.Member(m) {
					present++
				}
			}
			for part := range partitions {
				owner := c.Owner(part)
				require.Equal(rt, present == 0, owner == nobody)
				if owner != nobody {
					require.True(rt, c.Member(owner))
					load[owner]++
				}
			}
			for m := range load {
				if c.Member(m) {
					require.InDelta(rt, float64(partitions)/float64(present), load[m], 1)
				}
			}
		}
		owner := c.Owner(0)
		require.Error(rt, c.Commit(owner, generation-1, 0, 5))
		require.Error(rt, c.Commit(owner+1, generation, 0, 5))
		require.EqualValues(rt, 2, c.Fenced)
		require.Zero(rt, c.Committed(0))
		require.NoError(rt, c.Commit(owner, generation, 0, 5))
		require.NoError(rt, c.Commit(owner, generation, 0, 3))
		require.EqualValues(rt, 5, c.Committed(0), "never back")
	})
}

// The rate is divided among members: a partition that gets everything has one
// member's share, however idle the others are.
func TestAHotPartitionHasOneMember(t *testing.T) {
	read := func(members int) uint64 {
		c := DefaultConfig()
		c.Consumer.Members, c.RatePerSec = members, 40
		tp := newTopic(c)
		tp.every(1000, time.Millisecond)
		tp.kernel.Run(at(10 * time.Second))
		return tp.group.Read
	}
	assert.InDelta(t, 400, float64(read(1)), 40, "within a second's worth")
	assert.InDelta(t, 100, float64(read(4)), 10)
}

// A member that leaves in good order commits first: two pauses, nothing lost,
// nothing twice, and the partitions move.
func TestRebalancePausesAndLosesNothing(t *testing.T) {
	c := DefaultConfig()
	c.Consumer.Members, c.Consumer.Pause = 3, 30*time.Second
	tp := newTopic(c)
	for i := range 600 {
		tp.kernel.At(at(time.Duration(i)*time.Second), tp.send, uint32(i), uint64(i))
	}
	tp.pull(t, Rebalance, "g", time.Minute, time.Minute, 0)
	tp.kernel.Run(at(89 * time.Second))
	lag := tp.group.Lag()
	assert.InDelta(t, 29, float64(lag), 2, "paused")
	assert.Equal(t, []int{0, 0, 1, 1}, tp.group.coordinator.owner)
	tp.kernel.Run(at(time.Hour))
	assert.Equal(t, []int{0, 0, 1, 2}, tp.group.coordinator.owner)
	assert.Len(t, tp.read, 600)
	assert.Zero(t, tp.group.Repeated+tp.group.Dropped+tp.group.Skipped)
}

// A member freezes with records in hand; the others take over, and it wakes.
// Fencing refuses what it brings; without it, that is done twice.
func TestFencingKeepsAZombieOut(t *testing.T) {
	for _, fencing := range []bool{true, false} {
		c := DefaultConfig()
		c.Consumer.Members, c.Consumer.Fencing, c.RatePerSec = 2, fencing, 10
		tp := newTopic(c)
		for i := range 600 {
			tp.kernel.At(at(time.Duration(i)*100*time.Millisecond), tp.send, uint32(i), uint64(i))
		}
		tp.pull(t, Zombie, "g", 30*time.Second, 2*time.Minute, 0)
		tp.kernel.Run(at(time.Hour))
		assert.Zero(t, tp.group.Lag())
		assert.Equal(t, fencing, tp.group.Fenced > 0)
		taken := len(tp.fates[Repeated]) // since the last commit, by those who took over
		if fencing {
			assert.Less(t, taken, 30, "5 s of 5 a second, and a poll")
		} else {
			assert.Greater(t, taken, 30, "and the hand")
		}
		assert.Equal(t, 600+taken, len(tp.read))
	}
}

// A freeze shorter than the session is a pause and nothing else.
func TestAShortFreezeIsForgiven(t *testing.T) {
	tp := newTopic(DefaultConfig())
	tp.every(100, time.Second)
	tp.pull(t, Zombie, "g", 30*time.Second, 40*time.Second, 0)
	tp.kernel.Run(at(time.Hour))
	assert.Equal(t, numbers(0, 100), tp.read)
	assert.Zero(t, tp.group.Fenced)
	assert.Equal(t, 1, tp.group.coordinator.Generation())
}

// Retention runs over a stalled group: it goes on at the oldest record that is
// left, or at the next to come, and counts what it has missed.
func TestOffsetResetAfterAnOverrun(t *testing.T) {
	for _, reset := range []Reset{Earliest, Latest} {
		c := DefaultConfig()
		c.Retention, c.Consumer.Reset = time.Hour, reset
		tp := newTopic(c)
		tp.every(300, time.Minute)
		tp.pull(t, Stall, "g", 10*time.Minute-1, 3*time.Hour, 0)
		tp.kernel.Run(at(10 * time.Hour))
		assert.Equal(t, 300, len(tp.read)+int(tp.group.Skipped))
		assert.Len(t, tp.fates[Overrun], int(tp.group.Skipped))
		if reset == Earliest {
			assert.InDelta(t, 115, float64(tp.group.Skipped), 7, "two hours of three, segments being a tenth of one long")
		} else {
			assert.InDelta(t, 180, float64(tp.group.Skipped), 1, "all that came meanwhile")
		}
	}
}

// A disk that runs full leaves a hundredth of the retention.
func TestRetentionCut(t *testing.T) {
	c := DefaultConfig()
	c.Retention = 10 * time.Hour
	tp := newTopic(c)
	tp.every(20*60, time.Minute)
	tp.pull(t, RetentionCut, "", 11*time.Hour, time.Hour, 10)
	tp.kernel.Run(at(11*time.Hour) - 1)
	assert.InDelta(t, 600, tp.log.Len(), 120, "within a segment, a tenth of it, on either side")
	tp.kernel.Run(at(12*time.Hour) - 1)
	assert.InDelta(t, 60, tp.log.Len(), 61, "within a segment")
	assert.True(t, tp.log.Counts().Balanced())
}

// Room for 2,000 records a partition, whatever their age.
func TestMemoryIsBoundedByRetention(t *testing.T) {
	c := DefaultConfig()
	c.Partitions, c.RetainRecords = 1, 2000
	tp := newTopic(c)
	tp.every(50_000, time.Millisecond)
	most := 0
	for s := range 60 {
		tp.kernel.Run(at(time.Duration(s) * time.Second))
		most = max(most, tp.log.Len())
	}
	assert.LessOrEqual(t, most, 2000+2*segmentRecords)
	assert.LessOrEqual(t, len(tp.log.free)+len(tp.log.parts[0].segments), 6, "deleted segments are used again")
}

// census is a state that counts how often each number was processed.
type census map[int]int

func (c census) Snapshot() any { return maps.Clone(c) }
func (c census) Restore(saved any) {
	clear(c)
	maps.Copy(c, saved.(census))
}

// Exactly once under everything at once: crashes, zombies, rebalances, stalls,
// dying brokers, in any configuration that takes no record away for good. In the
// end the state has counted each number once.
func TestExactlyOnceInAnyWeather(t *testing.T) {
	replayed, elections := uint64(0), uint64(0)
	rapid.Check(t, func(rt *rapid.T) {
		d := func(n int, what string) int { return rapid.IntRange(0, n-1).Draw(rt, what) }
		c := anyConfig(d)
		c.Retention, c.Consumer.Delivery, c.Consumer.Fencing = sim.Day, ExactlyOnce, true
		c.Replication.Acks, c.Producer.Idempotent, c.Producer.Timeout = AllAcks, true, 3*time.Hour
		c.Consumer.Checkpoint = []time.Duration{5 * time.Second, 2 * time.Minute}[d(2, "checkpoint")]
		c.Consumer.Write = []time.Duration{0, 4 * time.Second}[d(2, "write")]
		state := census{}
		k := sim.New(sim.Options{})
		log := NewLog(k, c, func(v *int) sim.Time { return sim.Time(*v) })
		out := log.Producer()
		g := log.Subscribe("g", func(v *int) { state[*v]++ })
		g.Keep(state)
		send := k.Register("send", sim.People, func(e sim.Event) {
			v := int(e.Arg)
			out.Send(uint64(e.Actor), &v)
		})
		plan := slices.DeleteFunc(anyPlan(d), func(f sim.Fault) bool { return f.Kind == RetentionCut })
		require.NoError(rt, k.Inject(plan))
		n := 1 + d(300, "records")
		for i := range n {
			k.At(at(time.Duration(d(1200, "second"))*time.Second), send, uint32(i%11), uint64(i))
		}
		k.Run(at(4 * time.Hour))
		require.Zero(rt, g.Lag())
		require.True(rt, g.Balanced())
		require.Len(rt, state, n)
		for v, times := range state { // ordered: each by itself
			require.Equal(rt, 1, times, "number %d", v)
		}
		replayed += g.Replayed
		elections += log.Elections()
	})
	assert.Positive(t, replayed)
	assert.Positive(t, elections)
}
