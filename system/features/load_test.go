package features

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/features/audit"
	"feedloop/system/features/view"
)

// asking is a shop of which one view is read, of posts: a row and a feature each
// read.
func asking(t require.TestingT, change func(*OnlineConfig)) *shop {
	c := only("p", view.View{Entity: view.Post, HalfLife: sim.Day, Shows: []view.Column{view.Volume}, Default: 7})
	c.Context = nil
	change(&c.Online)
	require.NoError(t, c.Validate())
	return newShop(c, nobody{})
}

// ask describes posts now and returns what that takes, and what is served.
func (s *shop) ask(posts ...system.PostID) (cost int, values []float32) {
	q := &system.Query{}
	for _, post := range posts {
		q.Candidates = append(q.Candidates, system.Candidate{Post: post})
	}
	return s.store.Describe(q), q.Features
}

// Four reads a second on each of two shards: even posts on one, odd ones on the
// other.
func TestReadsBeyondAShardTakeLonger(t *testing.T) {
	s := asking(t, func(c *OnlineConfig) { c.Shards, c.ShardReadsPerSec = 2, 4 })
	s.kernel.Run(sim.Time(time.Minute))
	cost, _ := s.ask(0, 2, 4, 6, 1, 3)
	assert.Equal(t, 6, cost, "four and two")
	cost, _ = s.ask(8, 10)
	assert.Equal(t, 2*6/4, cost, "the sixth of four")
	cost, _ = s.ask(5, 7)
	assert.Equal(t, 2, cost, "the other shard has room")
	cost, _ = s.ask(12, 9)
	assert.Equal(t, 3, cost, "2 x 7/4: a request waits for its slowest read")
	beyond, all := s.store.Pressed()
	assert.Equal(t, []float64{4, 12}, []float64{beyond, all}, "two, one, and the fifth of the other shard")
	s.kernel.Run(sim.Time(time.Minute + time.Second))
	cost, _ = s.ask(0, 2, 4, 6)
	assert.Equal(t, 4, cost, "the next second")
}

// One row can be asked for twice a second, on each of its replicas.
func TestAHotKey(t *testing.T) {
	for replicas, want := range map[int]int{1: 4 * 3 / 2, 2: 4} {
		s := asking(t, func(c *OnlineConfig) { c.KeyReadsPerSec, c.Replicas = 2, replicas })
		s.kernel.Run(sim.Time(time.Minute))
		cost, _ := s.ask(0, 1, 2, 4, 5, 6, 8)
		assert.Equal(t, 7, cost, "many keys of one shard")
		for range 2 {
			cost, _ = s.ask(3, 3, 3)
			assert.Equal(t, 3, cost, "a request reads a row once")
		}
		cost, _ = s.ask(7, 3, 9, 3)
		assert.Equal(t, want, cost)
	}
}

// Given up, what is beyond is served the default, in no more time, and counted.
func TestReadsBeyondAreGivenUp(t *testing.T) {
	s := asking(t, func(c *OnlineConfig) { c.KeyReadsPerSec, c.GiveUp = 2, true })
	s.kernel.Run(sim.Time(time.Minute))
	for range 30 {
		s.emit(system.Viewed, 1, 3, 0)
	}
	s.kernel.Run(sim.Time(3 * time.Minute))
	_, values := s.ask(3)
	there := values[0]
	require.NotEqualValues(t, 7, there)
	s.kernel.Run(sim.Time(4 * time.Minute))
	before, _ := s.store.Reads()
	for n, want := range []float32{there, there, 7} {
		cost, values := s.ask(3, system.PostID(n), 3)
		assert.Equal(t, 3, cost)
		assert.Equal(t, []float32{want, 7, want}, values, "the others have no row")
	}
	beyond, _ := s.store.Pressed()
	assert.EqualValues(t, 1, beyond)
	after, _ := s.store.Reads()
	assert.EqualValues(t, 3+2, after-before)
}

// A request asks for a row of every post and every creator whom the person has
// met, and once for the person's own; whoever gives that up describes all by the
// default.
func TestWhatARequestAsksFor(t *testing.T) {
	c := only("p", view.View{Entity: view.Post, HalfLife: sim.Day, Shows: []view.Column{view.Volume}})
	c.Views["own"] = view.View{Entity: view.Person, HalfLife: sim.Day, Shows: []view.Column{view.Volume}, Default: 7}
	c.Views["met"] = view.View{Entity: view.PersonCreator, HalfLife: sim.Day, Shows: []view.Column{view.Volume}}
	c.Online.KeyReadsPerSec, c.Online.GiveUp = 1, true
	s := newShop(c, nobody{})
	s.kernel.Run(sim.Time(time.Minute))
	s.emit(system.Viewed, 0, 3, 0) // by creator 3
	s.kernel.Run(sim.Time(3 * time.Minute))
	_, all := s.store.Pressed()
	require.Zero(t, all)
	own := s.store.column("own.volume")
	for i, want := range []struct{ beyond, all float64 }{{0, 3 + 1 + 1}, {4, 5 + 2 + 1 + 1}} {
		_, values := s.ask([]system.PostID{3, 4, 5}[:3-i]...)
		beyond, now := s.store.Pressed()
		assert.Equal(t, want.all, now)
		assert.Equal(t, want.beyond, beyond)
		for candidate := range 3 - i {
			assert.Equal(t, i == 1, values[candidate*s.store.Width()+own] == 7)
		}
	}
}

// The audit calls what is given up lost.
func TestReadsGivenUpAreLost(t *testing.T) {
	s := audited(t, nil, func(c *Config) { c.Online.KeyReadsPerSec, c.Online.GiveUp = .5, true })
	_, causes := counts(s)
	delete(causes, audit.Late)
	assert.Len(t, causes, 1)
	assert.Greater(t, causes[audit.Lost], 9000*.8, "half a read a second leaves none, and most rows have something to tell")
}

// Any requests at any moments against a list of all reads.
func TestLoadAgainstAList(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var c OnlineConfig
		s := asking(rt, func(o *OnlineConfig) {
			o.Shards, o.Replicas = rapid.IntRange(1, 5).Draw(rt, "shards"), rapid.IntRange(1, 3).Draw(rt, "replicas")
			o.ShardReadsPerSec = rapid.SampledFrom([]float64{0, 3, 4.5}).Draw(rt, "shard")
			o.KeyReadsPerSec = rapid.SampledFrom([]float64{1, 2.5}).Draw(rt, "key")
			c = *o
		})
		type read struct{ second, post int }
		now := func() int { return int(s.kernel.Now().Sub(0) / time.Second) }
		var list []read
		beyond := 0.
		for range rapid.IntRange(1, 30).Draw(rt, "requests") {
			s.kernel.Run(s.kernel.Now().Add(time.Duration(rapid.IntRange(0, 1500).Draw(rt, "later")) * time.Millisecond))
			posts := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 19), func(i int) system.PostID { return system.PostID(i) }), 1, 6).Draw(rt, "posts")
			slowest := 1.
			for i, post := range posts {
				if slices.Contains(posts[:i], post) {
					continue
				}
				list = append(list, read{now(), int(post)})
				key, shard := 0., 0.
				for _, r := range list {
					if r.second == now() && r.post%c.Shards == int(post)%c.Shards {
						shard++
						if r.post == int(post) {
							key++
						}
					}
				}
				pressure := key / (c.KeyReadsPerSec * float64(c.Replicas))
				if c.ShardReadsPerSec > 0 {
					pressure = max(pressure, shard/(c.ShardReadsPerSec*float64(c.Replicas)))
				}
				if pressure > 1 {
					beyond++
				}
				slowest = max(slowest, pressure)
			}
			cost, _ := s.ask(posts...)
			require.Equal(rt, int(float64(len(posts))*slowest), cost)
		}
		got, all := s.store.Pressed()
		require.Equal(rt, beyond, got)
		require.EqualValues(rt, len(list), all)
	})
}

// Bounds that are never met change nothing, and reading allocates nothing.
func TestBoundsThatAreNotMetChangeNothing(t *testing.T) {
	free := audited(t, nil, nil)
	wide := audited(t, nil, func(c *Config) { c.Online.ShardReadsPerSec, c.Online.KeyReadsPerSec, c.Online.GiveUp = 1e9, 1e9, true })
	for person := range system.PersonID(6) {
		for post := range system.PostID(20) {
			require.Equal(t, free.describe(person, post), wide.describe(person, post))
		}
	}
	require.Nil(t, free.store.load)
	members := &wide.store.members
	assert.Zero(t, testing.AllocsPerRun(1000, func() {
		wide.kernel.Run(wide.kernel.Now().Add(time.Second / 3))
		wide.store.load.take(members, wide.kernel.Now())
	}))
}
