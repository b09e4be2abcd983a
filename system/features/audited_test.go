package features

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/features/audit"
	"feedloop/system/features/view"
	"feedloop/system/stream"
)

// audited is a busy shop of two days in which everything that is read is audited:
// 4,000 events and 2,000 readings.
func audited(t *testing.T, faults sim.Plan, change func(*Config)) *shop {
	return auditedOn(t, stream.DefaultConfig(), faults, change)
}

func auditedOn(t *testing.T, way stream.Config, faults sim.Plan, change func(*Config)) *shop {
	c := DefaultConfig()
	c.Views = map[string]view.View{
		"posts": {Entity: view.Post, HalfLife: sim.Day, Shows: []view.Column{view.Volume, view.LongView}},
		"pair":  {Entity: view.PersonCreator, HalfLife: 12 * time.Hour, Shows: []view.Column{view.Volume, view.Watch}, TTL: 3 * time.Hour, Default: -1},
		"night": {Entity: view.Creator, Path: view.Batch, HalfLife: sim.Day, Shows: []view.Column{view.Volume, view.LongView, view.Like}},
	}
	c.Batch.Every, c.Batch.Lands = 3*time.Hour, 30*time.Minute
	c.Audit.Share = 1
	if change != nil {
		change(&c)
	}
	require.NoError(t, c.Validate())
	s := newShopOn(way, c, nobody{})
	require.NoError(t, s.kernel.Inject(faults))
	s.crowd(4000, 46*time.Hour)
	read := s.kernel.Register("test.read", sim.People, func(e sim.Event) {
		u, v := rng.New(8, 0).Uniforms(testPurpose, 21, e.Arg)
		s.describe(system.PersonID(rng.Index(u, 6)), system.PostID(rng.Index(v, 20)))
	})
	for i := range uint64(2000) {
		s.kernel.At(sim.Time(rng.New(8, 0).Uniform(testPurpose, 22, i)*float64(46*time.Hour)), read, 0, i)
	}
	s.kernel.Run(sim.Time(2 * sim.Day))
	return s
}

// counts returns how many values were compared and how many differ, by cause.
func counts(s *shop) (compared float64, causes map[audit.Cause]float64) {
	compared, all := s.store.Audit().Counts()
	causes = map[audit.Cause]float64{}
	for cause, n := range all {
		if n > 0 {
			causes[audit.Cause(cause)] = n
		}
	}
	return compared, causes
}

// Undisturbed, what differs is what came late: events on their way for up to 20 s
// when a refresh was due. No other cause is ever inferred.
func TestAnUndisturbedStoreIsOnlyLate(t *testing.T) {
	compared, causes := counts(audited(t, nil, nil))
	assert.Greater(t, compared, 9000.)
	late := causes[audit.Late]
	delete(causes, audit.Late)
	assert.Empty(t, causes)
	assert.Less(t, late/compared, .2, "an event each 40 s, up to 20 s late, of which one in 20 is on the post")
}

// Every disturbance adds differences, and nearly all are put down to it. Those
// of late events go on beside it; "right" is the share of what is not late.
func TestTheAuditInfersTheCause(t *testing.T) {
	all := func(kind string, parameter float64) sim.Plan {
		return sim.Plan{{Kind: kind, Parameter: parameter, At: sim.Time(6 * time.Hour), For: 30 * time.Hour}}
	}
	shortLived := func(c *Config) {
		v := c.Views["pair"]
		v.TTL = 10 * time.Minute
		c.Views["pair"] = v
	}
	for name, x := range map[string]struct {
		faults sim.Plan
		change func(*Config)
		want   audit.Cause
	}{
		"default":  {all(WrongDefault, 2), shortLived, audit.Default},
		"ttl":      {all(TTLIgnored, 0), shortLived, audit.TTL},
		"version":  {all(Redefined, 5), nil, audit.Version},
		"backfill": {all(Backfill, 0), nil, audit.Backfill},
		"lost":     {all(ShardLost, 0), nil, audit.Lost},
	} {
		t.Run(name, func(t *testing.T) {
			_, causes := counts(audited(t, x.faults, x.change))
			right := causes[x.want]
			delete(causes, audit.Late)
			sum := 0.0
			for _, n := range causes { // ordered: a sum of whole numbers does not depend on the order
				sum += n
			}
			assert.Greater(t, right, 50., "%v", causes)
			assert.Greater(t, right/sum, .95, "%v", causes)
		})
	}
}

// A stalled reader and a late batch are late.
func TestTheAuditKnowsTheStream(t *testing.T) {
	base, none := counts(audited(t, nil, nil))
	stall := sim.Plan{{Kind: stream.Stall, Target: "features", At: sim.Time(10 * time.Hour), For: 8 * time.Hour}}
	_, stalled := counts(audited(t, stall, nil))
	assert.Greater(t, stalled[audit.Late], 3*none[audit.Late], "of %v", base)
	assert.Zero(t, stalled[audit.Lost])
	delayed := sim.Plan{{Kind: BatchLate, At: sim.Time(10 * time.Hour), For: 8 * time.Hour}}
	_, batch := counts(audited(t, delayed, nil))
	assert.Greater(t, batch[audit.Late], none[audit.Late]+100)
	assert.Zero(t, batch[audit.Lost]+batch[audit.Duplicated]+batch[audit.Unknown])
}

// Retention takes from a reader that stalls what it never counts, be it short or
// cut short by a full disk, and the audit calls it lost. With enough of it the
// same stall makes all late and loses nothing. Six hours are within what the audit
// remembers: two refreshes of three hours and its own wait.
func TestTheAuditSeesWhatRetentionTook(t *testing.T) {
	stall := sim.Fault{Kind: stream.Stall, Target: "features", At: sim.Time(10 * time.Hour), For: 6 * time.Hour}
	full := sim.Fault{Kind: stream.RetentionCut, Parameter: 20, At: sim.Time(10 * time.Hour), For: 6 * time.Hour}
	for name, x := range map[string]struct {
		retention time.Duration
		faults    sim.Plan
		loses     bool
	}{
		"short": {time.Hour, sim.Plan{stall}, true}, "cut": {20 * time.Hour, sim.Plan{stall, full}, true},
		"long": {20 * time.Hour, sim.Plan{stall}, false},
	} {
		t.Run(name, func(t *testing.T) {
			way := stream.DefaultConfig()
			way.Retention = x.retention
			s := auditedOn(t, way, x.faults, nil)
			_, causes := counts(s)
			late, lost := causes[audit.Late], causes[audit.Lost]
			delete(causes, audit.Late)
			delete(causes, audit.Lost)
			assert.Empty(t, causes)
			assert.Positive(t, late)
			if x.loses {
				// 520 events come in six hours, of which an hour's and a segment are left.
				assert.InDelta(t, 350, s.store.Group().Skipped, 90)
				assert.Greater(t, lost, late, "what is lost is missed as long as it would count, what is late for hours")
			} else {
				assert.Zero(t, s.store.Group().Skipped)
				assert.Zero(t, lost)
			}
		})
	}
}

// One event is taken, the next one of the same person is not.
func TestTheAuditSeesOneLoss(t *testing.T) {
	way := stream.DefaultConfig()
	way.Retention = time.Hour
	c := only("p", view.View{Entity: view.Post, HalfLife: sim.Day, Shows: []view.Column{view.Volume}})
	c.Audit.Share = 1
	s := newShopOn(way, c, nobody{})
	require.NoError(t, s.kernel.Inject(sim.Plan{{Kind: stream.Stall, Target: "features", For: 5 * time.Hour}}))
	s.kernel.Run(sim.Time(10 * time.Minute))
	s.emit(system.Viewed, 1, 3, 0)
	s.kernel.Run(sim.Time(2 * time.Hour))
	s.emit(system.Viewed, 1, 4, 0)
	read := func(at time.Duration) map[audit.Cause]float64 {
		s.kernel.Run(sim.Time(at))
		s.describe(1, 3)
		s.describe(1, 4)
		s.kernel.Run(sim.Time(at + 2*time.Hour)) // until it has been judged
		_, causes := counts(s)
		return causes
	}
	assert.Equal(t, map[audit.Cause]float64{audit.Lost: 1, audit.Late: 1}, read(130*time.Minute), "post 4 waits to be read")
	assert.Equal(t, map[audit.Cause]float64{audit.Lost: 2, audit.Late: 2}, read(6*time.Hour),
		"post 4 is counted, but its row was made three hours after it should have been")
}

// A watermark that is behind makes rows look older than they are, and what lives
// as long as the refresh needs is out of age before the next one comes. That is
// lateness, too.
func TestWhatAgesBeforeItsTimeIsLate(t *testing.T) {
	s := audited(t, nil, func(c *Config) {
		v := c.Views["pair"]
		v.TTL = 2 * time.Minute
		c.Views["pair"] = v
	})
	_, causes := counts(s)
	assert.Positive(t, causes[audit.Late])
	delete(causes, audit.Late)
	assert.Empty(t, causes)
}

// Where fast clocks are believed, a row claims to know tomorrow, and is served
// long after it has nothing to tell any more.
func TestARowThatClaimsToBeYoungIsOutOfAge(t *testing.T) {
	way := stream.DefaultConfig()
	way.Clamp = false
	c := only("p", view.View{Entity: view.Post, HalfLife: time.Hour, Shows: []view.Column{view.Volume}})
	c.Audit.Share = 1
	s := newShopOn(way, c, nobody{})
	s.kernel.Run(sim.Time(10*time.Minute + 30*time.Second))
	s.emit(system.Viewed, 1, 3, 0)
	for person := range system.PersonID(6) { // of all partitions
		s.emit(system.Viewed, person, 4, -sim.Day)
	}
	s.kernel.Run(sim.Time(5 * time.Hour))
	require.Negative(t, s.store.Age())
	s.describe(1, 3)
	s.kernel.Run(sim.Time(7 * time.Hour))
	_, causes := counts(s)
	assert.Equal(t, map[audit.Cause]float64{audit.TTL: 1}, causes)
}

// What a recovery undoes and does again has been counted once.
func TestTheAuditKnowsWhatARecoveryUndid(t *testing.T) {
	way := stream.DefaultConfig()
	way.Consumer.Delivery, way.Consumer.Checkpoint = stream.ExactlyOnce, 20*time.Minute
	var plan sim.Plan
	for hour := range 40 {
		plan = append(plan, sim.Fault{Kind: stream.Crash, Target: "features", At: sim.Time(hour)*sim.Time(time.Hour) + sim.Time(12*time.Minute), For: time.Minute})
	}
	s := auditedOn(t, way, plan, nil)
	_, causes := counts(s)
	assert.Greater(t, s.store.Group().Replayed, uint64(500))
	delete(causes, audit.Late)
	assert.Empty(t, causes)
}

// Without dedupe, copies are counted, and the audit says so.
func TestTheAuditSeesCopies(t *testing.T) {
	for horizon, want := range map[time.Duration]bool{0: true, time.Hour: false} {
		s := newShop(func() Config {
			c := only("p", view.View{Entity: view.Post, HalfLife: sim.Day, Shows: []view.Column{view.Volume}})
			c.Audit.Share, c.Dedupe = 1, horizon
			return c
		}(), nobody{})
		s.kernel.Run(sim.Time(10*time.Minute + 30*time.Second))
		s.emit(system.Viewed, 1, 3, 0)
		s.log.Append(1, s.events[0])
		s.kernel.Run(sim.Time(12 * time.Minute))
		s.describe(1, 3)
		s.kernel.Run(sim.Time(2 * time.Hour))
		compared, causes := counts(s)
		assert.EqualValues(t, 1, compared)
		if want {
			assert.Equal(t, map[audit.Cause]float64{audit.Duplicated: 1}, causes)
		} else {
			assert.Empty(t, causes)
		}
		assert.Len(t, s.store.Audit().Table().Rows, len(causes))
	}
}

// With a share the audit looks at some members, the same ones always.
func TestTheAuditSamplesMembers(t *testing.T) {
	half := audit.New(sim.New(sim.Options{}), audit.Config{Share: .5}, nil)
	n := 0
	for id := range uint32(10_000) {
		if half.Samples(3, id) {
			n++
		}
	}
	assert.InDelta(t, 5000, n, 200, "four standard errors of 50")
}

// The audit looks on: what is served is the same with it.
func TestTheAuditChangesNothing(t *testing.T) {
	with := audited(t, nil, nil)
	without := audited(t, nil, func(c *Config) { c.Audit.Share = 0 })
	assert.Nil(t, without.store.Audit())
	for person := range system.PersonID(6) {
		for post := range system.PostID(20) {
			require.Equal(t, without.describe(person, post), with.describe(person, post))
		}
	}
}
