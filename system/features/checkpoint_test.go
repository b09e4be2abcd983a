package features

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/features/view"
	"feedloop/system/stream"
)

// crashing runs a shop of 160 events in 20 minutes, some of which come twice,
// whose reader is slow enough to have a backlog and to read at most one event a
// poll. Crash is how many it has read when it crashes; 0 is never. Checkpoints
// are taken every two minutes. At the end, when all has been read, everybody is
// shown every post, so that all rows are made anew at one moment, and they are
// what is returned.
func crashing(t *testing.T, delivery stream.Guarantee, dedupe time.Duration, crash uint64) (*shop, [][]float32) {
	way := stream.DefaultConfig()
	way.Partitions, way.RatePerSec = 1, .2
	way.Consumer.Delivery, way.Consumer.Checkpoint, way.Consumer.Commit = delivery, 2*time.Minute, 2*time.Minute
	c := DefaultConfig()
	c.Batch.Every, c.Batch.Lands, c.Dedupe, c.History = 20*time.Minute, time.Minute, dedupe, 3
	s := newShopOn(way, c, nobody{})
	s.crowd(144, 20*time.Minute)
	again := s.kernel.Register("test.again", sim.People, func(e sim.Event) { s.log.Append(1, s.events[e.Arg]) })
	for i := range uint64(16) {
		s.kernel.At(sim.Time(20*time.Minute), again, 0, 9*i) // while the first ones are dirty or long counted
	}
	for crash > 0 && s.store.Group().Read < crash {
		s.kernel.Run(s.kernel.Now().Add(500 * time.Millisecond))
	}
	if crash > 0 {
		s.store.Group().Crash()
	}
	s.kernel.Run(sim.Time(35 * time.Minute))
	require.Zero(t, s.store.Group().Lag())
	for person := range system.PersonID(6) {
		for post := range system.PostID(20) {
			s.emit(system.Viewed, person, post, 0)
		}
	}
	s.kernel.Run(sim.Time(62 * time.Minute)) // the batch of an hour has landed
	require.Zero(t, s.store.Group().Lag())
	var rows [][]float32
	for person := range system.PersonID(6) {
		for post := range system.PostID(20) {
			q := &system.Query{Request: system.Request{Person: person}, Candidates: []system.Candidate{{Post: post}}}
			s.store.Describe(q)
			rows = append(rows, q.Features)
		}
	}
	return s, rows
}

// Crash after every single event: counters, windows, sequences, follows and the
// memory of duplicates come back with the offsets, and what is described in the
// end is what it would have been, to the last bit. One partition: of several, in
// which order their records interleave differs after a crash, and sums differ in
// their last digits.
func TestExactlyOnceWhereverTheStoreCrashes(t *testing.T) {
	calm, want := crashing(t, stream.ExactlyOnce, time.Hour, 0)
	require.EqualValues(t, 144+16+120, calm.store.Group().Read)
	require.EqualValues(t, 16, calm.store.Duplicates())
	require.Greater(t, calm.store.Group().Checkpoints(), uint64(5))
	replayed := uint64(0)
	for crash := uint64(1); crash <= 160; crash++ {
		s, got := crashing(t, stream.ExactlyOnce, time.Hour, crash)
		require.Equal(t, want, got, "crash after event %d", crash)
		g := s.store.Group()
		require.EqualValues(t, 144+16+120, g.Read-g.Replayed)
		require.EqualValues(t, 16, s.store.Duplicates())
		replayed += g.Replayed
	}
	assert.Greater(t, replayed, uint64(160*5), "recovery had work to do: a checkpoint is a minute old, and 12 events, on average")
}

// Where a crash repeats events, the memory of duplicates keeps them out; without
// it they are counted twice, or the test above proves nothing.
func TestWhatACrashRepeatsIsKeptOutByTheirIDs(t *testing.T) {
	_, want := crashing(t, stream.AtLeastOnce, time.Hour, 0)
	s, got := crashing(t, stream.AtLeastOnce, time.Hour, 100)
	assert.Positive(t, s.store.Group().Repeated)
	assert.Equal(t, want, got)
	_, want = crashing(t, stream.ExactlyOnce, 0, 0)
	_, got = crashing(t, stream.AtLeastOnce, 0, 100)
	assert.NotEqual(t, want, got)
	_, got = crashing(t, stream.ExactlyOnce, 0, 100)
	assert.Equal(t, want, got)
}

// A checkpoint can be gone back to as often as there are crashes, and holds what
// it held, of everything.
func TestAMemoryGoesBackTwice(t *testing.T) {
	c := DefaultConfig()
	c.History = 3
	s := newShop(c, nobody{})
	s.crowd(900, 3*time.Hour)
	s.kernel.Run(sim.Time(time.Hour))
	m := memory{s.store}
	checkpoint := m.Snapshot().(*saved)
	shown := func(live []*view.Live) (rows []float32) {
		p := view.PriorsOf(&checkpoint.everybody)
		for i := range live {
			for member := range uint32(checkpoint.live[i].Members()) {
				rows, _ = live[i].Show(rows, member, sim.Time(3*time.Hour), &p, 1)
			}
		}
		return rows
	}
	wants, sequences := shown(checkpoint.live), copied(checkpoint.sequences)
	follows, ids := slices.Clone(checkpoint.follows), checkpoint.dedupe.Clone()
	for _, later := range []sim.Time{sim.Time(2 * time.Hour), sim.Time(3 * time.Hour)} {
		s.kernel.Run(later)
		require.NotEqual(t, wants, shown(m.Snapshot().(*saved).live))
		require.NotEqual(t, sequences, s.store.sequences.live)
		require.NotEqual(t, follows, s.store.follows[:len(follows)])
		s.store.follow(uint32(len(follows)), true) // a pair that the checkpoint had no room for
		m.Restore(checkpoint)
		got := m.Snapshot().(*saved)
		assert.Equal(t, checkpoint.everybody, got.everybody)
		assert.Equal(t, wants, shown(got.live))
		assert.Equal(t, sequences, got.sequences)
		assert.Equal(t, follows, got.follows[:len(follows)])
		assert.NotContains(t, got.follows[len(follows):], true)
		assert.Equal(t, ids, got.dedupe)
	}
}

// Between a recovery and having caught up, rows that are made anew know less than
// before, and their age says so.
func TestRowsAfterARecoverySayHowOldTheyAre(t *testing.T) {
	way := stream.DefaultConfig()
	way.Consumer.Delivery, way.Consumer.Checkpoint = stream.ExactlyOnce, 30*time.Minute
	s := newShopOn(way, DefaultConfig(), nobody{})
	s.crowd(600, 2*time.Hour)
	s.kernel.Run(sim.Time(80 * time.Minute))
	require.Less(t, s.store.Age(), 5*time.Minute)
	require.NoError(t, s.kernel.Inject(sim.Plan{{Kind: stream.Crash, Target: "features", At: s.kernel.Now(), For: 10 * time.Minute}}))
	s.kernel.Run(sim.Time(85 * time.Minute))
	assert.InDelta(t, 25, s.store.Age().Minutes(), 3, "the checkpoint of an hour, and a minute each of disorder and refresh")
	s.kernel.Run(sim.Time(95 * time.Minute))
	assert.Less(t, s.store.Age(), 5*time.Minute)
}
