package stream

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
)

// topic is a log under test with its producer, one group and what became of
// everything.
type topic struct {
	kernel *sim.Kernel
	log    *Log[int]
	out    *Producer[int]
	group  *Group[int]
	read   []int
	fates  [Fates][]int
	send   sim.Kind
	sent   []int
}

func newTopic(c Config) *topic {
	t := &topic{kernel: sim.New(sim.Options{})}
	t.log = NewLog(t.kernel, c, func(v *int) sim.Time { return sim.Time(*v) })
	t.out = t.log.Producer()
	note := func(v *int, f Fate) { t.fates[f] = append(t.fates[f], *v) }
	t.out.Fated = note
	t.group = t.log.Subscribe("g", func(v *int) { t.read = append(t.read, *v) })
	t.group.Fated = note
	t.send = t.kernel.Register("send", sim.People, func(e sim.Event) {
		v := int(e.Arg)
		t.sent = append(t.sent, v)
		t.out.Send(uint64(e.Actor), &v)
	})
	return t
}

// every sends numbers 0 to n-1 of one key, a pause apart.
func (t *topic) every(n int, pause time.Duration) {
	for i := range n {
		t.kernel.At(at(time.Duration(i)*pause), t.send, 1, uint64(i))
	}
}

// leader is the broker that leads the partition of key 1.
func (t *topic) leader() string {
	return string(rune('0' + t.log.broker(Partition(1, t.log.Partitions()), 0)))
}

func (t *topic) pull(tt *testing.T, kind, target string, from, length time.Duration, parameter float64) {
	require.NoError(tt, t.kernel.Inject(sim.Plan{{Kind: kind, Target: target, At: at(from), For: length, Parameter: parameter}}))
}

func numbers(from, to int) (list []int) {
	for i := from; i < to; i++ {
		list = append(list, i)
	}
	return list
}

// replicated is a log of three brokers, the followers 100 ms behind and
// acknowledgements 20 ms on their way.
func replicated(acks Acks) Config {
	c := DefaultConfig()
	c.Partitions = 3 // each broker leads one
	c.Replication = Replication{
		Brokers: 3, Replicas: 3, Acks: acks, Lag: 100 * time.Millisecond, Ack: 20 * time.Millisecond, Election: 5 * time.Second,
	}
	return c
}

// A record every 10 ms; the leader dies at 1,005 ms, when it holds numbers 0 to
// 100. Its followers have those up to 905 ms, numbers 0 to 90. Of the ten that
// are cut off, acks decide what is lost for good: none was waited for, all ten;
// the leader's own came back for those up to 985 ms, numbers 91 to 98; with all
// replicas' none had come back.
func TestWhatTheLossOfALeaderCosts(t *testing.T) {
	for _, c := range []struct {
		acks           Acks
		lost, returned []int
	}{
		{NoAcks, numbers(91, 101), nil},
		{LeaderAcks, numbers(91, 99), numbers(99, 101)},
		{AllAcks, nil, numbers(91, 101)},
	} {
		tp := newTopic(replicated(c.acks))
		tp.every(200, 10*time.Millisecond)
		tp.pull(t, BrokerLoss, tp.leader(), 1005*time.Millisecond, time.Minute, 0)
		tp.kernel.Run(at(time.Hour))
		assert.Equal(t, c.lost, tp.fates[LeaderLost], c.acks)
		assert.Equal(t, c.returned, tp.fates[Returned], c.acks)
		assert.Empty(t, tp.fates[Resent])
		want := append(numbers(0, 91), c.returned...)
		assert.Equal(t, append(want, numbers(101, 200)...), tp.read, "in order, without a gap but what is lost")
		counts := tp.log.Counts()
		assert.True(t, counts.Balanced(), "%+v", counts)
		assert.EqualValues(t, len(c.lost), counts.Lost)
		assert.EqualValues(t, 10, counts.Truncated)
		assert.EqualValues(t, 1, tp.log.Elections())
	}
}

// Acknowledgements of all replicas take 120 ms: at 1,005 ms those of the
// records after 885 ms, numbers 89 and 90, were on their way. A producer that
// numbers its records has them recognised; one that does not writes them twice.
func TestIdempotenceKeepsTheSecondCopyOut(t *testing.T) {
	for _, idempotent := range []bool{true, false} {
		c := replicated(AllAcks)
		c.Producer.Idempotent = idempotent
		tp := newTopic(c)
		tp.every(200, 10*time.Millisecond)
		tp.pull(t, BrokerLoss, tp.leader(), 1005*time.Millisecond, time.Minute, 0)
		tp.kernel.Run(at(time.Hour))
		if idempotent {
			assert.Equal(t, numbers(0, 200), tp.read)
			assert.EqualValues(t, 2, tp.out.Recognised)
			continue
		}
		assert.Equal(t, append(append(numbers(0, 91), 89, 90), numbers(91, 200)...), tp.read)
		assert.Equal(t, []int{89, 90}, tp.fates[Resent])
	}
}

// Readers see what every replica has, and nothing that could be cut off.
func TestReadersStayBelowTheHighWatermark(t *testing.T) {
	c := replicated(LeaderAcks)
	c.Poll, c.Replication.Lag = time.Millisecond, time.Second
	tp := newTopic(c)
	tp.every(200, 10*time.Millisecond)
	tp.kernel.Run(at(1500 * time.Millisecond))
	assert.Equal(t, numbers(0, 51), tp.read)
	tp.kernel.Run(at(time.Minute))
	assert.Len(t, tp.read, 200)
}

// With one replica nothing is lost but time, as long as the producer's patience
// lasts; beyond it records are given up and counted.
func TestALoneBrokerComesBackWithEverything(t *testing.T) {
	for length, lost := range map[time.Duration]int{time.Minute: 0, 5 * time.Minute: 180} {
		tp := newTopic(DefaultConfig())
		tp.every(600, time.Second)
		tp.pull(t, BrokerLoss, "0", 100*time.Second-1, length, 0)
		tp.kernel.Run(at(100*time.Second + length/2))
		assert.Equal(t, 4, tp.log.Leaderless())
		assert.Positive(t, tp.out.Waiting())
		tp.kernel.Run(at(time.Hour))
		// It is back, and its partitions have a leader, 10 s later; whatever has
		// waited for more than two minutes then is gone.
		if lost > 0 {
			lost = int((length + 10*time.Second - 2*time.Minute) / time.Second)
		}
		assert.Len(t, tp.fates[TimedOut], lost)
		assert.Len(t, tp.read, 600-lost)
		assert.IsIncreasing(t, tp.read)
	}
}

// The last replica in sync is waited for: two followers die first, so only the
// leader has what came after.
func TestNoUncleanElection(t *testing.T) {
	for _, acks := range []Acks{AllAcks, LeaderAcks} {
		tp := newTopic(replicated(acks))
		leader := tp.leader()
		tp.every(10_000, 10*time.Millisecond)
		for _, b := range []string{"0", "1", "2"} {
			if b != leader {
				tp.pull(t, BrokerLoss, b, 10*time.Second, 60*time.Second, 0)
			}
		}
		tp.pull(t, BrokerLoss, leader, 30*time.Second, 50*time.Second, 0)
		tp.kernel.Run(at(75 * time.Second))
		assert.Positive(t, tp.log.Leaderless(), "two brokers are up, neither knows everything")
		tp.kernel.Run(at(time.Hour))
		assert.Equal(t, numbers(0, 10_000), tp.read)
		assert.Zero(t, tp.log.Counts().Truncated, "the leader had no follower, and is back with everything")
	}
}

// A producer has room for so many; who asks first knows.
func TestAFullProducerSaysSo(t *testing.T) {
	c := DefaultConfig()
	c.Producer.Buffer = 10
	tp := newTopic(c)
	tp.pull(t, BrokerLoss, "", 0, time.Hour, 0)
	tp.kernel.Run(0)
	for i := range 8 {
		require.True(t, tp.out.Room(2))
		tp.out.Send(1, &i)
	}
	assert.False(t, tp.out.Room(3))
	assert.True(t, tp.out.Room(2))
	tp.kernel.Run(at(2*time.Minute + 1))
	assert.True(t, tp.out.Room(10), "who waited too long has left")
	assert.Len(t, tp.fates[TimedOut], 8)
}

// A share of 60 % on one key fills its partition with .6 + .4/4 = 70 % of
// 4,000 records, within 4 sqrt(.21 x 4,000) = 116; salted by four it lies on as
// many partitions as its four sub-keys do.
func TestSaltSpreadsAHotKey(t *testing.T) {
	fullest := func(salt int) int {
		c := DefaultConfig()
		c.Producer.Salt, c.Partitions = salt, 4
		tp := newTopic(c)
		tp.pull(t, HotPartition, "", 0, time.Hour, .6)
		for i := range 4000 {
			tp.kernel.At(at(time.Duration(i)*time.Millisecond), tp.send, uint32(i+1), uint64(i)*1e6)
		}
		tp.kernel.Run(at(10 * time.Second))
		most := 0
		for part := range 4 {
			most = max(most, int(tp.log.End(part)))
		}
		return most
	}
	assert.InDelta(t, 2800, fullest(1), 116)
	assert.Less(t, fullest(64), 1400, "a quarter of the keys and of 64 sub-keys: 1,000, and some by luck")
}

// While a partition is silent its keys go to the next one; the watermark waits
// for it only as long as `idle` says.
func TestIdlePartitionHoldsTheWatermarkForAWhile(t *testing.T) {
	lag := func(idle time.Duration) time.Duration {
		c := DefaultConfig()
		c.Idle = idle
		k, g, appendAt := watched(c)
		require.NoError(t, k.Inject(sim.Plan{{Kind: IdlePartition, Target: "0", At: at(time.Hour)}}))
		for m := range 240 {
			now := time.Duration(m) * time.Minute / 2
			appendAt(m%2, now, now)
		}
		k.Run(at(119*time.Minute + 45*time.Second))
		wait, ok := g.WatermarkLag()
		require.True(t, ok)
		return wait
	}
	assert.Less(t, lag(time.Minute), 3*time.Minute)
	assert.Greater(t, lag(sim.Day), 55*time.Minute, "nothing moves since the fault began")
}

// A day ahead: held to the clock it changes nothing; taken for true it moves
// the watermark past everybody else.
func TestFutureDatedRecordMovesNoWatermarkThatIsClamped(t *testing.T) {
	for _, clamp := range []bool{true, false} {
		c := DefaultConfig()
		c.Clamp = clamp
		k, g, appendAt := watched(c)
		appendAt(0, time.Minute, sim.Day)
		appendAt(1, time.Minute, sim.Day)
		k.Run(at(2 * time.Minute))
		assert.Equal(t, clamp, g.Watermark() < k.Now())
	}
}
