package reranking

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// shelf is posts with a reranker over them that is asked by person 1.
type shelf struct {
	*Reranker
	kernel    *sim.Kernel
	catalogue *system.Catalogue
	seen      *system.Seen
	q         system.Query
	events    uint64
}

// newShelf publishes posts at the beginning and makes them candidates, the
// later the higher the score.
func newShelf(c Config, posts ...system.Post) *shelf {
	s := &shelf{kernel: sim.New(sim.Options{}), catalogue: system.NewCatalogue(sim.Day), seen: &system.Seen{}}
	for _, p := range posts {
		s.add(s.catalogue.Add(p))
	}
	people := []system.Person{{}, {ID: 1, Uploads: []system.CreatorID{50}}}
	s.Reranker = NewReranker(s.kernel, c, rng.New(1, 0), s.catalogue, s.seen, people)
	s.q.Person = 1
	return s
}

func (s *shelf) add(id system.PostID) {
	s.q.Candidates = append(s.q.Candidates, system.Candidate{Post: id})
	s.q.Scores = append(s.q.Scores, float32(id))
}

// shown is a page of at most n posts.
func (s *shelf) shown(n int) []system.PostID {
	s.Arrange(&s.q, n)
	posts := []system.PostID{}
	for _, row := range s.q.Order {
		posts = append(posts, s.q.Candidates[row].Post)
	}
	return posts
}

// tell hands an event of the log to the reranker, twice, as the log may.
func (s *shelf) tell(kind system.EventKind, person system.PersonID, post system.PostID) {
	s.events++
	e := system.Event{ID: s.events, Kind: kind, Person: person, Post: post, Creator: s.catalogue.Post(post).Creator}
	s.Consume(&e)
	s.Consume(&e)
}

// strict is a config in which every filter is on.
func strict() Config {
	c := spaced(0)
	c.MaxAge, c.MuteAfter, c.ReportLimit, c.MaxRisk = 12*time.Hour, 2, 3, .5
	return c
}

// Each filter in turn, and last a post against which all of them speak: it
// counts for the first.
func TestEveryFilterDropsAndCounts(t *testing.T) {
	s := newShelf(strict(),
		system.Post{Creator: 1}, system.Post{Creator: 2}, system.Post{Creator: 50},
		system.Post{Creator: 4}, system.Post{Creator: 5}, system.Post{Creator: 6}, system.Post{Creator: 7, Risk: .6})
	s.kernel.Run(sim.Time(time.Hour))
	young := s.catalogue.Add(system.Post{Creator: 8, At: sim.Time(time.Hour)})
	s.add(young)
	s.add(young) // a duplicate
	s.seen.Add(1, 3)
	s.seen.Add(0, 4) // somebody else's
	for _, post := range []system.PostID{4, 4} {
		s.tell(system.Hid, 1, post)
		s.tell(system.Hid, 0, 0) // somebody else's, too
	}
	s.tell(system.Hid, 0, 1)
	s.tell(system.Hid, 1, 1) // once is not enough, whoever else does
	for person := range system.PersonID(3) {
		s.tell(system.Reported, person, 5)
	}
	s.tell(system.Reported, 0, 1)

	assert.Equal(t, []system.PostID{young, 1, 0}, s.shown(10))
	assert.Equal(t, Counts{Pages: 1, Short: 1, Candidates: 9, Placed: 3,
		Dropped: [Filters]uint64{Dedupe: 1, Own: 1, Seen: 1, Muted: 1, Policy: 1, Safety: 1}}, s.Counts())

	s.kernel.Run(sim.Time(12 * time.Hour))
	assert.True(t, s.Admits(1, 0), "as old as max_age is not older")
	s.kernel.Run(sim.Time(12*time.Hour + 1))
	assert.Equal(t, []system.PostID{young}, s.shown(10))
	assert.EqualValues(t, 7, s.Counts().Dropped[Age], "older than max_age, whatever else speaks against them")
	s.kernel.Run(sim.Time(25 * time.Hour))
	assert.Empty(t, s.shown(10), "expired")
	assert.True(t, s.Counts().Balanced())
}

// Whatever speaks against a candidate, it counts for the first filter in the
// declared order; what nothing speaks against is shown.
func TestACandidateCountsForTheFirstFilter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newShelf(strict())
		s.filters.people[1].Uploads = []system.CreatorID{50, 51}
		creators := map[[2]bool]system.CreatorID{{false, false}: 1, {true, false}: 50, {false, true}: 5, {true, true}: 51} // own, muted
		old, want, shown := rapid.IntRange(0, 6).Draw(rt, "old"), Counts{Pages: 1, Short: 1}, 0
		for i := range old + rapid.IntRange(0, 6).Draw(rt, "young") {
			if i == old {
				s.kernel.Run(sim.Time(13 * time.Hour))
			}
			against := [Filters]bool{Age: i < old}
			for f := Own; f < Filters; f++ {
				against[f] = rapid.Bool().Draw(rt, f.String())
			}
			post := system.Post{Creator: creators[[2]bool{against[Own], against[Muted]}], At: s.kernel.Now()}
			if against[Safety] {
				post.Risk = .9
			}
			id := s.catalogue.Add(post)
			if against[Seen] {
				s.seen.Add(1, id)
			}
			if against[Policy] {
				for person := range system.PersonID(3) {
					s.tell(system.Reported, person, id)
				}
			}
			if against[Muted] {
				s.tell(system.Hid, 1, id)
				s.tell(system.Hid, 1, id)
			}
			s.add(id)
			first := slices.Index(against[:], true)
			if first < 0 {
				shown++
			} else {
				want.Dropped[first]++
			}
			if rapid.Bool().Draw(rt, "twice") {
				s.add(id)
				want.Dropped[Dedupe]++
			}
		}
		s.kernel.Run(sim.Time(13 * time.Hour)) // where all were old
		want.Candidates, want.Placed = uint64(len(s.q.Candidates)), uint64(shown)
		assert.Len(rt, s.shown(20), shown)
		assert.Equal(rt, want, s.Counts())
	})
}

func TestWithoutLimitsOnlyRepetitionsAreLeftOut(t *testing.T) {
	s := newShelf(spaced(0), system.Post{Creator: 1, Risk: 1}, system.Post{Creator: 2})
	for person := range system.PersonID(2) {
		s.tell(system.Hid, person, 0)
		s.tell(system.Reported, person, 0)
	}
	assert.Equal(t, []system.PostID{1, 0}, s.shown(2))
	assert.Zero(t, s.Counts().Short)
}

// Safety fails closed: while nobody can look at posts, what was looked at
// before is shown and what was not is withheld, down the whole ladder.
func TestSafetyFailsClosed(t *testing.T) {
	c := spaced(0)
	c.MaxRisk = .5
	s := newShelf(c, system.Post{Creator: 1, Risk: .1}, system.Post{Creator: 2, Risk: .9})
	require.NoError(t, s.kernel.Inject(sim.Plan{{Kind: SafetyOutage, At: 10, For: 10}}))
	assert.Equal(t, []system.PostID{0}, s.shown(5))
	s.kernel.Run(15)
	s.add(s.catalogue.Add(system.Post{Creator: 3, Risk: .2, At: 12}))
	assert.Equal(t, []system.PostID{0}, s.shown(5), "the new post is harmless, and nobody knows")
	assert.False(t, s.Admits(1, 2))
	assert.True(t, s.Admits(1, 0))
	s.kernel.Run(25)
	assert.Equal(t, []system.PostID{2, 0}, s.shown(5))
	assert.True(t, s.Admits(1, 2))
	assert.False(t, s.Admits(1, 1))
	assert.EqualValues(t, 4, s.Counts().Dropped[Safety])
}

func TestARiskThatIsNoNumberIsTooHigh(t *testing.T) {
	c := spaced(0)
	c.MaxRisk = .99
	nan := system.Post{Creator: 1}
	nan.Risk -= nan.Risk / nan.Risk
	assert.Empty(t, newShelf(c, nan).shown(1))
}

// Diversity fails open: while it is out, pages are full and in order of score, the
// distance between posts of an author included.
func TestDiversityFailsOpen(t *testing.T) {
	posts := make([]system.Post, 12)
	for i := range posts {
		posts[i].Content[i/6], posts[i].Creator = 1, system.CreatorID(i/6) // two kinds, a creator for each
	}
	for _, diversity := range []Diversity{None, MMR, DPP} {
		c := spaced(3)
		c.Diversity, c.Lambda, c.AuthorDecay, c.Theta = diversity, .3, .5, 1
		s := newShelf(c, posts...)
		require.NoError(t, s.kernel.Inject(sim.Plan{{Kind: DiversityOutage, At: 10, For: 10}}))
		mixed := s.shown(4)
		s.kernel.Run(15)
		assert.Equal(t, []system.PostID{11, 10, 9, 8}, s.shown(4), "%s", diversity)
		s.kernel.Run(25)
		assert.Equal(t, mixed, s.shown(4), "%s is back", diversity)
		assert.NotEqual(t, []system.PostID{11, 10, 9, 8}, mixed, "%s", diversity)
	}
}

// Whatever the limits and the candidates, nothing is lost and nothing forbidden
// is on a page.
func TestCandidatesAreConserved(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := strict()
		c.MaxRisk = rapid.Float64Range(0, 1).Draw(rt, "max_risk")
		c.Exploration = sim.Share(rapid.Float64Range(0, 1).Draw(rt, "exploration"))
		c.Explorer = rapid.SampledFrom([]Explorer{Uniform, Thompson}).Draw(rt, "explorer")
		c.NewPost.Slot = rapid.IntRange(0, 5).Draw(rt, "slot")
		s := newShelf(c)
		for range rapid.IntRange(0, 30).Draw(rt, "posts") {
			s.catalogue.Add(system.Post{Creator: system.CreatorID(rapid.IntRange(0, 5).Draw(rt, "creator")), Risk: rapid.Float32Range(0, 1).Draw(rt, "risk")})
		}
		for n := s.catalogue.Len(); n > 0 && rapid.IntRange(0, 9).Draw(rt, "more") > 0; {
			s.add(system.PostID(rapid.IntRange(0, n-1).Draw(rt, "post")))
		}
		size := rapid.IntRange(0, 12).Draw(rt, "size")
		met := map[system.PostID]bool{}
		for _, post := range s.shown(size) {
			require.False(rt, met[post])
			met[post] = true
			require.LessOrEqual(rt, float64(s.catalogue.Post(post).Risk), max(c.MaxRisk, 0))
		}
		counts := s.Counts()
		assert.True(rt, counts.Balanced(), "%+v", counts)
		assert.EqualValues(rt, len(met), counts.Placed)
		assert.Equal(rt, len(met) < size, counts.Short == 1)
	})
}
