package stream

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/sim/rng"
)

// books count, from outside, what became of each number that was sent.
type books struct {
	sent, copies, gone, inLog int
	processed                 int
}

// draw returns a number from 0 to n-1.
type draw func(n int, what string) int

// Whatever goes wrong, in whatever order, every number is somewhere at every
// moment: it was processed, or lost for a stated reason, or waits. The books
// are kept by type (odd and even numbers), and each type balances.
func TestNothingIsLostSilently(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		weather(rt, func(n int, what string) int { return rapid.IntRange(0, n-1).Draw(rt, what) })
	})
}

var weatherPurpose = rng.NewPurpose("stream_test.weather")

// The same with fixed seeds, of which each fate is demanded: a swarm that never
// gets there tests nothing.
func TestEveryFateIsMetAndAccountedFor(t *testing.T) {
	var reached [Fates]int
	fenced := uint64(0)
	for seed := range uint64(150) {
		n := uint64(0)
		tp := weather(t, func(limit int, _ string) int {
			n++
			return rng.Index(rng.New(seed, 0).Uniform(weatherPurpose, 0, n), limit)
		})
		for f := range tp.fates {
			reached[f] += len(tp.fates[f])
		}
		fenced += tp.group.Fenced
	}
	for f, n := range reached {
		require.Positive(t, n, Fate(f).String())
	}
	require.Positive(t, fenced)
}

// weather is half an hour with faults and a look at the books every 13 s, and
// two hours to recover.
func weather(t require.TestingT, d draw) *topic {
	tp := newTopic(anyConfig(d))
	if d(2, "state") == 1 {
		tp.group.Keep(&summing{})
	}
	require.NoError(t, tp.kernel.Inject(anyPlan(d)))
	for i := range 1 + d(600, "records") {
		second := d(1200, "second")
		tp.kernel.At(at(time.Duration(second)*time.Second), tp.send, uint32(i%11), uint64(i))
	}
	for now := time.Duration(0); now < 40*time.Minute; now += 13 * time.Second {
		tp.kernel.Run(at(now))
		balanced(t, tp)
	}
	tp.kernel.Run(at(2 * time.Hour))
	balanced(t, tp)
	require.Zero(t, tp.group.Lag(), "all is well again, and it has not caught up")
	require.Zero(t, tp.out.Waiting())
	return tp
}

// anyConfig draws knobs within the promise.
func anyConfig(d draw) Config {
	c := DefaultConfig()
	c.Partitions = 1 + d(4, "partitions")
	c.Retention = []time.Duration{3 * time.Minute, time.Hour}[d(2, "retention")]
	c.RatePerSec = []float64{1, 30, 3000}[d(3, "rate")]
	r := &c.Replication
	r.Brokers = 1 + d(3, "brokers")
	r.Replicas = 1 + d(r.Brokers, "replicas")
	r.Acks = []Acks{NoAcks, LeaderAcks, AllAcks}[d(3, "acks")]
	r.Lag, r.Ack = 20*time.Second, 15*time.Second // slow, so that a few records meet them
	c.Producer.Idempotent, c.Producer.Salt = d(2, "idempotent") == 1, 1+d(3, "salt")
	g := &c.Consumer
	g.Members, g.Fetch = 1+d(3, "members"), []int{3, 500}[d(2, "fetch")]
	g.Delivery = []Guarantee{AtMostOnce, AtLeastOnce, ExactlyOnce}[d(3, "delivery")]
	g.Checkpoint, g.Fencing = 2*time.Minute, d(2, "fencing") == 1
	g.Reset = []Reset{Earliest, Latest}[d(2, "reset")]
	return c
}

// anyPlan draws faults of every kind in the first twenty minutes.
func anyPlan(d draw) sim.Plan {
	var plan sim.Plan
	specs := Faults()
	for range d(12, "faults") {
		spec := specs[d(len(specs), "kind")]
		f := sim.Fault{
			Kind: spec.Kind, At: at(time.Duration(d(1200, "from")) * time.Second),
			For:       time.Duration(1+d(400, "for")) * time.Second,
			Parameter: spec.Parameter[d(2, "parameter")],
		}
		if spec.Kind == BrokerLoss || spec.Kind == IdlePartition {
			f.Target = []string{"", "0", "1", "2"}[d(4, "target")]
		}
		plan = append(plan, f)
	}
	return plan
}

// balanced demands that the books agree with the counters and with the log.
func balanced(t require.TestingT, tp *topic) {
	g, counts := tp.group, tp.log.Counts()
	require.True(t, counts.Balanced(), "%+v", counts)
	require.Equal(t, int64(counts.Appended-counts.Truncated),
		int64(g.Read+g.Skipped+g.Dropped)-int64(g.Repeated+g.Replayed)+g.Lag(), "%+v %+v", counts, g)
	require.True(t, g.Balanced())
	require.EqualValues(t, len(tp.read), g.Read)

	var by [2]books
	each := func(list []int, count func(b *books)) {
		for _, v := range list {
			count(&by[v%2])
		}
	}
	each(tp.sent, func(b *books) { b.sent++ })
	each(tp.read, func(b *books) { b.processed++ })
	for _, f := range []Fate{Resent, Repeated, Replayed} {
		each(tp.fates[f], func(b *books) { b.copies++ })
	}
	for _, f := range []Fate{TimedOut, LeaderLost, Overrun, Dropped} {
		each(tp.fates[f], func(b *books) { b.gone++ })
	}
	g.Waiting(func(v *int) { by[*v%2].inLog++ })
	for part := range tp.out.waiting {
		w := &tp.out.waiting[part]
		each(w.records[w.head:], func(b *books) { b.inLog++ })
	}
	for _, b := range by {
		require.Equal(t, b.sent+b.copies, b.processed+b.gone+b.inLog, "%+v", b)
	}
}
