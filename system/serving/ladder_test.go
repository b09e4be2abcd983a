package serving

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
)

const (
	ms   = time.Millisecond
	slow = 10 * time.Second // later than any deadline
)

// one asks for a single page and returns it with the time it took, to the
// millisecond: the boxes take a nanosecond for nothing.
func one(t *testing.T, s *stand) (*system.Page, time.Duration) {
	s.ask(1)
	s.kernel.Run(s.kernel.Now().Add(time.Minute))
	require.Len(t, s.pages, 1, "one request, one page")
	require.Equal(t, 1, s.logs)
	p := &s.pages[0]
	require.Equal(t, Counts{Asked: 1, Answered: count(p.Rung), Partial: s.server.Counts().Partial}, s.server.Counts())
	require.Equal(t, uint32(1), p.Visit)
	for _, item := range p.Items {
		require.True(t, s.seen.Has(3, item.Post), "what was served counts as seen")
	}
	return p, p.Served.Sub(p.At).Round(ms)
}

func count(r system.Rung) (c [system.Rungs]uint64) {
	c[r] = 1
	return c
}

func TestIdlePathTakesTheSumOfItsBoxes(t *testing.T) {
	s := newStand(nil)
	s.source[system.Trending] = 25 * ms
	p, took := one(t, s)
	assert.Equal(t, 10*ms+25*ms+10*ms+10*ms+10*ms, took, "the sources run in parallel: the slowest counts")
	assert.Equal(t, system.Full, p.Rung)
	assert.Equal(t, []system.PostID{3, 2, 1}, posts(p))
	assert.Equal(t, []float32{3, 2, 1}, p.Features, "rows of what is shown, in its order")
	assert.EqualValues(t, 5, p.IndexVersion)
	assert.EqualValues(t, 9, p.ModelVersion)
	assert.EqualValues(t, 4, p.ValueVersion)
	for _, item := range p.Items {
		assert.Equal(t, float32(item.Post), item.Score)
		assert.Equal(t, float32(item.Post)+float32(system.Hide)/10, item.Predictions[system.Hide])
		assert.Equal(t, system.SourceSet(1<<system.Sources-1), item.From)
		assert.Equal(t, item.Post == 2, item.Explored)
		assert.Equal(t, map[bool]float32{false: 1, true: .25}[item.Explored], item.Propensity, "how it came there is logged")
	}
	assert.Equal(t, 1, s.watch)
}

func TestARankerWithoutAModelMakesHeuristicPagesThatTeach(t *testing.T) {
	s := newStand(nil)
	s.ready = false
	p, _ := one(t, s)
	assert.Equal(t, system.Heuristic, p.Rung)
	assert.Equal(t, []system.PostID{0, 1, 2}, posts(p))
	assert.Equal(t, []float32{0, 1, 2}, p.Features)
	assert.Zero(t, p.ModelVersion)
	assert.Zero(t, p.Items[0].Predictions)
	assert.Zero(t, s.watch, "the funnel of a page without a model says nothing of the model")
}

// Every box in turn is too slow; the rung is as documented and the page leaves
// at the deadline, not when the box is done.
func TestTheLadder(t *testing.T) {
	all := []system.PostID{3, 2, 1}
	for _, x := range []struct {
		name   string
		config func(*Config)
		slow   func(*stand)
		rung   system.Rung
		took   time.Duration
		posts  []system.PostID
		part   uint64
	}{
		{"gateway", func(c *Config) { c.Gateway.Fixed = slow }, func(*stand) {}, system.NewestOnly, 600 * ms, all, 0},
		{"one source", nil, func(s *stand) { s.source[system.Fresh] = slow }, system.Full, 330 * ms, all, 1},
		{"gateway, and a post is withheld", func(c *Config) { c.Gateway.Fixed = slow }, func(s *stand) { s.withheld = all[1:2] }, system.NewestOnly,
			600 * ms, []system.PostID{3, 1, 0}, 0},
		{"all sources", nil, func(s *stand) { s.source = [system.Sources]time.Duration{slow, slow, slow, slow, slow, slow, slow} }, system.NewestOnly, 300 * ms, all, 1},
		{"features", nil, func(s *stand) { s.features = slow }, system.Heuristic, 600 * ms, []system.PostID{0, 1, 2}, 0},
		{"ranking", nil, func(s *stand) { s.ranking = slow }, system.Heuristic, 600 * ms, []system.PostID{0, 1, 2}, 0},
		{"reranking", func(c *Config) { c.Reranking.Fixed = slow }, func(*stand) {}, system.Heuristic, 600 * ms, []system.PostID{0, 1, 2}, 0},
		{"one source, one deadline for all", func(c *Config) { c.RetrievalDeadline = c.Deadline },
			func(s *stand) { s.source[system.Fresh] = slow }, system.Heuristic, 600 * ms, []system.PostID{0, 1, 2}, 1},
	} {
		t.Run(x.name, func(t *testing.T) {
			s := newStand(x.config)
			x.slow(s)
			p, took := one(t, s)
			assert.Equal(t, x.rung, p.Rung)
			assert.Equal(t, x.took, took)
			assert.Equal(t, x.posts, posts(p))
			assert.Equal(t, x.part, s.server.Counts().Partial)
			assert.Equal(t, x.name == "reranking", s.discarded == 1)
			if x.rung != system.Full {
				assert.Empty(t, p.Features, "no features from a page that did not use them")
				assert.Zero(t, p.ModelVersion)
				assert.Zero(t, p.ValueVersion)
				assert.Zero(t, p.Items[0].Predictions)
				assert.Zero(t, s.watch)
			}
		})
	}
}

func TestALateSourceIsLeftOutAndNothingElse(t *testing.T) {
	s := newStand(nil)
	s.found = [system.Sources][]system.PostID{system.InNetwork: {0}, system.Trending: {1}, system.Neighbours: {2}}
	s.source[system.Trending] = 301 * ms
	p, _ := one(t, s)
	assert.ElementsMatch(t, []system.PostID{0, 2}, posts(p), "not even the list that it had already made")
	s = newStand(nil)
	s.found = [system.Sources][]system.PostID{system.InNetwork: {0}, system.Trending: {1}, system.Neighbours: {2}}
	s.source[system.Trending] = 289 * ms
	p, _ = one(t, s)
	assert.ElementsMatch(t, []system.PostID{0, 1, 2}, posts(p))
	assert.Zero(t, s.server.Counts().Partial)
}

func TestNothingToFind(t *testing.T) {
	s := newStand(nil)
	s.found = [system.Sources][]system.PostID{}
	p, took := one(t, s)
	assert.Equal(t, system.NewestOnly, p.Rung, "no source found anything")
	assert.Equal(t, 20*ms, took)
	s = newStand(nil)
	s.found = [system.Sources][]system.PostID{}
	s.kernel.Run(sim.Time(sim.Day)) // everything has expired
	p, _ = one(t, s)
	assert.Equal(t, system.EmptyPage, p.Rung)
	assert.Empty(t, p.Items)
}

func TestNewestLeavesOutWhatWasSeen(t *testing.T) {
	s := newStand(func(c *Config) { c.Gateway.Fixed = slow })
	s.seen.Add(3, 2)
	p, _ := one(t, s)
	assert.Equal(t, []system.PostID{3, 1, 0}, posts(p))
}
