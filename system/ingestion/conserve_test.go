package ingestion

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/stream"
	"pgregory.net/rapid"
)

// draw returns a number from 0 to n-1.
type draw func(n int, what string) int

// Wherever faults strike, every event of every kind is somewhere at every
// moment, none arrives before it happened, and none more often than it was
// sent.
func TestEveryEventIsAccountedForUnderFaults(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		storm(rt, func(n int, what string) int { return rapid.IntRange(0, n-1).Draw(rt, what) })
	})
}

var stormPurpose = rng.NewPurpose("ingestion_test.storm")

// The same with fixed seeds, of which each outcome is demanded.
func TestEveryOutcomeIsMetAndAccountedFor(t *testing.T) {
	var all Counts
	for seed := range uint64(100) {
		n := uint64(0)
		c := storm(t, func(limit int, _ string) int {
			n++
			return rng.Index(rng.New(seed, 0).Uniform(stormPurpose, 0, n), limit)
		})
		all = all.plus(c)
	}
	for why, n := range all.Lost {
		require.Positive(t, n, LossCause(why).String())
	}
	for _, why := range []Reason{UnknownPerson, FromFuture, MissingField} {
		require.Positive(t, all.Rejected[why], why.String())
	}
	require.Positive(t, all.Duplicated)
	require.Positive(t, all.Recognised)
	require.Positive(t, all.Replayed)
	require.True(t, all.Balanced())
}

// storm reports the events of an hour or more, under faults of every kind here
// and of brokers, with a look at the books after each report.
func storm(t require.TestingT, d draw) Counts {
	c, s := anyConfig(d)
	n := newNetworkOn(c, s)
	require.NoError(t, n.kernel.Inject(anyPlan(d)))
	emitted := [system.EventKinds]uint64{}
	for range 1 + d(80, "reports") {
		n.kernel.Run(n.kernel.Now().Add(time.Duration(d(200, "pause")) * time.Second))
		person, kind := system.PersonID(d(12, "person")), system.EventKind(d(2, "kind")) // 10 and 11 are strangers
		n.reportKind(person, kind, 0, time.Second, time.Minute)
		emitted[kind] += 3
		n.balanced(t, emitted)
	}
	for now := n.kernel.Now(); n.ingestion.Counts().InFlight > 0; now = now.Add(time.Minute) {
		require.Less(t, now, sim.Time(40*sim.Day), "a batch never ends") // exponential, 30 min: e^-1900
		n.kernel.Run(now)
		n.balanced(t, emitted)
	}
	n.ingestion.Replay()
	n.kernel.Run(n.kernel.Now().Add(time.Hour))
	n.balanced(t, emitted)
	counts := n.ingestion.Counts()
	times, twice := map[uint64]uint64{}, uint64(0)
	for _, a := range n.arrivals {
		times[a.ID]++
		require.True(t, a.At <= a.now || c.WrongClocks > 0 || c.Future != Reject || a.At.Sub(a.now) <= c.MaxSkew)
	}
	for _, m := range times {
		twice += m - 1
	}
	require.LessOrEqual(t, twice, counts.Duplicated+n.log.Counts().Truncated)
	return counts
}

// reportKind hands over events of one kind.
func (n *network) reportKind(person system.PersonID, kind system.EventKind, after ...time.Duration) {
	events := make([]system.Event, len(after))
	for i, d := range after {
		events[i] = system.Event{ID: uint64(person)<<32 | n.emitted, At: n.kernel.Now().Add(d), Person: person, Kind: kind, Watch: 1, Length: 10}
		n.emitted++
	}
	n.ingestion.Report(uint64(person), events)
	clear(events) // the slice is the caller's
}

// balanced demands that the books balance by kind, and that they agree with
// what was reported, what the log holds and what waits for it.
func (n *network) balanced(t require.TestingT, emitted [system.EventKinds]uint64) {
	kept := [system.EventKinds]uint64{}
	for kind := range system.EventKinds {
		c := n.ingestion.CountsOf(kind)
		require.True(t, c.Balanced(), "%v: %+v", kind, c)
		require.Equal(t, emitted[kind], c.Emitted)
		require.LessOrEqual(t, c.Appended+c.Recognised+c.AllRejected(), c.Received+c.Replayed+c.Duplicated)
		kept[kind] = c.Appended
	}
	all, log := n.ingestion.Counts(), n.log.Counts()
	require.Equal(t, log.Appended-log.Truncated, all.Appended)
	require.EqualValues(t, len(n.arrivals), log.Appended)
	require.GreaterOrEqual(t, all.InFlight, uint64(n.out.Waiting()))
	held := 0
	for _, h := range n.ingestion.held {
		require.GreaterOrEqual(t, h, 0)
		held += h
	}
	if all.InFlight == 0 {
		require.Zero(t, held)
	}
}

// anyConfig draws knobs of devices, collector and log.
func anyConfig(d draw) (Config, stream.Config) {
	c, s := DefaultConfig(), stream.DefaultConfig()
	share := func(name string) sim.Share { return []sim.Share{0, .1, .5, 1}[d(4, name)] }
	c.Offline, c.Loss, c.Duplicates, c.WrongClocks = share("offline"), share("loss"), share("duplicates"), share("wrong")
	c.Attempts, c.DeviceBuffer = []int{1, 4, 100}[d(3, "attempts")], []int{4, 10_000}[d(2, "device")]
	c.OfflineHolds, c.CorrectClocks, c.Strict = d(2, "holds") == 1, d(2, "correct") == 1, d(2, "strict") == 1
	c.Future = []Future{Reject, Clamp, Accept}[d(3, "future")]
	c.Dedupe = []time.Duration{0, time.Hour}[d(2, "dedupe")]
	c.DeadLetters, c.ReplayOnce = []int{0, 3, 10_000}[d(3, "letters")], d(2, "once") == 1
	r := &s.Replication
	r.Brokers = 1 + 2*d(2, "brokers")
	r.Replicas, r.Acks = r.Brokers, []stream.Acks{stream.LeaderAcks, stream.AllAcks}[d(2, "acks")]
	r.Lag, r.Ack = 5*time.Minute, 2*time.Minute // slow, so that a few events meet them
	s.Producer.Idempotent, s.Producer.Buffer = d(2, "idempotent") == 1, []int{5, 100, 1000}[d(3, "buffer")]
	return c, s
}

// anyPlan draws faults.
func anyPlan(d draw) sim.Plan {
	var plan sim.Plan
	specs := Faults()
	for range len(specs) / 2 { // the rarest outcome is that of losing a leader
		specs = append(specs, sim.FaultSpec{Kind: stream.BrokerLoss})
	}
	for range d(8, "faults") {
		spec := specs[d(len(specs), "kind")]
		plan = append(plan, sim.Fault{
			Kind: spec.Kind, Parameter: max(spec.Parameter[1], .5),
			At:  sim.Time(d(5400, "at")) * sim.Time(time.Second),
			For: time.Duration(1+d(3600, "for")) * time.Second,
		})
		if spec.Kind == stream.BrokerLoss {
			plan[len(plan)-1].Target = []string{"", "0", "1", "2"}[d(4, "target")]
		}
	}
	return plan
}
