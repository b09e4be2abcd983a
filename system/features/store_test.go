package features

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/features/view"
	"feedloop/system/stream"
)

var testPurpose = rng.NewPurpose("features.test")

// nobody is an embedder before the first training.
type nobody struct{}

func (nobody) Person(system.PersonID) []float32 { return nil }
func (nobody) Post(system.PostID) []float32     { return nil }
func (nobody) Version() uint32                  { return 0 }

// shop is a store with the log that feeds it: 6 people, 20 posts by 5 creators
// on 3 topics.
type shop struct {
	kernel    *sim.Kernel
	log       *stream.Log[system.Event]
	catalogue *system.Catalogue
	store     *Store
	events    []system.Event // that were appended
}

func newShop(c Config, embedder system.Embedder) *shop {
	return newShopOn(stream.DefaultConfig(), c, embedder)
}

func newShopOn(way stream.Config, c Config, embedder system.Embedder) *shop {
	s := &shop{kernel: sim.New(sim.Options{}), catalogue: system.NewCatalogue(30 * sim.Day)}
	s.log = stream.NewLog(s.kernel, way, func(e *system.Event) sim.Time { return e.At })
	for i := range 20 {
		s.catalogue.Add(system.Post{Creator: system.CreatorID(i % 5), Topic: system.TopicID(i % 3), Duration: time.Duration(5+3*i) * time.Second})
	}
	people := make([]system.Person, 6)
	for i := range people {
		people[i] = system.Person{ID: system.PersonID(i), Key: uint64(i)}
	}
	people[2].Follows = []system.CreatorID{4}
	s.store = New(s.kernel, c, rng.New(6, 0), s.log, s.catalogue, people, 3, embedder)
	return s
}

// emit appends an event now, about something that happened a while ago.
func (s *shop) emit(kind system.EventKind, person system.PersonID, post system.PostID, ago time.Duration) {
	p := s.catalogue.Post(post)
	e := system.Event{
		ID: uint64(len(s.events) + 1), At: s.kernel.Now().Add(-ago), Kind: kind, Person: person, Post: post,
		Creator: p.Creator, Topic: p.Topic, Watch: float32(len(s.events) % 40), Length: 60,
	}
	s.events = append(s.events, e)
	s.log.Append(uint64(person), e)
}

// crowd lets people do things at random moments for so long.
func (s *shop) crowd(events int, span time.Duration) {
	act := s.kernel.Register("test.act", sim.People, func(e sim.Event) {
		u, v := rng.New(7, 0).Uniforms(testPurpose, 1, e.Arg)
		w, x := rng.New(7, 0).Uniforms(testPurpose, 2, e.Arg)
		kind := system.Viewed
		if u > .7 {
			kind = system.EventKind(rng.Index(v, int(system.EventKinds)))
		}
		s.emit(kind, system.PersonID(rng.Index(w, 6)), system.PostID(rng.Index(x, 20)), time.Duration(v*float64(20*time.Second)))
	})
	for i := range uint64(events) {
		at := rng.New(7, 0).Uniform(testPurpose, 3, i) * float64(span)
		s.kernel.At(s.kernel.Now().Add(time.Duration(at)), act, 0, i)
	}
}

// describe returns the features of a post for a person, by name.
func (s *shop) describe(person system.PersonID, post system.PostID) map[string]float32 {
	q := &system.Query{Request: system.Request{Person: person}, Candidates: []system.Candidate{{Post: post}}}
	s.store.Describe(q)
	out := map[string]float32{}
	for i, name := range s.store.Names() {
		out[name] = q.Features[i]
	}
	return out
}

// What tests count.
const (
	impressions = iota
	plays
	longViews
	likes
	hides
	outcomes
)

// decayed is the closed form: every event counts 2^-(age / half-life).
func decayed(events []system.Event, now sim.Time, halfLife time.Duration) (n [outcomes]float64) {
	for i := range events {
		e := &events[i]
		weight := math.Exp2(-float64(now.Sub(e.At)) / float64(halfLife))
		labels := system.LabelsOf(e)
		n[plays] += weight * float64(labels.Of(system.Play))
		n[longViews] += weight * float64(labels.Of(system.LongView))
		n[likes] += weight * float64(labels.Of(system.Like))
		n[hides] += weight * float64(labels.Of(system.Hide))
		if e.Kind == system.Viewed {
			n[impressions] += weight
		}
	}
	return n
}

// odds recomputes a rate from the log: the log-odds of an outcome, relative to
// everybody's, of the events that a filter keeps.
func odds(all []system.Event, now sim.Time, c int, halfLife, everybody time.Duration, m float64, keep func(*system.Event) bool) float64 {
	var some []system.Event
	for i := range all {
		if keep(&all[i]) {
			some = append(some, all[i])
		}
	}
	n, total := decayed(some, now, halfLife), decayed(all, now, everybody)
	start := [outcomes]float64{1, .5, .3, .03, .01}
	prior := (total[c] + 10*start[c]) / (total[impressions] + 10)
	rate := (n[c] + m*prior) / (n[impressions] + m)
	return math.Log(rate/(1-rate)) - math.Log(prior/(1-prior))
}

// With no delay, the streaming counters are what a batch job would compute from
// the whole log. Decay starts when an event is read, at most a poll and 20 s
// after it happened: beside the shortest half-life of a day .02 %, and tallies
// are brought forward lazily; in log-odds of rates above .03 both together stay
// below .003.
func TestStreamingCountersAreABatchOverTheLog(t *testing.T) {
	c := DefaultConfig()
	c.Counters.WriteDelay = 0
	s := newShop(c, nobody{})
	s.crowd(3000, 40*time.Hour)
	s.kernel.Run(sim.Time(48 * time.Hour)) // a refresh has just been published, and a night has gone by
	// Rows are made when an entity last moved; relative odds do not fade, but
	// everybody's rate moves on. Touch all entities of the question once more.
	const person, post = 3, 7
	s.emit(system.Viewed, person, post, 0)
	s.kernel.Run(s.kernel.Now().Add(time.Minute))
	now := s.kernel.Now()
	creator, topic := s.catalogue.Post(post).Creator, s.catalogue.Post(post).Topic
	ofPost := func(e *system.Event) bool { return e.Post == post }
	ofCreator := func(e *system.Event) bool { return e.Creator == creator }
	ofPerson := func(e *system.Event) bool { return e.Person == person }
	ofTopic := func(e *system.Event) bool { return e.Person == person && e.Topic == topic }
	got := s.describe(person, post)
	half := func(name string) time.Duration { return c.Views[name].HalfLife }
	for _, x := range []struct {
		name     string
		of       int
		halfLife time.Duration
		keep     func(*system.Event) bool
	}{
		{"post.play", plays, half("post"), ofPost}, {"post.long_view", longViews, half("post"), ofPost},
		{"post.like", likes, half("post"), ofPost}, {"post.hide", hides, half("post"), ofPost},
		{"creator.long_view", longViews, half("creator"), ofCreator}, {"creator.hide", hides, half("creator"), ofCreator},
		{"person.long_view", longViews, half("person"), ofPerson}, {"person.like", likes, half("person"), ofPerson},
		{"person_topic.long_view", longViews, half("person_topic"), ofTopic}, {"person_topic.like", likes, half("person_topic"), ofTopic},
	} {
		want := odds(s.events, now, x.of, x.halfLife, c.EverybodyHalfLife, c.Smoothing, x.keep)
		require.Contains(t, got, x.name)
		assert.InDelta(t, want, got[x.name], .003, x.name)
		assert.NotZero(t, got[x.name])
	}
	var posts []system.Event
	for i := range s.events {
		if ofPost(&s.events[i]) {
			posts = append(posts, s.events[i])
		}
	}
	views := decayed(posts, now, half("post"))[impressions]
	assert.InDelta(t, math.Log1p(views)/6, got["post.volume"], .001)
}

// An event is invisible until the next refresh has been written, and the age
// that readers are told covers it.
func TestFeaturesAreAsOldAsTheyClaim(t *testing.T) {
	c := DefaultConfig()
	c.Counters.Refresh, c.Counters.WriteDelay = time.Hour, 10*time.Minute
	s := newShop(c, nobody{})
	s.kernel.Run(sim.Time(30 * time.Minute))
	for person := range system.PersonID(6) { // all partitions speak
		s.emit(system.Viewed, person, 1, 0)
	}
	s.kernel.Run(sim.Time(time.Hour + c.Counters.WriteDelay - 1))
	assert.Zero(t, s.describe(0, 1)["post.volume"], "refreshed, but not yet written")
	assert.Equal(t, s.kernel.Now(), sim.Time(s.store.Age()), "it knows nothing at all")
	s.kernel.Run(sim.Time(time.Hour + c.Counters.WriteDelay))
	volume := math.Log1p(6*math.Exp2(-1./48)) / 6 // half an hour of a half-life of a day
	assert.InDelta(t, volume, s.describe(0, 1)["post.volume"], 1e-4)
	watermark := sim.Time(30*time.Minute-stream.DefaultConfig().Disorder) - 1
	assert.Equal(t, s.kernel.Now().Sub(watermark), s.store.Age())
	q := &system.Query{Candidates: []system.Candidate{{Post: 1}}}
	s.store.Describe(q)
	assert.InDelta(t, s.store.Age().Seconds(), q.FeatureAge, .001)
	s.emit(system.Viewed, 0, 1, 0)
	s.kernel.Run(sim.Time(2 * time.Hour))
	assert.InDelta(t, volume, s.describe(0, 1)["post.volume"], 1e-4, "the next is not visible yet")
}

// No feature is younger than its reader: what a reader is told never lies in
// the future, and never falls back.
func TestAgesAreNeverNegative(t *testing.T) {
	s := newShop(DefaultConfig(), nobody{})
	s.crowd(500, 6*time.Hour)
	require.NoError(t, s.kernel.Inject(sim.Plan{{Kind: stream.Stall, At: sim.Time(2 * time.Hour), For: time.Hour, Target: "features"}}))
	asOf, oldest := sim.Time(0), time.Duration(0)
	for now := sim.Time(0); now < sim.Time(8*time.Hour); now = now.Add(13 * time.Second) {
		s.kernel.Run(now)
		age := s.store.Age()
		require.GreaterOrEqual(t, age, time.Duration(0))
		require.GreaterOrEqual(t, now.Add(-age), asOf)
		asOf = now.Add(-age)
		if now < sim.Time(3*time.Hour) {
			oldest = max(oldest, age)
		}
	}
	assert.Greater(t, oldest, time.Hour, "a stalled store says that it is old")
}

func TestBatchLandsInTheMorning(t *testing.T) {
	c := DefaultConfig()
	s := newShop(c, nobody{})
	s.kernel.Run(sim.Time(20 * time.Hour))
	s.emit(system.Viewed, 1, 4, 0)
	s.kernel.Run(sim.Time(sim.Day + c.Batch.Lands - 1))
	assert.Zero(t, s.describe(1, 4)["person_creator.volume"])
	s.kernel.Run(sim.Time(sim.Day + c.Batch.Lands))
	assert.NotZero(t, s.describe(1, 4)["person_creator.volume"])
	assert.NotZero(t, s.describe(1, 9)["person_creator.volume"], "another post of the creator")
	assert.Zero(t, s.describe(2, 4)["person_creator.volume"], "somebody else")
	assert.Equal(t, 6*time.Hour+time.Minute+1, s.store.BatchAge(), "as old as the event that it knows, less the bound on disorder")
}

func TestDuplicatesCountOnce(t *testing.T) {
	for horizon, want := range map[time.Duration]float64{time.Hour: 1, 0: 2} {
		c := DefaultConfig()
		c.Dedupe = horizon
		s := newShop(c, nobody{})
		s.emit(system.Viewed, 1, 4, 0)
		s.log.Append(1, s.events[0])
		s.kernel.Run(sim.Time(2 * time.Minute))
		assert.InDelta(t, math.Log1p(want)/6, s.describe(1, 4)["post.volume"], 1e-4)
		assert.EqualValues(t, 2-want, s.store.Duplicates())
	}
}

// An event from a clock that is ahead counts as of now: what comes after it is
// news, and not older than what is known.
func TestAFastClockAgesNothing(t *testing.T) {
	s := newShop(only("p", view.View{Entity: view.Post, HalfLife: time.Hour, Shows: []view.Column{view.Volume}}), nobody{})
	s.kernel.Run(sim.Time(10*time.Minute + 55*time.Second))
	s.emit(system.Viewed, 1, 3, -5*time.Hour)
	s.emit(system.Viewed, 2, 3, 0)
	s.kernel.Run(sim.Time(11 * time.Minute))
	assert.InDelta(t, math.Log1p(2)/6, s.describe(1, 3)["p.volume"], 1e-3, "half a minute of an hour")
}

// Five views of a topic have faded to 5/4 after two half-lives, although no
// refresh has touched the row since.
func TestRecencyFadesBetweenRefreshes(t *testing.T) {
	c := DefaultConfig()
	s := newShop(c, nobody{})
	s.kernel.Run(sim.Time(time.Hour))
	for post := range system.PostID(5) {
		s.emit(system.Viewed, 1, 3*post, 0)
	}
	s.kernel.Run(s.kernel.Now().Add(2 * c.Views["person_topic_recent"].HalfLife))
	assert.InDelta(t, math.Log1p(5./4)/3, s.describe(1, 6)["person_topic_recent.volume"], 1e-3, "the poll half a second later")
	for person := range system.PersonID(6) {
		for topic := range system.PostID(3) {
			if person != 1 || topic != 0 {
				assert.Zero(t, s.describe(person, topic)["person_topic_recent.volume"], "person %d, topic %d", person, topic)
			}
		}
	}
}

// towers are an embedder: everybody and every post along axis 0.
type towers struct{}

func (towers) Person(id system.PersonID) []float32 { return axis(float32(id)) }
func (towers) Post(id system.PostID) []float32     { return axis(float32(id)) }
func (towers) Version() uint32                     { return 1 }

func axis(x float32) []float32 {
	v := make([]float32, system.Dim)
	v[0] = x
	return v
}

func TestContextOfACandidate(t *testing.T) {
	s := newShop(DefaultConfig(), towers{})
	s.kernel.Run(sim.Time(30 * time.Minute))
	got := s.describe(2, 4) // a post of creator 4, 17 s long
	assert.EqualValues(t, 8, got["embedding.dot"])
	assert.EqualValues(t, 1, got["follows"], "at sign-up")
	assert.EqualValues(t, 0, s.describe(1, 4)["follows"])
	assert.InDelta(t, .5/48, got["age"], 1e-6)
	assert.EqualValues(t, 1, got["fresh"])
	assert.Equal(t, []float32{0, 1, 0}, []float32{got["length.under_7s"], got["length.under_18s"], got["length.over_40s"]})
	assert.InDelta(t, 17./60, got["length"], 1e-6)
	s.emit(system.Followed, 1, 4, 0)
	s.kernel.Run(sim.Time(time.Hour))
	assert.EqualValues(t, 1, s.describe(1, 4)["follows"])
	assert.EqualValues(t, 0, s.describe(1, 4)["fresh"])
	assert.EqualValues(t, 1, s.describe(1, 19)["length.over_40s"])
	assert.Len(t, got, s.store.Width(), "names are distinct, as many as values")
}

// The same candidate gets the same vector in whatever company.
func TestDescriptionsDoNotDependOnTheOthers(t *testing.T) {
	s := newShop(DefaultConfig(), towers{})
	s.crowd(500, 2*time.Hour)
	s.kernel.Run(sim.Time(3 * time.Hour))
	q := &system.Query{Request: system.Request{Person: 2}}
	for id := range system.PostID(20) {
		q.Candidates = append(q.Candidates, system.Candidate{Post: id})
	}
	assert.Equal(t, 20*s.store.Width(), s.store.Describe(q))
	for id := range system.PostID(20) {
		alone := s.describe(2, id)
		require.Equal(t, alone["embedding.dot"]*alone["creator.long_view"], alone["embedding.dot_x_creator.long_view"])
		require.Equal(t, alone["person_topic.long_view"]*alone["creator.long_view"], alone["person_topic.long_view_x_creator.long_view"])
		for i, name := range s.store.Names() {
			require.Equal(t, alone[name], q.Features[int(id)*s.store.Width()+i], name)
		}
	}
}

// Permuted, everybody is described by exactly one other.
func TestPermutedPeopleAreSomebodyElse(t *testing.T) {
	c := DefaultConfig()
	plain := newShop(c, towers{})
	c.PermutePeople = true
	permuted := newShop(c, towers{})
	orders := map[[6]system.PersonID]bool{}
	for n := range 200 {
		order, taken := permutation(rng.New(uint64(n), 0), 6), [6]bool{}
		for i, other := range order {
			require.NotEqual(t, system.PersonID(i), other)
			require.False(t, taken[other])
			taken[other] = true
		}
		orders[[6]system.PersonID(order)] = true
	}
	assert.Greater(t, len(orders), 80, "of the 120 cycles of six, 200 draws meet 120 (1 - e^(-200/120)) = 97, give or take 4")
	for _, s := range []*shop{plain, permuted} {
		s.crowd(500, 2*time.Hour)
		s.kernel.Run(sim.Time(3 * time.Hour))
	}
	for person := range system.PersonID(6) {
		other := permuted.store.stranger[person]
		assert.Equal(t, plain.describe(other, 8), permuted.describe(person, 8))
	}
	assert.Equal(t, []system.PersonID{0}, permutation(rng.New(1, 0), 1), "alone, there is nobody else")
}

func TestPopularityLeansOnTheCreator(t *testing.T) {
	s := newShop(DefaultConfig(), nobody{})
	assert.Zero(t, s.store.Popularity(3), "nobody has seen anything")
	for i := range 20 {
		s.emit(system.Viewed, system.PersonID(i%6), 3, 0)
		s.emit(system.Liked, system.PersonID(i%6), 3, 0)
		s.emit(system.Hid, system.PersonID(i%6), 4, 0)
	}
	s.kernel.Run(sim.Time(2 * time.Minute))
	assert.Positive(t, s.store.Popularity(3))
	assert.Negative(t, s.store.Popularity(4))
	assert.Greater(t, s.store.Popularity(3), s.store.Popularity(8), "itself")
	assert.Greater(t, s.store.Popularity(8), s.store.Popularity(7), "its creator")
	assert.Zero(t, s.store.Popularity(7))
}

// Describing allocates nothing once its buffers have grown.
func TestDescribingAllocatesNothing(t *testing.T) {
	s, catalogue, events := town(DefaultConfig())
	for i := range events[:10_000] {
		s.count(&events[i], events[i].At)
	}
	q := &system.Query{Request: system.Request{Person: 7}}
	for id := range system.PostID(300) {
		q.Candidates = append(q.Candidates, system.Candidate{Post: id % system.PostID(catalogue.Len())})
	}
	assert.Zero(t, testing.AllocsPerRun(10, func() { s.Describe(q) }))
}

// The ranker knows posts, creators, people, pairs, topics and the moment, by
// streaming counters of several half-lives and by what a nightly batch makes, by
// what was watched and skipped last, by embeddings and by what is trending.
func TestThereAreFiftyFeaturesOfEveryKind(t *testing.T) {
	c := DefaultConfig()
	names := newShop(c, nobody{}).store.Names()
	assert.GreaterOrEqual(t, len(names), 50)
	seen, entities, halfLives, nightly := map[string]bool{}, map[view.Entity]bool{}, map[time.Duration]bool{}, 0
	for _, name := range names {
		assert.False(t, seen[name], name)
		seen[name] = true
	}
	for name, v := range c.Views {
		for _, column := range v.Names(name) {
			if !seen[column] {
				continue
			}
			entities[v.Entity] = true
			if v.IsBatch() {
				nightly++
			} else if v.HalfLife > 0 {
				halfLives[v.HalfLife] = true
			}
		}
	}
	assert.Len(t, entities, len(view.Entities))
	assert.GreaterOrEqual(t, len(halfLives), 6)
	assert.Positive(t, nightly)
	for _, c := range []Context{LikeWatched, LikeSkipped, EmbeddingDot, Trend, RecentTopic, Age, Follows} {
		assert.True(t, seen[string(c)], "%s", c)
	}
}
