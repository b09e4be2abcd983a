package retraining

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/stream"
)

var testPurpose = rng.NewPurpose("retraining.test")

const width = 3

// desk is a joiner with the log that it reads.
type desk struct {
	kernel *sim.Kernel
	log    *stream.Log[system.Event]
	joiner *Joiner
	closed []system.Example
}

func newDesk(c Config) *desk {
	d := &desk{kernel: sim.New(sim.Options{})}
	d.log = stream.NewLog(d.kernel, stream.DefaultConfig(), func(e *system.Event) sim.Time { return e.At })
	d.joiner = NewJoiner(d.kernel, c, d.log, width, func(e *system.Example) { d.closed = append(d.closed, *e) })
	return d
}

// serve shows a page of posts to a person now. The features of an item say which
// person, visit and post they belong to.
func (d *desk) serve(person system.PersonID, visit uint32, posts ...system.PostID) {
	p := &system.Page{Request: system.Request{Person: person, Visit: visit}, ModelVersion: 7, Served: d.kernel.Now()}
	for _, post := range posts {
		item := system.Item{Post: post}
		item.Predictions[system.Like] = float32(post) / 100
		p.Items = append(p.Items, item)
		p.Features = append(p.Features, float32(person), float32(visit), float32(post))
	}
	d.joiner.Served(p)
	clear(p.Items) // the page is valid only during the call
	clear(p.Features)
}

// event is something a person did about an item.
func event(kind system.EventKind, person system.PersonID, visit uint32, position uint8, post system.PostID) system.Event {
	return system.Event{Kind: kind, Person: person, Visit: visit, Position: position, Post: post, Watch: 20, Length: 30}
}

// shown and told are the slow twin's memory: everything that ever came.
type shown struct {
	at     sim.Time
	person system.PersonID
	visit  uint32
	posts  []system.PostID
}

type told struct {
	at sim.Time
	e  system.Event
}

// bruteJoin matches a page with events one by one: an item is an example if a
// view of it, or of anything on its page where all that is served counts, came
// before its page closed, which is at the first whole minute after the label
// window.
func bruteJoin(c Config, p shown, events []told, now sim.Time) (rows []system.Example, features []float32) {
	minute := sim.Time(time.Minute)
	closes := (p.at.Add(c.LabelWindow) + minute - 1) / minute * minute
	if closes > now {
		return nil, nil
	}
	met := false
	for i, post := range p.posts {
		for _, t := range events {
			e := t.e
			mine := e.Person == p.person && e.Visit == p.visit && int(e.Position) == i && e.Post == post
			met = met || mine && t.at > p.at && t.at < closes && e.Kind == system.Viewed
		}
	}
	for i, post := range p.posts {
		x, viewed := system.Example{Served: p.at, Closed: closes, Person: p.person, Post: post, ModelVersion: 7}, false
		x.Position = uint8(i)
		x.Predictions[system.Like] = float32(post) / 100
		for _, t := range events {
			e := t.e
			if e.Person == p.person && e.Visit == p.visit && int(e.Position) == i && e.Post == post && t.at > p.at && t.at < closes {
				x.Labels |= system.LabelsOf(&e)
				if e.Kind == system.Viewed {
					viewed, x.Watch, x.Length = true, e.Watch, e.Length
				}
			}
		}
		if viewed || met && c.Impressions == AllServed {
			rows = append(rows, x)
			features = append(features, float32(p.person), float32(p.visit), float32(post))
		}
	}
	return rows, features
}

// scene is a joiner with a memory of everything that it met.
type scene struct {
	*desk
	pages  []shown
	events []told
}

// live shows pages at odd moments and lets their events come when they like, on
// time, late, twice or for other posts; the joiner's counts must balance at
// every step. draw(n) returns a number below n.
func (s *scene) live(t require.TestingT, pages int, draw func(n int) int) {
	var plan []system.Event
	consume := s.kernel.Register("test.consume", sim.Infrastructure, func(e sim.Event) {
		s.events = append(s.events, told{e.At, plan[e.Arg]})
		s.joiner.consume(&plan[e.Arg])
		require.True(t, s.joiner.Counts().Balanced())
	})
	for visit := range uint32(pages) {
		// Seven nanoseconds past a second: never the instant of a tick.
		next := s.kernel.Now().Add(time.Duration(1+draw(40)) * time.Second)
		s.kernel.Run(next - next%sim.Time(time.Second) + 7)
		p := shown{s.kernel.Now(), system.PersonID(draw(5)), visit, nil}
		for i := range 1 + draw(5) {
			p.posts = append(p.posts, system.PostID(10*i+draw(10)))
		}
		s.serve(p.person, p.visit, p.posts...)
		s.pages = append(s.pages, p)
		for range draw(8) {
			i := draw(6)
			post := system.PostID(99)
			if i < len(p.posts) && draw(10) > 0 {
				post = p.posts[i]
			}
			e := event(system.EventKind(draw(int(system.EventKinds))), p.person, visit, uint8(i), post)
			e.Watch = float32(draw(30))
			later := time.Duration(1+draw(900)) * time.Second
			s.kernel.At(p.at.Add(later), consume, 0, uint64(len(plan)))
			plan = append(plan, e)
		}
		require.True(t, s.joiner.Counts().Balanced())
	}
}

// settle compares the joiner with the slow join of everything it met.
func (s *scene) settle(t require.TestingT, c Config) {
	byVisit := map[uint32][]told{}
	for _, e := range s.events {
		byVisit[e.e.Visit] = append(byVisit[e.e.Visit], e)
	}
	var rows []system.Example
	var features []float32
	items := 0
	for _, p := range s.pages {
		r, f := bruteJoin(c, p, byVisit[p.visit], s.kernel.Now())
		rows, features = append(rows, r...), append(features, f...)
		items += len(p.posts)
	}
	got, next := s.joiner.Lend(0)
	require.Equal(t, len(rows), next)
	require.Equal(t, rows, append([]system.Example(nil), got.Rows...))
	require.Equal(t, features, append([]float32(nil), got.Features...))
	require.Equal(t, rows, s.closed)
	require.EqualValues(t, items, s.joiner.Counts().Served)
	require.EqualValues(t, len(rows), s.joiner.Counts().Examples)
}

func TestJoinAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := DefaultConfig()
		c.LabelWindow = time.Duration(rapid.IntRange(1, 600).Draw(rt, "window")) * time.Second
		c.Impressions = rapid.SampledFrom([]Impressions{ViewedOnly, AllServed}).Draw(rt, "impressions")
		s := &scene{desk: newDesk(c)}
		s.live(rt, rapid.IntRange(1, 40).Draw(rt, "pages"), func(n int) int {
			return rapid.IntRange(0, n-1).Draw(rt, "n")
		})
		s.settle(rt, c)
		s.kernel.Run(s.kernel.Now().Add(time.Hour))
		s.settle(rt, c)
		assert.Zero(rt, s.joiner.Counts().Waiting, "every window has closed")
	})
}

// Thousands of pages, so that the joiner moves its open entries to the front
// many times and uses their buffers again.
func TestJoinAgainstBruteForceThroughCompactions(t *testing.T) {
	c := DefaultConfig()
	c.LabelWindow = 10 * time.Minute
	s, draws := &scene{desk: newDesk(c)}, uint64(0)
	s.live(t, 4000, func(n int) int {
		draws++
		return rng.Index(rng.New(1, 0).Uniform(testPurpose, 0, draws), n)
	})
	require.Positive(t, s.joiner.dropped, "it has compacted")
	require.Positive(t, s.joiner.Counts().Waiting, "with pages open")
	require.Less(t, cap(s.joiner.pending), 3000, "pages come and go, memory stays")
	s.settle(t, c)
}

func TestLabelsThatComeTooLateAreOrphans(t *testing.T) {
	c := DefaultConfig()
	d := newDesk(c)
	d.serve(1, 1, 5, 6)
	e := event(system.Viewed, 1, 1, 0, 5)
	d.log.Append(1, e)
	d.kernel.Run(sim.Time(c.LabelWindow))
	got, _ := d.joiner.Lend(0)
	require.Len(t, got.Rows, 1)
	assert.True(t, got.Rows[0].Labels.Has(system.LongView))
	e.Kind = system.Liked
	d.log.Append(1, e)
	d.kernel.Run(sim.Time(2 * c.LabelWindow))
	got, _ = d.joiner.Lend(0)
	assert.False(t, got.Rows[0].Labels.Has(system.Like), "a label that came too late is not used")
	assert.Equal(t, JoinCounts{Served: 2, Examples: 1, Unviewed: 1, Orphans: 1}, d.joiner.Counts())
}

// An impression with a feature that is no finite number is counted and teaches
// nothing: one of them would make every training of its window fail.
func TestWhatIsNotANumberTeachesNothing(t *testing.T) {
	c := DefaultConfig()
	d := newDesk(c)
	spoilt := []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), 1}
	p := &system.Page{Request: system.Request{Person: 1}, Items: make([]system.Item, len(spoilt))}
	for i, x := range spoilt {
		p.Items[i].Post = system.PostID(i)
		p.Features = append(p.Features, 1, 1, x)
		d.log.Append(1, event(system.Viewed, 1, 0, uint8(i), system.PostID(i)))
	}
	d.joiner.Served(p)
	d.kernel.Run(sim.Time(c.LabelWindow))
	got, _ := d.joiner.Lend(0)
	assert.Equal(t, []float32{1, 1, 1}, got.Features)
	assert.Equal(t, JoinCounts{Served: 4, Examples: 1, Spoilt: 3}, d.joiner.Counts())
	assert.True(t, d.joiner.Counts().Balanced())
	assert.Len(t, d.closed, 1)
}

func TestPagesWithoutFeaturesTeachNothing(t *testing.T) {
	d := newDesk(DefaultConfig())
	d.joiner.Served(&system.Page{Items: make([]system.Item, 3)})
	assert.Equal(t, JoinCounts{}, d.joiner.Counts())
}

// Examples are numbered for ever. What falls out of the training window is gone
// from the front, and slices handed out before keep what they saw.
func TestExamplesKeepTheirNumbersWhileOldOnesGo(t *testing.T) {
	c := DefaultConfig()
	c.LabelWindow, c.Window = time.Minute, 12*time.Hour
	d := newDesk(c)
	post := func(n int) system.PostID { return system.PostID(n) }
	serve := d.kernel.Register("test.serve", sim.People, func(e sim.Event) {
		n := int(e.Arg)
		d.serve(1, uint32(n), post(n))
		d.joiner.consume(&system.Event{Kind: system.Viewed, Person: 1, Visit: uint32(n), Post: post(n)})
	})
	const all = 6000
	for n := range uint64(all) {
		d.kernel.At(sim.Time(n)*sim.Time(10*time.Second)+1, serve, 0, n)
	}
	d.kernel.Run(sim.Time(2 * time.Hour))
	early, next := d.joiner.Lend(0)
	kept, keptFeatures := slices.Clone(early.Rows), slices.Clone(early.Features)
	d.kernel.Run(sim.Time(all) * sim.Time(10*time.Second))
	assert.Equal(t, kept, early.Rows)
	assert.Equal(t, keptFeatures, early.Features)
	rest, end := d.joiner.Lend(next)
	assert.EqualValues(t, d.joiner.Counts().Examples, end)
	oldest := end - len(rest.Rows)
	assert.Greater(t, oldest, next, "some are gone")
	for i := range rest.Rows {
		require.Equal(t, post(oldest+i), rest.Rows[i].Post)
		require.Equal(t, float32(oldest+i), rest.Row(i)[2])
	}
	// The window, the minute of closing, and the 1,024 below which it is not
	// worth trimming: 10,240 s.
	age := d.kernel.Now().Sub(rest.Rows[0].Closed)
	assert.LessOrEqual(t, age, c.Window+10_240*time.Second+time.Minute)
	assert.GreaterOrEqual(t, age, c.Window-time.Minute)
	middle, _ := d.joiner.Lend(end - 10)
	assert.Len(t, middle.Rows, 10)
	none, _ := d.joiner.Lend(end)
	assert.Empty(t, none.Rows)
}

func TestTheWindowGoesBackToItsBeginningWhereNobodyReads(t *testing.T) {
	c := DefaultConfig()
	c.LabelWindow, c.Window = time.Minute, 12*time.Hour
	d := newDesk(c)
	serve := d.kernel.Register("test.serve", sim.People, func(e sim.Event) {
		d.serve(1, uint32(e.Arg), system.PostID(e.Arg))
		d.joiner.consume(&system.Event{Kind: system.Viewed, Person: 1, Visit: uint32(e.Arg), Post: system.PostID(e.Arg)})
	})
	const all, every = 40_000, sim.Time(10 * time.Second)
	for n := range uint64(all) {
		d.kernel.At(sim.Time(n)*every+1, serve, 0, n)
	}
	d.kernel.Run(all / 2 * every)
	arrays := &d.joiner.arrays.Rows[:1][0]
	d.kernel.Run(all * every)
	assert.Same(t, arrays, &d.joiner.arrays.Rows[:1][0], "full for days, and never larger")
	got, end := d.joiner.Lend(0)
	for i := range got.Rows {
		require.Equal(t, system.PostID(end-len(got.Rows)+i), got.Rows[i].Post)
		require.Equal(t, float32(got.Rows[i].Post), got.Row(i)[2])
	}
	d.joiner.GiveBack()
	assert.Zero(t, d.joiner.lent)
}
