package user

import (
	"time"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/system"
)

// People is everybody in a world, and the app in their hand.
type People struct {
	Config Config
	All    []Person
	// Pager answers requests and Reporter takes events; both belong to the
	// platform and are set before the world runs.
	Pager    system.Pager
	Reporter system.Reporter

	// Watched, if set, is told of every post that somebody stayed to watch.
	Watched func(*content.Truth)

	// Took, if set, is told of every post that somebody takes as the best of a list.
	Took func(system.PersonID, system.PostID)

	// Graph, if set, is what is between people.
	Graph Graph

	// Repeats says that the platform may show somebody a post again.
	Repeats bool

	kernel *sim.Kernel
	src    rng.Source
	posts  *content.Posts
	truth  *metrics
	hours  dailyCycle
	page   []content.Truth // what lies on the page, reused
	events []system.Event  // of one page, reused

	examination *[system.Positions]float64 // on a list: the chance of each position
	weights     []float64                  // the same for those who take the best, as far as any list has gone
	taken       system.Seen                // what people have taken as the best of a list
	exposures   map[meeting]uint32         // how often people have met posts, where Repeats
	passed      system.Seen                // what those whom they follow have shared with them
	expired     system.PostID              // the number of posts that have

	marginals marginals
	groups    groups

	tastes []float32 // where posts are made of attributes: row-major, people x attributes

	trends []trend
	pull   []float32 // of trends that are on, by topic; nil in a world without any

	visitKind, askKind, trendKind sim.Kind
	warmup                        sim.Time // after which marginals are counted
	// Opens is the weekday on which the world begins.
	Opens time.Weekday
	// Frozen people ask for nothing of their own accord and do not react: for
	// experiments on the platform alone.
	Frozen bool
}

// New makes the people. Cohort c's k-th person is the same person whatever
// other cohorts there are.
func New(k *sim.Kernel, c Config, src rng.Source, posts *content.Posts, rec *record.Recorder) *People {
	p := &People{Config: c, kernel: k, src: src, posts: posts, hours: newDailyCycle(c.Return), marginals: newMarginals()}
	if c.Attention.Surface == List {
		p.examination = c.Attention.Curve.table()
	}
	p.All = make([]Person, 0, c.Count)
	share, made := 0.0, 0
	for i, cohort := range c.Everybody() {
		share += float64(cohort.Share)
		for n := 0; made < int(share*float64(c.Count)+0.5) && made < c.Count; n++ {
			p.All = append(p.All, p.newPerson(CohortKey(i, n), cohort))
			made++
		}
	}
	initial := 0
	for i := range p.All {
		if p.All[i].initial() {
			initial++
		}
	}
	p.truth = newMetrics(rec, initial)
	p.groups = newGroups(c.Cohorts, len(posts.Topics.Centres), rec)
	p.warmup = rec.Warmup()
	p.visitKind = k.Register("user.visit", sim.People, p.onVisit)
	p.askKind = k.Register("user.ask", sim.People, p.onAsk)
	p.trendKind = k.Register("user.trend", sim.People, p.onTrend)
	k.Every(0, sim.Day, k.Register("user.day", sim.People, p.onDay))
	return p
}

// Account is what people know of a creator before they have met any post.
type Account struct {
	Topic    system.TopicID
	Language system.Language
}

// Public returns what the platform learns of a person at sign-up; it lets the
// person follow some of the creators first. Pick turns a uniform into one of
// them; nil gives all the same chance.
func (p *People) Public(id system.PersonID, creators []Account, follows int, pick func(u float64) int) system.Person {
	who := &p.All[id]
	if pick == nil {
		pick = func(u float64) int { return rng.Index(u, len(creators)) }
	}
	return system.Person{
		ID: id, Key: who.Key, UTCOffset: who.offset, Languages: who.speaks,
		Follows: p.firstFollows(who, creators, follows, pick),
	}
}
