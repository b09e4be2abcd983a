package features

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/features/offline"
)

// serve describes a post to a person at a moment and keeps it as an example.
func (s *shop) serve(data *system.Examples, person system.PersonID, post system.PostID) {
	q := &system.Query{Request: system.Request{Person: person}, Candidates: []system.Candidate{{Post: post}}}
	s.store.Describe(q)
	data.Width = s.store.Width()
	data.Rows = append(data.Rows, system.Example{Served: s.kernel.Now(), Person: person, Post: post})
	data.Features = append(data.Features, q.Features...)
}

// watched is an embedder that never learns: its product is a feature that no
// store has.
type watched struct{}

func (watched) Person(p system.PersonID) []float32 { return plane(float32(p), 1) }
func (watched) Post(p system.PostID) []float32     { return plane(.1, float32(p)) }
func (watched) Version() uint32                    { return 1 }

// plane returns a vector in the plane of the first two axes.
func plane(x, y float32) []float32 {
	v := axis(x)
	v[1] = y
	return v
}

// joined is a shop where 400 impressions were served at random moments of two
// days, between 3,000 events.
func joined(c Config) (*shop, *system.Examples) {
	c.Training = Joined
	s, data := newShop(c, watched{}), &system.Examples{}
	s.crowd(3000, 47*time.Hour)
	serve := s.kernel.Register("test.serve", sim.People, func(e sim.Event) {
		u, v := rng.New(8, 0).Uniforms(testPurpose, 4, e.Arg)
		s.serve(data, system.PersonID(rng.Index(u, 6)), system.PostID(rng.Index(v, 20)))
	})
	for i := range uint64(400) {
		s.kernel.At(sim.Time(rng.New(8, 0).Uniform(testPurpose, 5, i)*float64(47*time.Hour)), serve, 0, i)
	}
	s.kernel.Run(sim.Time(2 * sim.Day))
	return s, data
}

// What was available at the time of an impression is what was served: to the
// last bit, the streaming views' and the batch views', and what is made of them.
func TestAJoinOfWhatWasAvailableIsWhatWasServed(t *testing.T) {
	c := DefaultConfig()
	c.Counters.Refresh, c.Batch.Every = 7*time.Minute, 5*time.Hour
	s, data := joined(c)
	require.Len(t, data.Rows, 400)
	spoilt := *data
	spoilt.Features = slices.Clone(data.Features)
	for i := range spoilt.Features {
		switch name := s.store.Names()[i%data.Width]; Context(name) {
		case EmbeddingDot, Follows, Age, IsFresh, Under7s, Under18s, Over40s, Length, LikeWatched, LikeSkipped: // as logged
		default:
			spoilt.Features[i] = -99
		}
	}
	got := s.store.Recompute(spoilt)
	require.Equal(t, data.Features, got, "nothing that the store has is taken from the log")
	differ := map[string]bool{}
	for i := range got {
		differ[s.store.Names()[i%data.Width]] = differ[s.store.Names()[i%data.Width]] || got[i] != got[i%data.Width]
	}
	for _, name := range []string{"post.like", "person_creator.long_view", "person_topic_recent.volume", "embedding.dot_x_creator.long_view"} {
		assert.True(t, differ[name], "%s has more than one value", name)
	}
}

// By event time a row that is stamped with the start of its period reaches
// impressions that were served before it was made, and tells them their own
// outcome. By availability it does not.
func TestABackfillLeaksByEventTimeOnly(t *testing.T) {
	for _, mode := range []offline.AsOf{offline.Available, offline.EventTime} {
		c := DefaultConfig()
		c.Training, c.Batch.Every, c.Batch.Lands = Joined, 6*time.Hour, 5*time.Minute
		c.Offline.AsOf, c.Offline.Stamp = mode, offline.Start
		s, data := newShop(c, nobody{}), &system.Examples{}
		s.kernel.Run(sim.Time(7 * time.Hour)) // a job has run, without data
		s.serve(data, 1, 3)
		s.emit(system.Viewed, 1, 3, 0)
		s.kernel.Run(sim.Time(13 * time.Hour))
		at := s.store.column("person_creator.volume")
		require.Zero(t, data.Features[at], "nobody could know at the time")
		assert.Equal(t, mode == offline.EventTime, s.store.Recompute(*data)[at] > 0, mode)
	}
}

// What is older than a view's TTL is recomputed as its default, beside views of
// the same shelf that live for ever.
func TestTheJoinKeepsTheTTLOfEachView(t *testing.T) {
	c := DefaultConfig()
	c.Training, c.Batch.Every = Joined, 6*time.Hour
	young := c.Views["post"]
	young.TTL, young.Default = time.Hour, 5
	c.Views["young"] = young
	s, data := newShop(c, nobody{}), &system.Examples{}
	s.emit(system.Viewed, 1, 3, 0)
	for _, at := range []time.Duration{30 * time.Minute, 2 * time.Hour} {
		s.kernel.Run(sim.Time(at))
		s.serve(data, 1, 3)
	}
	got := s.store.Recompute(*data)
	volume := func(view string, row int) float32 { return got[row*data.Width+s.store.column(view+".volume")] }
	assert.Equal(t, volume("post", 0), volume("young", 0))
	assert.Positive(t, volume("post", 1), "without a TTL it lives on")
	assert.EqualValues(t, 5, volume("young", 1))
}

// The offline store of a living shop keeps what the retention can see.
func TestTheOfflineStoreForgets(t *testing.T) {
	c := DefaultConfig()
	c.Offline.Retention = 2 * time.Hour
	s, data := joined(c)
	s.store.Recompute(data.Slice(0, 1)) // whoever reads seals
	kept, dropped := s.store.OfflineCounts()
	assert.Greater(t, dropped, 4*kept)
	assert.Positive(t, kept)
}
