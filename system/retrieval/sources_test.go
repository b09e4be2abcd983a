package retrieval

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/system"
)

// union is the slow way: walk the lists in turns, keep a map.
func union(lists *[system.Sources][]system.Candidate, first system.PostID, most int) []system.Candidate {
	var out []system.Candidate
	at := map[system.PostID]int{}
	for i := range 1000 {
		for _, list := range lists {
			if i >= len(list) || list[i].Post < first {
				continue
			}
			c := list[i]
			if row, in := at[c.Post]; in {
				out[row].From |= c.From
				if c.IndexVersion > 0 {
					out[row].IndexVersion = c.IndexVersion
				}
			} else if len(out) < most {
				at[c.Post] = len(out)
				out = append(out, c)
			}
		}
	}
	return out
}

func TestUnionAgainstAMap(t *testing.T) {
	w := newWorld(DefaultConfig(), 1)
	for range 30 {
		w.publish(0)
	}
	w.kernel.Run(sim.Time(time.Hour))
	for range 40 {
		w.publish(0)
	}
	w.kernel.Run(sim.Time(2 * sim.Day)) // the first thirty have just expired
	rapid.Check(t, func(rt *rapid.T) {
		w.retriever.config.Candidates = rapid.IntRange(1, 60).Draw(rt, "most")
		var lists [system.Sources][]system.Candidate
		for s := range lists {
			for _, id := range rapid.SliceOfNDistinct(rapid.Uint32Range(25, 69), 0, 30, rapid.ID).Draw(rt, "list") {
				c := candidate(system.PostID(id), system.Source(s))
				if system.Source(s) == system.Neighbours {
					c.IndexVersion = 7
				}
				lists[s] = append(lists[s], c)
			}
		}
		q := &system.Query{}
		w.retriever.counts = Counts{}
		w.retriever.Union(q, &lists)
		assert.Equal(rt, union(&lists, 30, w.retriever.config.Candidates), q.Candidates)
		want, met := Counts{United: uint64(len(q.Candidates))}, map[system.PostID]bool{}
		for _, list := range lists {
			for _, c := range list {
				want.Proposed++
				if c.Post < 30 {
					want.Expired++
				}
				met[c.Post] = true
			}
		}
		counts := w.retriever.Counts()
		want.Repeated, want.Cut = counts.Repeated, counts.Cut // told apart by what is in, and when
		assert.Equal(rt, want, counts)
		assert.True(rt, counts.Balanced())
		if w.retriever.config.Candidates >= len(met) {
			assert.Zero(rt, counts.Cut)
		}
	})
}

func TestUnionRemembersNothingOfTheQueryBefore(t *testing.T) {
	w := newWorld(DefaultConfig(), 1)
	id := w.publish(0)
	for range 3 {
		q := &system.Query{}
		lists := [system.Sources][]system.Candidate{{candidate(id, system.InNetwork)}}
		w.retriever.Union(q, &lists)
		assert.Equal(t, lists[0], q.Candidates)
		w.publish(0) // the table of marks grows on the way
	}
}

func TestInNetworkTakesRoundsOfTheNewest(t *testing.T) {
	c := DefaultConfig()
	c.Quotas.InNetwork = 4
	w := newWorld(c, 1)
	expired := w.publish(1)
	w.kernel.Run(sim.Time(2 * sim.Day))
	a, b, _ := w.publish(1), w.publish(2), w.publish(3)
	a2, b2 := w.publish(1), w.publish(2)
	assert.Empty(t, w.from(system.InNetwork, 0))
	follow := func(creator system.CreatorID) {
		w.retriever.Consume(&system.Event{Kind: system.Followed, Creator: creator})
	}
	follow(2)
	follow(1)
	follow(99) // has never posted
	assert.Equal(t, []system.PostID{b2, a2, b, a}, ids(w.from(system.InNetwork, 0)))
	w.seen.Add(0, a2)
	assert.Equal(t, []system.PostID{b2, b, a}, ids(w.from(system.InNetwork, 0)))
	assert.NotContains(t, ids(w.from(system.InNetwork, 0)), expired)
	w.retriever.config.Quotas.InNetwork = 2
	assert.Equal(t, []system.PostID{b2, b}, ids(w.from(system.InNetwork, 0)))
}

// The log may bring an event twice.
func TestFollowingTwiceIsFollowingOnce(t *testing.T) {
	w := newWorld(DefaultConfig(), 1)
	id := w.publish(1)
	for range 2 {
		w.retriever.Consume(&system.Event{Kind: system.Followed, Creator: 1})
	}
	assert.Equal(t, []system.PostID{id}, ids(w.from(system.InNetwork, 0)))
}

// popular is a popularity that favours some posts.
type popular map[system.PostID]float32

func (p popular) Popularity(id system.PostID) float32 { return p[id] }

func TestTrendingIsOfItsLastRefreshAndFadesByHalfADay(t *testing.T) {
	c := DefaultConfig()
	c.Quotas.Trending = 10
	w := newWorld(c, 1)
	w.kernel.Run(sim.Time(5 * time.Minute))
	first := w.publish(0)
	w.kernel.Run(sim.Time(sim.Day - time.Minute))
	second := w.publish(0)
	w.retriever.SetPopularity(popular{first: 0.69}) // ln 2 = .693: a day of age
	w.kernel.Run(sim.Time(sim.Day))
	assert.Equal(t, []system.PostID{second, first}, ids(w.from(system.Trending, 0)))
	w.retriever.SetPopularity(popular{first: 0.70})
	assert.Equal(t, []system.PostID{second, first}, ids(w.from(system.Trending, 0)), "not refreshed yet")
	w.kernel.Run(sim.Time(sim.Day + c.TrendingRefresh))
	assert.Equal(t, []system.PostID{first, second}, ids(w.from(system.Trending, 0)))
	w.kernel.Run(sim.Time(2*sim.Day + 6*time.Minute))
	assert.Equal(t, []system.PostID{second}, ids(w.from(system.Trending, 0)), "the first has expired since the list was made")
	w.seen.Add(0, second)
	assert.Empty(t, w.from(system.Trending, 0))
}

func TestFreshTakesTheNewestUnseen(t *testing.T) {
	c := DefaultConfig()
	c.Quotas.Fresh = 2
	w := newWorld(c, 2)
	w.publish(0)
	w.publish(0)
	w.publish(0)
	w.seen.Add(1, 2)
	assert.Equal(t, []system.PostID{2, 1}, ids(w.from(system.Fresh, 0)))
	assert.Equal(t, []system.PostID{1, 0}, ids(w.from(system.Fresh, 1)))
	w.kernel.Run(sim.Time(2 * sim.Day))
	assert.Empty(t, w.from(system.Fresh, 0))
}

// A source appends: what is in the list already stays, and a quota of 0 adds
// nothing.
func TestSourcesAppendWithinTheirQuota(t *testing.T) {
	c := DefaultConfig()
	w := newWorld(c, 1)
	for range 200 {
		w.publish(0)
	}
	w.retriever.Consume(&system.Event{Kind: system.Followed, Creator: 0})
	w.retriever.SetPopularity(popular{})
	w.retriever.Deploy(w.towers(1))
	w.kernel.Run(sim.Time(time.Hour))
	before := []system.Candidate{candidate(7, system.Fresh)}
	q := &system.Query{}
	for s := range system.Sources {
		w.retriever.config.Quotas = c.Quotas
		got, rows := w.retriever.Source(s, q, before)
		quota := c.Quotas.Quota(s)
		assert.Len(t, got, 1+quota, s)
		assert.Equal(t, before[0], got[0])
		assert.GreaterOrEqual(t, rows, quota, "every candidate was looked at")
		w.retriever.config.Quotas = Quotas{}
		got, _ = w.retriever.Source(s, q, before)
		assert.Len(t, got, 1, s)
	}
	assert.Equal(t, &system.Query{}, q, "a source does not touch the query")
}

// No source offers a post in a language that the person has not set, and none
// spends its quota on one.
func TestNoSourceOffersAnotherLanguage(t *testing.T) {
	c := DefaultConfig()
	c.Quotas = Quotas{InNetwork: 5, Neighbours: 5, Trending: 5, Fresh: 5}
	w := newWorld(c, 2)
	w.retriever.speaks = settings([]system.Person{{ID: 0}, {ID: 1, Languages: system.Languages(0).With(1)}})
	w.retriever.follows[1] = []system.CreatorID{0}
	for i := range 20 {
		id := w.publish(0)
		w.catalogue.Post(id).Language = system.Language(i % 2)
	}
	w.retriever.Deploy(w.towers(1))
	w.kernel.Run(sim.Time(time.Hour))
	for i := range 20 {
		w.retriever.trending = append(w.retriever.trending, system.PostID(i))
	}
	for _, s := range []system.Source{system.InNetwork, system.Neighbours, system.Trending, system.Fresh} {
		found := ids(w.from(s, 1))
		assert.Len(t, found, 5, s)
		for _, id := range found {
			assert.EqualValues(t, 1, w.catalogue.Post(id).Language, s)
		}
	}
	assert.Nil(t, settings([]system.Person{{ID: 0}, {ID: 1}}), "where nobody has set any, nothing is asked")
}

// rates is a popularity of posts by number.
type rates []float32

func (r rates) Popularity(id system.PostID) float32 { return r[id] }

// BenchmarkTrending makes the list of 1,300 of 6,000 posts, with counters that cost
// nothing to read.
func BenchmarkTrending(b *testing.B) {
	c := DefaultConfig()
	c.Quotas.Trending = 130
	w := newWorld(c, 1)
	popularity := rates{}
	for i := range 6000 {
		w.kernel.Run(sim.Time(i) * sim.Time(20*time.Second))
		w.publish(0)
		popularity = append(popularity, float32(unit(i)[0]))
	}
	w.retriever.SetPopularity(popularity)
	b.ReportAllocs()
	for b.Loop() {
		w.retriever.makeTrending()
	}
}
