package serving

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/system"
)

// Whatever the boxes are given and however long they take: at every moment each
// request is answered or in flight, each is answered once, by its deadline, and
// nothing is left behind.
func TestNoRequestIsEverLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		short := rapid.Map(rapid.IntRange(0, 400), func(n int) time.Duration { return time.Duration(n) * ms })
		servers := rapid.IntRange(1, 3)
		s := newStand(func(c *Config) {
			for _, b := range []*Box{&c.Gateway, &c.Sources, &c.Features, &c.Ranking, &c.Reranking} {
				b.Servers = servers.Draw(rt, "servers")
			}
			c.Gateway.Fixed += short.Draw(rt, "gateway")
			c.Reranking.Fixed += short.Draw(rt, "reranking")
			c.RetrievalDeadline = rapid.SampledFrom([]time.Duration{ms, 300 * ms, c.Deadline}).Draw(rt, "retrieval deadline")
		})
		requests := rapid.IntRange(1, 40).Draw(rt, "requests")
		for visit := range uint32(requests) {
			for n := range s.source {
				s.source[n] = short.Draw(rt, "source")
			}
			s.features, s.ranking, s.ready = short.Draw(rt, "features"), short.Draw(rt, "ranking"), rapid.Bool().Draw(rt, "ready")
			s.ask(visit)
			s.kernel.Run(s.kernel.Now().Add(short.Draw(rt, "pause") / 4))
			require.True(rt, s.server.Counts().Balanced(), "%+v", s.server.Counts())
		}
		deadline := s.kernel.Now().Add(s.server.config.Deadline)
		for now := s.kernel.Now(); now < deadline; now = now.Add(7 * ms) {
			s.kernel.Run(now)
			require.True(rt, s.server.Counts().Balanced(), "%+v", s.server.Counts())
		}
		s.kernel.Run(deadline)
		require.Zero(rt, s.server.Counts().InFlight, "everybody has an answer by the deadline")
		require.Len(rt, s.pages, requests)
		for i := range s.pages {
			p := &s.pages[i]
			asked, open := s.asked[uint64(p.Visit)]
			require.True(rt, open, "answered twice")
			delete(s.asked, uint64(p.Visit))
			require.LessOrEqual(rt, p.Served.Sub(asked), s.server.config.Deadline)
		}
		s.kernel.Run(deadline.Add(time.Hour)) // the boxes end what they were busy with, and nobody listens
		require.Len(rt, s.pages, requests)
		require.Empty(rt, s.server.airborne)
		require.Len(rt, s.server.free, len(s.server.flights))
		for _, b := range s.server.boxes {
			require.NoError(rt, b.station.Stats().Check(), b.name)
		}
	})
}

// A flight's buffers are used again by the next request. What is late for the
// one must not show in the other.
func TestFlightsShareNothingThroughTheirBuffers(t *testing.T) {
	s := newStand(nil)
	s.features = slow
	s.ask(1)
	s.kernel.Run(sim.Time(time.Second))
	s.features = 10 * ms
	s.found = [system.Sources][]system.PostID{system.Fresh: {1}}
	s.ask(2)
	s.kernel.Run(sim.Time(time.Minute)) // the features of visit 1 arrive meanwhile
	require.Len(t, s.pages, 2)
	require.Len(t, s.server.flights, 1)
	assert.Equal(t, system.Heuristic, s.pages[0].Rung)
	p := &s.pages[1]
	assert.Equal(t, system.Full, p.Rung)
	assert.Equal(t, []system.PostID{1}, posts(p))
	assert.Equal(t, []float32{1}, p.Features)
}

// Nor does what a page was show in the next one.
func TestEveryRequestStartsAfresh(t *testing.T) {
	s := newStand(nil)
	s.source[system.Fresh] = slow
	s.ask(1) // full, without one source
	s.kernel.Run(sim.Time(time.Minute))
	s.source[system.Fresh], s.ready = 10*ms, false
	s.ask(2) // heuristic, of all sources
	s.kernel.Run(sim.Time(2 * time.Minute))
	require.Len(t, s.server.flights, 1)
	assert.Equal(t, []system.Rung{system.Full, system.Heuristic}, []system.Rung{s.pages[0].Rung, s.pages[1].Rung})
	assert.EqualValues(t, 1, s.server.Counts().Partial)
	assert.Equal(t, []float32{0, 1, 2}, s.pages[1].Features)
}

// deaf is an audience that keeps nothing.
type deaf struct{}

// Receive implements [system.Audience].
func (deaf) Receive(*system.Page) {}

// On every way to a page: full, without a source that is late, and by the fallback.
func TestServingDoesNotAllocate(t *testing.T) {
	s := newStand(nil)
	s.server.Audience = deaf{}
	visit := uint32(0)
	serve := func() {
		visit++
		s.source[system.Fresh], s.ready = 10*ms, visit%2 == 0
		if visit%3 == 0 {
			s.source[system.Fresh] = slow
		}
		s.server.Ask(system.Request{Person: 3, Key: 33, Visit: visit, At: s.kernel.Now()})
		s.kernel.Run(s.kernel.Now().Add(10 * time.Second))
	}
	for range 100 {
		serve()
	}
	assert.Zero(t, testing.AllocsPerRun(600, serve))
	counts := s.server.Counts()
	assert.Positive(t, counts.Partial)
	assert.Positive(t, counts.Answered[system.Full])
	assert.Positive(t, counts.Answered[system.Heuristic])
	assert.Zero(t, counts.InFlight)
}

// A source answers 15 ms after its deadline, while the features of what was
// found without it are read. Nobody listens any more.
func TestALateAnswerChangesNothing(t *testing.T) {
	s := newStand(nil)
	s.source[system.Fresh] = 305 * ms
	s.ask(1)
	s.kernel.Run(sim.Time(time.Minute))
	require.Len(t, s.pages, 1)
	for _, n := range []int{features, ranking, reranking} {
		assert.EqualValues(t, 1, s.server.boxes[n].station.Stats().Started, s.server.boxes[n].name)
	}
}

// One server that takes 100 ms for a ranking serves six of a burst before the
// deadline of 600 ms: the path has taken 30 ms before, so five are in time, and
// the others get popularity order.
func TestCapacityBoundsWhatIsRanked(t *testing.T) {
	s := newStand(func(c *Config) { c.Ranking.Servers = 1 })
	s.ranking = 100 * ms
	for visit := range uint32(20) {
		s.ask(visit)
	}
	s.kernel.Run(sim.Time(time.Second))
	counts := s.server.Counts()
	assert.EqualValues(t, 5, counts.Answered[system.Full])
	assert.EqualValues(t, 15, counts.Answered[system.Heuristic])
}

// A request whose deadline has passed is never run.
func TestExpiredRequestsCostNothing(t *testing.T) {
	s := newStand(func(c *Config) { c.Ranking.Servers = 1 })
	s.ranking = 100 * ms
	for visit := range uint32(20) {
		s.ask(visit)
	}
	s.kernel.Run(sim.Time(time.Minute))
	assert.EqualValues(t, 6, s.server.boxes[ranking].station.Stats().Started, "five in time, and one that began before the deadline")
}

// Each simulated request brings 1,999 others, smoothed over an hour: asked once
// a minute from 0 on, the load after t is (1 - e^(-t/1h)) 1,999/60 a second.
func TestLoadFollowsTheSimulatedRequests(t *testing.T) {
	s := newStand(func(c *Config) { c.Represents = 2000 })
	visit := uint32(0)
	tick := s.kernel.Register("test.ask", sim.People, func(sim.Event) {
		s.ask(visit)
		visit++
	})
	s.kernel.Every(sim.Time(time.Second), time.Minute, tick)
	s.kernel.Run(sim.Time(2 * time.Hour))
	want := (1 - num.Exp(-2)) * 1999 / 60
	assert.InEpsilon(t, want, s.server.Rate(), 1e-9)
	var mean float64
	for _, b := range s.server.boxes {
		mean = max(mean, b.mean)
	}
	s.server.Traffic()
	s.kernel.Run(sim.Time(2*time.Hour + 30*time.Second))
	busiest, perSec := s.server.Traffic()
	assert.InDelta(t, want*mean/100, busiest, 1e-3, "ten servers of a tenth each; a simulated request adds at most 1/3000")
	assert.InDelta(t, want+1./30, perSec, 1e-9, "one was simulated in the half minute")
	require.NoError(t, s.server.Check())
	s = newStand(nil)
	s.ask(0)
	s.kernel.Run(sim.Time(time.Hour))
	assert.Zero(t, s.server.Rate(), "people who stand for themselves bring no others")
}

// One person stands for 100,000, who ask once a minute: in the end they offer
// 17 servers' work to 10. Ten are reached when 1 - e^(-t/1h) = .6, after
// 55 minutes; until then everybody gets a full page, and soon afterwards the
// line is longer than the deadline.
func TestOthersTakeTheCapacity(t *testing.T) {
	s := newStand(func(c *Config) {
		c.Represents, c.Ranking.Servers = 100_000, 10
		c.Gateway.Servers, c.Sources.Servers, c.Features.Servers, c.Reranking.Servers = 1000, 1000, 1000, 1000
	})
	tick := s.kernel.Register("test.ask", sim.People, func(e sim.Event) { s.ask(uint32(e.At / sim.Time(time.Minute))) })
	s.kernel.Every(sim.Time(time.Second), time.Minute, tick)
	s.kernel.Run(sim.Time(12 * time.Hour))
	counts := s.server.Counts()
	assert.InDelta(t, 75, float64(counts.Answered[system.Full]), 20, "of %d", counts.Asked)
	assert.Equal(t, counts.Asked, counts.Answered[system.Full]+counts.Answered[system.Heuristic])
	for i := range s.pages {
		require.LessOrEqual(t, s.pages[i].Served.Sub(s.pages[i].At), s.server.config.Deadline)
	}
}

// Jitter leaves the mean where it was: a log-normal with mean 1 and sigma .3 has
// sd .307, over 4,000 draws .0049, times 4. Each box of each request draws its
// own.
func TestJitterKeepsTheMean(t *testing.T) {
	s := newStand(func(c *Config) { c.Jitter = 0.3 })
	sum, drawn := 0.0, map[time.Duration]bool{}
	for visit := range uint32(2000) {
		s.ask(visit)
		f := s.server.flights[s.server.airborne[33<<32|uint64(visit)<<12]]
		for _, n := range []int{features, ranking} {
			d := s.server.boxes[n].Start(f.id)
			sum += d.Seconds()
			drawn[d] = true
		}
		s.kernel.Run(s.kernel.Now().Add(time.Second))
	}
	assert.InEpsilon(t, (10 * ms).Seconds(), sum/4000, .02)
	assert.Greater(t, len(drawn), 3990)
}
