package features

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/features/view"
)

// only is a configuration with one view.
func only(name string, v view.View) Config {
	c := DefaultConfig()
	c.Views, c.Context = map[string]view.View{name: v}, []Context{EmbeddingDot}
	c.Counters.WriteDelay = 0
	return c
}

// found returns what a reader finds, and how often each status was met for it.
func (s *shop) found(person system.PersonID, post system.PostID, name string) (float32, Status) {
	before := s.store.shelves[0].reads
	x := s.describe(person, post)[name]
	for status := range Statuses {
		if s.store.shelves[0].reads[status] != before[status] {
			return x, status
		}
	}
	return x, Statuses
}

// A value is served until its data are older than its TTL, that age included;
// then, as for what is not there at all, the default is. The data reach up to the
// watermark: the event's time less the bound on disorder.
func TestStatuses(t *testing.T) {
	s := newShop(only("p", view.View{
		Entity: view.Post, HalfLife: sim.Day, Shows: []view.Column{view.Volume}, TTL: 2 * time.Hour, Default: -7,
	}), nobody{})
	s.kernel.Run(sim.Time(10*time.Minute + 30*time.Second))
	s.emit(system.Viewed, 1, 3, 0)
	s.emit(system.Liked, 1, 4, 0)
	const reach = 9*time.Minute + 30*time.Second - 1
	for _, x := range []struct {
		at     time.Duration
		post   system.PostID
		status Status
	}{
		{10*time.Minute + 59*time.Second, 3, Absent}, // counted, and not yet refreshed
		{11 * time.Minute, 3, Present}, {11 * time.Minute, 4, Null}, {11 * time.Minute, 5, Absent},
		{reach + 2*time.Hour, 3, Present}, {reach + 2*time.Hour + 1, 3, Expired}, {reach + 2*time.Hour + 1, 4, Null},
	} {
		s.kernel.Run(sim.Time(x.at))
		value, status := s.found(1, x.post, "p.volume")
		assert.Equal(t, x.status, status, "at %v", x.at)
		if status == Present {
			assert.Positive(t, value)
		} else {
			assert.EqualValues(t, -7, value)
		}
	}
}

// Three half-lives and a refresh after its data, a row has nothing to tell any
// more.
func TestSilenceIsNull(t *testing.T) {
	s := newShop(only("p", view.View{Entity: view.Person, HalfLife: time.Hour, Shows: []view.Column{view.Volume}}), nobody{})
	s.kernel.Run(sim.Time(10*time.Minute + 30*time.Second))
	s.emit(system.Viewed, 1, 3, 0)
	const silent = 9*time.Minute + 30*time.Second - 1 + 3*time.Hour + time.Minute
	s.kernel.Run(sim.Time(silent))
	_, status := s.found(1, 3, "p.volume")
	assert.Equal(t, Present, status)
	s.kernel.Run(sim.Time(silent + 1))
	_, status = s.found(1, 3, "p.volume")
	assert.Equal(t, Null, status)
	s.emit(system.Viewed, 1, 3, 0)
	s.kernel.Run(sim.Time(silent + 2*time.Minute))
	_, status = s.found(1, 3, "p.volume")
	assert.Equal(t, Present, status)
}

// Reads are counted by view, and those that were served a default apart.
func TestReadsAreCounted(t *testing.T) {
	s := newShop(only("p", view.View{Entity: view.Post, HalfLife: sim.Day, Shows: []view.Column{view.Volume}}), nobody{})
	s.emit(system.Viewed, 1, 3, 0)
	s.kernel.Run(sim.Time(2 * time.Minute))
	for range 3 {
		s.describe(1, 3)
	}
	s.describe(1, 4)
	defaults, all := s.store.Reads()
	assert.EqualValues(t, 4, all)
	assert.EqualValues(t, 1, defaults)
}

// Every candidate is told the age of its own post's counters.
func TestEveryCandidateHasAnAge(t *testing.T) {
	s := newShop(DefaultConfig(), nobody{})
	s.kernel.Run(sim.Time(10*time.Minute + 30*time.Second))
	s.emit(system.Viewed, 1, 3, 0)
	s.kernel.Run(sim.Time(40 * time.Minute))
	s.emit(system.Viewed, 1, 4, 0)
	s.kernel.Run(sim.Time(45 * time.Minute))
	q := &system.Query{Candidates: []system.Candidate{{Post: 3}, {Post: 4}, {Post: 5}}}
	s.store.Describe(q)
	const disorder = 60 // seconds that the watermark stays behind
	assert.Equal(t, []float32{34.5*60 + disorder, 5*60 + disorder, -1}, q.Ages)
}

// Of two views on a shelf, the one that lives longer is served up to its own TTL,
// that age included.
func TestTheTTLIsInclusiveBesideAShorterOne(t *testing.T) {
	c := only("long", view.View{Entity: view.Post, HalfLife: sim.Day, Shows: []view.Column{view.Volume}, TTL: 2 * time.Hour, Default: -7})
	c.Views["short"] = view.View{Entity: view.Post, HalfLife: sim.Day, Shows: []view.Column{view.Volume}, TTL: time.Hour, Default: -5}
	s := newShop(c, nobody{})
	s.kernel.Run(sim.Time(10*time.Minute + 30*time.Second))
	s.emit(system.Viewed, 1, 3, 0)
	const reach = 9*time.Minute + 30*time.Second - 1
	s.kernel.Run(sim.Time(reach + 2*time.Hour))
	got := s.describe(1, 3)
	assert.Positive(t, got["long.volume"])
	assert.EqualValues(t, -5, got["short.volume"])
	s.kernel.Run(s.kernel.Now() + 1)
	assert.EqualValues(t, -7, s.describe(1, 3)["long.volume"])
}
