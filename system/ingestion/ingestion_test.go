package ingestion

import (
	"math"
	"sort"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/stream"
)

// arrival is an event with the moment at which the log got it.
type arrival struct {
	system.Event
	now sim.Time
}

// network is ingestion for ten people and one post, a log, and what came of it.
type network struct {
	kernel    *sim.Kernel
	log       *stream.Log[system.Event]
	out       *stream.Producer[system.Event]
	arrivals  []arrival
	ingestion *Ingestion
	emitted   uint64
}

func newNetwork(c Config) *network { return newNetworkOn(c, stream.DefaultConfig()) }

func newNetworkOn(c Config, s stream.Config) *network {
	k := sim.New(sim.Options{})
	n := &network{kernel: k}
	catalogue := system.NewCatalogue(sim.Day)
	catalogue.Add(system.Post{})
	n.log = stream.NewLog(k, s, func(e *system.Event) sim.Time { return e.At })
	n.out = n.log.Producer()
	n.ingestion = New(k, c, rng.New(4, 0), n.out, catalogue, 10)
	n.ingestion.Arrived = func(e *system.Event) { n.arrivals = append(n.arrivals, arrival{*e, k.Now()}) }
	return n
}

// report hands over events of one person at these distances from now.
func (n *network) report(person system.PersonID, after ...time.Duration) {
	events := make([]system.Event, len(after))
	for i, d := range after {
		events[i] = system.Event{ID: uint64(person)<<32 | n.emitted, At: n.kernel.Now().Add(d), Person: person, Watch: 1, Length: 10}
		n.emitted++
	}
	n.ingestion.Report(uint64(person), events)
	clear(events) // the slice is the caller's
}

// perfect is a network without accidents.
func perfect() Config {
	c := DefaultConfig()
	c.Offline, c.Loss, c.Duplicates, c.DelaySigma = 0, 0, 0, 0
	return c
}

func TestBatchesLingerFromTheirFirstEvent(t *testing.T) {
	c := perfect()
	n := newNetwork(c)
	n.report(1, 0, 5*time.Second, 20*time.Second, 21*time.Second, 40*time.Second)
	n.kernel.Run(sim.Time(time.Hour))
	var at []time.Duration
	for _, a := range n.arrivals {
		at = append(at, time.Duration(a.now).Round(time.Millisecond))
		assert.Equal(t, a.now, a.Arrived)
	}
	first, second := c.Linger+c.Delay, 21*time.Second+c.Linger+c.Delay
	assert.Equal(t, []time.Duration{first, first, first, second, second}, at)
}

func TestLateReportsLingerFromNow(t *testing.T) {
	n := newNetwork(perfect())
	n.kernel.Run(sim.Time(time.Minute))
	n.report(1, -30*time.Second)
	n.kernel.Run(sim.Time(time.Hour))
	require.Len(t, n.arrivals, 1)
	assert.Equal(t, 80*time.Second+300*time.Millisecond, time.Duration(n.arrivals[0].now).Round(time.Millisecond))
}

// Each of 2,000 batches fails an attempt with probability 1/2 and has two: a
// quarter is lost, within 4 sqrt(.25 x .75 / 2,000) = .039.
func TestLossIsOfAllAttempts(t *testing.T) {
	c := perfect()
	c.Loss, c.Attempts = .5, 2
	n := newNetwork(c)
	for range 2000 {
		n.report(1, 0)
	}
	n.kernel.Run(sim.Time(time.Hour))
	assert.InDelta(t, .25, float64(n.ingestion.Counts().AllLost())/2000, .039)
	assert.EqualValues(t, 2000, n.ingestion.Counts().Appended+n.ingestion.Counts().AllLost())
}

// A batch sent again is as likely to fail as any: half of 2,000, within
// 4 sqrt(.25/n) of those that were.
func TestDuplicatesHaveLuckOfTheirOwn(t *testing.T) {
	c := perfect()
	c.Loss, c.Attempts, c.Duplicates = .5, 1, 1
	n := newNetwork(c)
	for range 2000 {
		n.report(1, 0)
	}
	n.kernel.Run(sim.Time(time.Hour))
	counts := n.ingestion.Counts()
	again := counts.Appended - counts.Duplicated // all that arrived was sent twice
	assert.InDelta(t, .5, float64(again)/float64(counts.Duplicated), 4*.5/math.Sqrt(float64(counts.Duplicated)))
}

func TestFaultsSetTheProbability(t *testing.T) {
	for kind, want := range map[string]Counts{
		Loss:        {Emitted: 1, Lost: [LossCauses]uint64{GaveUp: 1}},
		Duplication: {Emitted: 1, Duplicated: 1, Received: 2, Appended: 2},
	} {
		n := newNetwork(perfect())
		require.NoError(t, n.kernel.Inject(sim.Plan{{Kind: kind, For: time.Hour, Parameter: 1}}))
		n.report(1, 0)
		n.kernel.Run(sim.Time(time.Hour))
		assert.Equal(t, want, n.ingestion.Counts(), kind)
	}
}

func TestOutagesAreRiddenOutByRetries(t *testing.T) {
	c := perfect() // four attempts in 15 s and a little
	for length, lost := range map[time.Duration]uint64{10 * time.Second: 0, time.Minute: 1} {
		n := newNetwork(c)
		require.NoError(t, n.kernel.Inject(sim.Plan{{Kind: Outage, At: sim.Time(c.Linger), For: length}}))
		n.report(1, 0)
		n.kernel.Run(sim.Time(time.Hour))
		assert.Equal(t, lost, n.ingestion.Counts().Lost[GaveUp], length)
		assert.Equal(t, 1-lost, n.ingestion.Counts().Appended, length)
	}
}

func TestLostAcknowledgementsSendABatchTwice(t *testing.T) {
	c := perfect()
	c.Duplicates = 1
	n := newNetwork(c)
	n.report(1, 0, time.Second)
	n.kernel.Run(sim.Time(time.Hour))
	require.Len(t, n.arrivals, 4, "twice, and not for ever")
	assert.Equal(t, n.arrivals[0].ID, n.arrivals[2].ID)
	assert.Equal(t, Counts{Emitted: 2, Duplicated: 2, Received: 4, Appended: 4}, n.ingestion.Counts())
}

// The median of 2,001 log-normal delays lies within 4 standard errors,
// 4 x sigma x sqrt(pi/2)/sqrt(n) = .09 in the logarithm; so does the upper
// decile, at exp(1.2816 sigma), with 4 x sigma x 1.71/sqrt(n) = .12.
func TestDelaysAreLogNormal(t *testing.T) {
	c := perfect()
	c.DelaySigma = 0.8
	n := newNetwork(c)
	for range 2001 {
		n.report(2, 0)
	}
	n.kernel.Run(sim.Time(time.Hour))
	var logs []float64
	for _, a := range n.arrivals {
		logs = append(logs, math.Log((time.Duration(a.now) - c.Linger).Seconds()))
	}
	sort.Float64s(logs)
	assert.InDelta(t, math.Log(c.Delay.Seconds()), logs[1000], .09)
	assert.InDelta(t, math.Log(c.Delay.Seconds())+1.2816*.8, logs[1800], .12)
}

// An offline device sends when it is back, exponentially later: the mean of
// 2,000 lies within 4/sqrt(2,000) = 9 %.
func TestOfflineDevicesSendLater(t *testing.T) {
	c := perfect()
	c.Offline = 1
	n := newNetwork(c)
	for range 2000 {
		n.report(3, 0)
	}
	n.kernel.Run(sim.Time(20 * time.Hour)) // e^-40
	require.Len(t, n.arrivals, 2000)
	n.report(4, 0)
	n.ingestion.Report(5, []system.Event{{ID: 5<<32 | 2000, At: n.kernel.Now(), Person: 5}}) // the same number within the person
	n.kernel.Run(sim.Time(40 * time.Hour))
	assert.NotEqual(t, n.arrivals[2000].now, n.arrivals[2001].now)
	sum := 0.0
	for _, a := range n.arrivals[:2000] {
		sum += (time.Duration(a.now) - c.Linger - c.Delay).Seconds()
	}
	assert.InEpsilon(t, c.OfflineFor.Seconds(), sum/2000, .09)
}

// What happens to a person's batches does not depend on who else reports.
func TestLuckIsOfThePersonAndTheEvent(t *testing.T) {
	arrivals := func(others int) map[uint64]sim.Time {
		c := DefaultConfig()
		c.Loss, c.Duplicates, c.Offline = .3, .3, .3
		n := newNetwork(c)
		for i := range 50 {
			for other := range others {
				n.ingestion.Report(uint64(5+other), []system.Event{{ID: uint64(i), At: n.kernel.Now(), Person: 5}})
			}
			n.ingestion.Report(1, []system.Event{{ID: 1<<32 | uint64(i), At: n.kernel.Now(), Person: 1}})
		}
		n.kernel.Run(sim.Time(sim.Day))
		at := map[uint64]sim.Time{}
		for _, a := range n.arrivals {
			if a.Person == 1 {
				at[a.ID] += a.now
			}
		}
		return at
	}
	alone := arrivals(0)
	assert.Equal(t, alone, arrivals(4))
	assert.Greater(t, len(alone), 40)
	distinct := map[sim.Time]bool{}
	for _, at := range alone {
		distinct[at] = true
	}
	assert.Greater(t, len(distinct), 40, "and every batch has luck of its own")
}

func TestCollectorRejects(t *testing.T) {
	good := system.Event{At: 100, Person: 9, Watch: 1}
	for why, spoil := range map[Reason]func(*system.Event){
		UnknownPerson: func(e *system.Event) { e.Person = 10 },
		UnknownPost:   func(e *system.Event) { e.Post = 1 },
		UnknownKind:   func(e *system.Event) { e.Kind = system.EventKinds },
		BadWatch:      func(e *system.Event) { e.Watch = -1 },
		FromFuture:    func(e *system.Event) { e.At = 100 + sim.Time(5*time.Minute) + 1 },
	} {
		n := newNetwork(perfect())
		in := n.ingestion
		n.kernel.Run(100)
		e := good
		spoil(&e)
		in.of(&e).InFlight++
		in.of(&good).InFlight++
		in.collect(&batch{key: 1, events: []system.Event{e, good}}, 100)
		want := Counts{Received: 2, Appended: 1}
		want.Rejected[why] = 1
		assert.Equal(t, want, in.Counts(), why)
		require.Len(t, in.DeadLetters(), 1)
		assert.Equal(t, DeadLetter{Event: e, Key: 1, Reason: why, Attempt: 1, At: 100}, in.DeadLetters()[0])
		require.Len(t, n.arrivals, 1, "the batch's other event is none the worse")
	}
	for _, watch := range []float32{-1, 86400, float32(math.Inf(1)), float32(math.NaN())} {
		n := newNetwork(perfect())
		_, bad := n.ingestion.known.reject(&system.Event{Watch: watch}, 0)
		assert.True(t, bad, watch)
	}
	n := newNetwork(perfect())
	onTime := system.Event{At: 100 + sim.Time(5*time.Minute)}
	_, bad := n.ingestion.known.reject(&onTime, 100)
	assert.False(t, bad, "the skew that is allowed")
}
