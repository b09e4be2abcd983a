package features

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/features/view"
)

// A shop with one view, one event at 10:30, and a fault from 5:00 to 3 hours.
func failing(t *testing.T, v view.View, f sim.Fault, knob func(*Config)) *shop {
	c := only("p", v)
	c.Batch.Every, c.Batch.Lands = time.Hour, 10*time.Minute
	if knob != nil {
		knob(&c)
	}
	require.NoError(t, c.Validate())
	s := newShop(c, nobody{})
	f.At, f.For = sim.Time(5*time.Minute), 3*time.Hour
	require.NoError(t, s.kernel.Inject(sim.Plan{f}))
	s.kernel.Run(sim.Time(10*time.Minute + 30*time.Second))
	s.emit(system.Viewed, 1, 3, 0)
	return s
}

// Every fault does what it says, its knob keeps it from doing so, and when it is
// over all is well again. Posts 3 and 7 are on shard 3; 7 is unknown.
func TestFaultsAndTheirKnobs(t *testing.T) {
	streams := view.View{Entity: view.Post, HalfLife: sim.Day, Shows: []view.Column{view.LongView}, Default: 2}
	young, nightly := streams, streams
	young.TTL, nightly.Path = time.Hour, view.Batch
	type sight struct {
		post   system.PostID
		at     time.Duration
		status Status
	}
	for _, x := range []struct {
		fault      sim.Fault
		view       view.View
		knob       func(*Config)
		bad, good  sight // under the fault without the knob, and with it
		badDefault float32
	}{
		{sim.Fault{Kind: ShardLost, Target: "shard-3"}, streams, func(c *Config) { c.Online.Replicas = 2 },
			sight{3, 20 * time.Minute, Absent}, sight{3, 20 * time.Minute, Present}, 2},
		{sim.Fault{Kind: ShardSlow, Target: "shard-3", Parameter: 7}, streams, func(c *Config) { c.Online.GiveUp = true },
			sight{3, 20 * time.Minute, Present}, sight{3, 20 * time.Minute, Absent}, 2},
		{sim.Fault{Kind: TTLIgnored}, young, func(c *Config) { c.Online.CheckAge = true },
			sight{3, 2 * time.Hour, Present}, sight{3, 2 * time.Hour, Expired}, 2},
		{sim.Fault{Kind: WrongDefault, Target: "post", Parameter: 3}, streams, func(c *Config) { c.Online.SharedDefaults = true },
			sight{7, 20 * time.Minute, Absent}, sight{7, 20 * time.Minute, Absent}, 5},
		{sim.Fault{Kind: Redefined, Target: "post", Parameter: 4}, streams, func(c *Config) { c.Online.CheckVersion = true },
			sight{3, 20 * time.Minute, Present}, sight{3, 20 * time.Minute, Absent}, 2},
		{sim.Fault{Kind: BatchLate}, nightly, nil,
			sight{3, 80 * time.Minute, Absent}, sight{3, 190 * time.Minute, Present}, 2},
	} {
		t.Run(x.fault.Kind, func(t *testing.T) {
			check := func(s *shop, want sight, missing float32) {
				s.kernel.Run(sim.Time(want.at))
				value, status := s.found(1, want.post, "p.long_view")
				assert.Equal(t, want.status, status)
				if status != Present {
					assert.Equal(t, missing, value)
				} else {
					assert.NotEqual(t, missing, value)
				}
			}
			check(failing(t, x.view, x.fault, nil), x.bad, x.badDefault)
			check(failing(t, x.view, x.fault, x.knob), x.good, 2)
		})
	}
}

// A slow shard makes reads dearer until it is given up.
func TestASlowShardIsPaidFor(t *testing.T) {
	for giveUp, want := range map[bool]int{false: 14, true: 2} {
		c := only("p", view.View{Entity: view.Post, HalfLife: sim.Day, Shows: []view.Column{view.LongView}})
		c.Online.GiveUp = giveUp
		s := newShop(c, nobody{})
		require.NoError(t, s.kernel.Inject(sim.Plan{{Kind: ShardSlow, Target: "shard-2", Parameter: 7, For: time.Hour}}))
		s.kernel.Run(sim.Time(time.Minute))
		q := &system.Query{Candidates: []system.Candidate{{Post: 1}}}
		assert.Equal(t, want, s.store.Describe(q))
		s.kernel.Run(sim.Time(time.Hour))
		assert.Equal(t, 2, s.store.Describe(q))
	}
}

// Another definition makes other values, and rows made after it are as before.
func TestRedefinedRowsAreMadeAnew(t *testing.T) {
	v := view.View{Entity: view.Post, HalfLife: sim.Day, Shows: []view.Column{view.Skip}}
	well := failing(t, v, sim.Fault{Kind: TTLIgnored}, nil)
	ill := failing(t, v, sim.Fault{Kind: Redefined, Parameter: 4}, nil)
	see := func(at time.Duration) (a, b float32) {
		well.kernel.Run(sim.Time(at))
		ill.kernel.Run(sim.Time(at))
		a, _ = well.found(1, 3, "p.skip")
		b, _ = ill.found(1, 3, "p.skip")
		return a, b
	}
	a, b := see(20 * time.Minute)
	assert.NotEqual(t, a, b)
	assert.InDelta(t, a/4, b, .05, "four times the smoothing, about a quarter of the log-odds")
	see(4 * time.Hour)
	well.emit(system.Viewed, 1, 3, 0)
	ill.emit(system.Viewed, 1, 3, 0)
	a, b = see(4*time.Hour + 2*time.Minute)
	assert.Equal(t, a, b)
}

// A job that reads on knows what happened after its data should have ended; a
// sealed one does not.
func TestBackfillReadsOn(t *testing.T) {
	for _, seal := range []bool{false, true} {
		v := view.View{Entity: view.Post, Path: view.Batch, HalfLife: sim.Day, Shows: []view.Column{view.Volume}}
		s := failing(t, v, sim.Fault{Kind: Backfill}, func(c *Config) { c.Batch.Seal = seal })
		s.kernel.Run(sim.Time(time.Hour + 5*time.Minute)) // the data ended at 1:00, the job lands at 1:10
		s.emit(system.Viewed, 2, 3, 0)
		s.kernel.Run(sim.Time(time.Hour + 10*time.Minute))
		got, status := s.found(1, 3, "p.volume")
		assert.Equal(t, Present, status)
		if seal {
			assert.Less(t, got, float32(.12), "one impression: log 2 / 6")
		} else {
			assert.Greater(t, got, float32(.17), "two: log 3 / 6")
		}
	}
}
