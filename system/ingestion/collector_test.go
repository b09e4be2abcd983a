package ingestion

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/stream"
)

func (n *network) pull(t *testing.T, kind, target string, from, length time.Duration, parameter float64) {
	t.Helper()
	require.NoError(t, n.kernel.Inject(sim.Plan{{Kind: kind, Target: target, At: sim.Time(from), For: length, Parameter: parameter}}))
}

// A device that is a day ahead: turned away, held to the collector's clock, let
// through, or corrected by the difference of the clocks.
func TestFutureDatedDevices(t *testing.T) {
	day, delay := sim.Time(sim.Day), sim.Time(20*time.Second+300*time.Millisecond) // linger and network
	for name, c := range map[string]struct {
		set  func(*Config)
		want []sim.Time // event times in the log
	}{
		"reject":  {func(*Config) {}, nil},
		"clamp":   {func(c *Config) { c.Future = Clamp }, []sim.Time{delay}},
		"accept":  {func(c *Config) { c.Future = Accept }, []sim.Time{day}},
		"correct": {func(c *Config) { c.CorrectClocks = true }, []sim.Time{sim.Time(300 * time.Millisecond)}},
	} {
		config := perfect()
		c.set(&config)
		n := newNetwork(config)
		n.pull(t, FutureClock, "", 0, time.Hour, 1)
		n.kernel.Run(0)
		n.report(1, 0)
		n.kernel.Run(sim.Time(time.Minute))
		var got []sim.Time
		for _, a := range n.arrivals {
			got = append(got, a.At.Add(50*time.Microsecond)/sim.Time(time.Millisecond)*sim.Time(time.Millisecond))
		}
		assert.Equal(t, c.want, got, name)
	}
}

// Half of the devices have a wrong clock, by a minute or so: of 2,000 within
// 4 sqrt(.25 x 2,000) = 89; the standard deviation of theirs within
// 4/sqrt(2 x 1,000) = 9 %. Whose they are and by how much never changes.
func TestWrongClocks(t *testing.T) {
	c := perfect()
	c.WrongClocks = .5
	n := newNetwork(c)
	wrong, squares := 0, 0.0
	for key := range uint64(2000) {
		ahead := n.ingestion.clocks.ahead(key)
		assert.Equal(t, ahead, n.ingestion.clocks.ahead(key))
		if ahead != 0 {
			wrong++
			squares += ahead.Seconds() * ahead.Seconds()
		}
	}
	assert.InDelta(t, 1000, wrong, 89)
	assert.InEpsilon(t, 3600, squares/float64(wrong), .18)
}

// A client release writes a field under another name. Strict collectors keep
// the events as letters, and a replay after the schema knows the name brings
// them whole; others take a zero for the field.
func TestADroppedField(t *testing.T) {
	for _, strict := range []bool{true, false} {
		c := perfect()
		c.Strict = strict
		n := newNetwork(c)
		n.pull(t, FieldDropped, "watch", 0, time.Hour, .4)
		n.kernel.Run(0)
		for person := range system.PersonID(10) {
			n.report(person, 0)
		}
		n.kernel.Run(sim.Time(time.Minute))
		whole := map[system.PersonID]bool{}
		for _, a := range n.arrivals {
			whole[a.Person] = a.Watch == 1
		}
		rejected := n.ingestion.Counts().Rejected[MissingField]
		if !strict {
			assert.Len(t, whole, 10)
			assert.Zero(t, rejected)
			broken := 0
			for _, ok := range whole {
				if !ok {
					broken++
				}
			}
			assert.InDelta(t, 4, broken, 3)
			continue
		}
		assert.EqualValues(t, 10-len(whole), rejected)
		n.kernel.Run(sim.Time(2 * time.Hour))
		n.ingestion.Replay()
		require.Len(t, n.arrivals, 10)
		for _, a := range n.arrivals {
			assert.EqualValues(t, 1, a.Watch)
		}
	}
}

// Two replays of the same letters do no more than one, wherever the second
// comes; what is turned away again is a letter with one attempt more at its old
// position. A replayer without a note of where it stopped makes copies.
func TestReplayFromDeadLetters(t *testing.T) {
	for _, once := range []bool{true, false} {
		c := perfect()
		c.ReplayOnce = once
		n := newNetwork(c)
		n.pull(t, FutureClock, "", 0, time.Hour, 1)
		n.kernel.Run(0)
		n.report(1, 0)  // becomes the past in a day
		n.report(11, 0) // a stranger for ever
		n.kernel.Run(sim.Time(time.Minute))
		require.Len(t, n.ingestion.DeadLetters(), 2)
		n.kernel.Run(sim.Time(2 * sim.Day))
		n.ingestion.Replay()
		n.ingestion.Replay()
		counts := n.ingestion.Counts()
		assert.True(t, counts.Balanced(), "%+v", counts)
		letters := n.ingestion.DeadLetters()
		last := letters[len(letters)-1]
		assert.EqualValues(t, 11, last.Event.Person)
		assert.Equal(t, UnknownPerson, last.Reason)
		assert.EqualValues(t, 1, last.Position)
		if once {
			assert.Len(t, n.arrivals, 1)
			assert.Equal(t, 3, last.Attempt, "each replay tries the stranger once")
			assert.Zero(t, counts.Duplicated)
			continue
		}
		assert.Len(t, n.arrivals, 2)
		assert.EqualValues(t, 2, counts.Duplicated, "the person's event, and the stranger's first letter")
	}
}

// The fault is an operator who sends the letters so many times.
func TestReplayFault(t *testing.T) {
	for once, want := range map[bool]int{true: 1, false: 3} {
		c := perfect()
		c.ReplayOnce = once
		n := newNetwork(c)
		n.pull(t, FutureClock, "", 0, time.Hour, 1)
		n.pull(t, Replayed, "", 2*sim.Day, time.Second, 3)
		n.kernel.Run(0)
		n.report(1, 0)
		n.kernel.Run(sim.Time(3 * sim.Day))
		assert.Len(t, n.arrivals, want)
	}
}

// A replay takes up as many letters as the log has room for, and the next one goes
// on from there: none is lost for being sent too early.
func TestAReplayWaitsForRoom(t *testing.T) {
	c, s := perfect(), stream.DefaultConfig()
	s.Producer.Buffer, s.Producer.Timeout = 4, time.Hour
	n := newNetworkOn(c, s)
	n.pull(t, FutureClock, "", 0, time.Hour, 1)
	n.pull(t, stream.BrokerLoss, "", 2*sim.Day, 5*time.Minute, 0)
	n.kernel.Run(0)
	for person := range system.PersonID(10) {
		n.report(person, 0)
	}
	n.kernel.Run(sim.Time(2 * sim.Day))
	n.ingestion.Replay()
	assert.Equal(t, 4, n.out.Waiting())
	assert.EqualValues(t, 4, n.ingestion.Counts().Replayed)
	n.kernel.Run(n.kernel.Now().Add(time.Hour))
	n.ingestion.Replay()
	assert.Len(t, n.arrivals, 10)
	assert.True(t, n.ingestion.Counts().Balanced())
}

// Letters are kept up to a number, the newest; their events stay counted.
func TestDeadLettersAreBounded(t *testing.T) {
	c := perfect()
	c.DeadLetters = 10
	n := newNetwork(c)
	for range 100 {
		n.report(11, 0)
	}
	n.kernel.Run(sim.Time(time.Minute))
	kept := n.ingestion.DeadLetters()
	assert.LessOrEqual(t, len(kept), 15)
	assert.GreaterOrEqual(t, len(kept), 10)
	assert.EqualValues(t, 99, kept[len(kept)-1].Position)
	assert.EqualValues(t, 100, n.ingestion.Counts().Rejected[UnknownPerson])
}

// The collector's memory keeps the copies of a lost acknowledgement out.
func TestCollectorRecognisesCopies(t *testing.T) {
	c := perfect()
	c.Duplicates, c.Dedupe = 1, time.Hour
	n := newNetwork(c)
	n.report(1, 0, time.Second)
	n.kernel.Run(sim.Time(time.Hour))
	assert.Len(t, n.arrivals, 2)
	assert.Equal(t, Counts{Emitted: 2, Duplicated: 2, Received: 4, Appended: 2, Recognised: 2}, n.ingestion.Counts())
}

// A device has room for five events while it cannot send.
func TestDeviceBufferIsFinite(t *testing.T) {
	c := perfect()
	c.DeviceBuffer = 5
	n := newNetwork(c)
	n.pull(t, Outage, "", 0, 30*time.Second, 0)
	n.report(1, 0, 1, 2)
	n.report(1, 0, 1, 2)
	n.report(2, 0)
	n.kernel.Run(sim.Time(time.Hour))
	assert.Equal(t, Counts{Emitted: 7, Received: 6, Appended: 6, Lost: [LossCauses]uint64{DeviceFull: 1}}, n.ingestion.Counts())
	n.report(1, 0, 1, 2, 3, 4)
	n.kernel.Run(sim.Time(2 * time.Hour))
	assert.EqualValues(t, 11, n.ingestion.Counts().Appended, "what was sent makes room")
}

// A device that is offline holds back what comes next, too, if it is to.
func TestOfflineHolds(t *testing.T) {
	for _, holds := range []bool{true, false} {
		c := perfect()
		c.OfflineHolds, c.Offline, c.OfflineFor = holds, .5, sim.Day
		early, later := 0, 0
		n := newNetwork(c)
		for range 200 {
			n.report(1, 0)
			n.kernel.Run(n.kernel.Now().Add(time.Minute))
		}
		n.kernel.Run(sim.Time(30 * sim.Day))
		for i, a := range n.arrivals {
			if i > 0 && a.now < n.arrivals[i-1].now {
				early++
			}
			if a.now.Sub(a.At) > time.Minute {
				later++
			}
		}
		assert.Zero(t, early)
		if holds {
			assert.Greater(t, later, 190, "one of the first finds the device offline, and all wait a day")
		} else {
			assert.InDelta(t, 100, later, 28, "within 4 sqrt(.25 x 200)")
		}
	}
}

// When no partition has a leader, the collector's room fills, it takes no more,
// and devices try again: nothing is lost as long as they are patient.
func TestBackpressureReachesTheDevices(t *testing.T) {
	c, s := perfect(), stream.DefaultConfig()
	c.Attempts = 100
	s.Producer.Buffer, s.Producer.Timeout = 4, time.Hour
	n := newNetworkOn(c, s)
	n.pull(t, stream.BrokerLoss, "", 0, 5*time.Minute, 0)
	for i := range 20 {
		n.report(system.PersonID(i%10), 0)
	}
	n.kernel.Run(sim.Time(4 * time.Minute))
	assert.Equal(t, 4, n.out.Waiting())
	assert.EqualValues(t, 20, n.ingestion.Counts().InFlight)
	n.kernel.Run(sim.Time(time.Hour))
	assert.EqualValues(t, 20, n.ingestion.Counts().Appended)
	for _, a := range n.arrivals {
		assert.Equal(t, a.now, a.Arrived, "stamped when it is appended")
	}
}

// The way from a device to the log allocates nothing once it is warm.
func TestNoAllocationPerEvent(t *testing.T) {
	c, s := perfect(), stream.DefaultConfig()
	s.Retention = time.Minute
	n := newNetworkOn(c, s)
	n.ingestion.Arrived = nil
	events := make([]system.Event, 100)
	step := func() {
		for i := range events {
			events[i] = system.Event{ID: uint64(i), At: n.kernel.Now(), Person: 1}
		}
		n.ingestion.Report(1, events)
		n.kernel.Run(n.kernel.Now().Add(time.Second))
	}
	for range 1000 {
		step()
	}
	assert.Less(t, testing.AllocsPerRun(100, step), 1.0, "of 100 events")
}

func TestConfigSaysAllThatIsWrong(t *testing.T) {
	require.NoError(t, DefaultConfig().Validate())
	c := Config{Linger: -1, DelaySigma: 4, Loss: 2, WrongClocks: -1, ClockError: -1, MaxSkew: -1, Future: "guess", Dedupe: -1, DeadLetters: -1}
	var fields []string
	for _, p := range sim.Problems(c.Validate()) {
		fields = append(fields, p.Field)
	}
	assert.Equal(t, []string{
		"linger", "delay", "delay_sigma", "offline_for", "loss", "attempts", "retry", "device_buffer", "wrong_clocks",
		"clock_error", "max_skew", "future", "dedupe", "dead_letters",
	}, fields)
}
