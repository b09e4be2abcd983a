package run

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
)

// calm is the small world where nobody tires of a topic or is swayed by what
// they see: what somebody does with a post then depends on the day's taste and
// on the dice alone, wherever and whenever in the day they meet it.
const calm = small + `
worlds: {main: {agents.users.satiation.gain: 0, agents.users.taste.influence: 0}}
`

// life is what a person's luck decided, in the terms that survive a change of
// the world: keys, not ids.
type life struct {
	impulses map[[2]uint64]sim.Time        // by person and number of the candidate visit
	watched  map[meeting]float32           // seconds
	liked    map[meeting]bool              //
	gone     map[uint64]int                // the last day on which impulses were drawn
	posts    map[uint64]system.Post        // by key, ids erased
	public   map[uint64][]system.CreatorID // who is followed from the start
}

type meeting struct {
	person, post uint64
	day          int
}

// diary keeps the life of everybody.
type diary struct {
	life
	world    *world
	reporter system.Reporter
}

// Report implements [system.Reporter].
func (d *diary) Report(key uint64, events []system.Event) {
	for _, e := range events {
		m := meeting{key, d.world.catalogue.Post(e.Post).Key, d.world.kernel.Now().Day()}
		switch e.Kind {
		case system.Viewed:
			d.watched[m] = e.Watch
		case system.Liked:
			d.liked[m] = true
		}
	}
	d.reporter.Report(key, events)
}

// lived lets a world live and returns everybody's life.
func lived(t *testing.T, text string, set ...string) life {
	w := born(t, text, set...)
	people := w.people.People
	d := &diary{world: w, reporter: people.Reporter, life: life{
		impulses: map[[2]uint64]sim.Time{}, watched: map[meeting]float32{}, liked: map[meeting]bool{},
		gone: map[uint64]int{}, posts: map[uint64]system.Post{}, public: map[uint64][]system.CreatorID{},
	}}
	people.Reporter = d
	w.kernel.Trace(0, 1<<62, func(e sim.Event) {
		if w.kernel.Name(e.Kind) == "user.visit" {
			key := people.All[e.Actor].Key
			d.impulses[[2]uint64{key, e.Arg}] = e.At
			d.gone[key] = max(d.gone[key], e.At.Day())
		}
	})
	w.grow(w.run)
	for id := range w.catalogue.Len() {
		p := *w.catalogue.Post(system.PostID(id))
		p.ID = 0
		d.posts[p.Key] = p
	}
	for _, p := range w.public {
		d.public[p.Key] = p.Follows
	}
	return d.life
}

// assertShared demands that whoever lives in both worlds had the same luck
// there, and that the worlds had something to disagree about.
func assertShared(t *testing.T, a, b life) {
	t.Helper()
	common := 0
	for m, seconds := range a.watched {
		if other, ok := b.watched[m]; ok {
			common++
			require.Equal(t, seconds, other, "%+v was watched for as long", m)
			require.Equal(t, a.liked[m], b.liked[m], "%+v was liked or not", m)
		}
	}
	assert.Greater(t, common, 100, "many posts met the same person in both worlds")
	assert.NotEqual(t, a.watched, b.watched, "but not all did: the worlds differ")
	assertSameImpulses(t, a, b)
	assertSameImpulses(t, b, a)
}

// assertSameImpulses demands that impulses to visit in a came in b too, for
// people of b, as long as they had not left for good there.
func assertSameImpulses(t *testing.T, a, b life) {
	t.Helper()
	for visit, at := range a.impulses {
		last, lives := b.gone[visit[0]]
		if !lives || at.Day() > last {
			continue
		}
		other, ok := b.impulses[visit]
		require.True(t, ok, "the impulse of person %d at %v is missing", visit[0], at)
		require.Equal(t, at, other)
	}
	assert.NotEmpty(t, a.impulses)
}

func TestWorldsOfOneReplicateShareTheirDraws(t *testing.T) {
	long(t)
	base := lived(t, calm)
	for _, change := range []string{
		"system.features.counters.refresh=1d", "system.ranking.family=popularity", "system.feed=newest",
		"system.reranking.exploration=50%", "system.serving.gateway.fixed=100ms",
	} {
		t.Run(change, func(t *testing.T) {
			other := lived(t, calm, change)
			assertShared(t, base, other)
			assert.Equal(t, base.posts, other.posts, "the same posts came at the same times")
			assert.Equal(t, base.public, other.public, "people follow the same creators from the start")
		})
	}
}

// outing is a visit of somebody's, and point is where in one something happened.
type outing struct {
	person uint64
	visit  uint32
}

type point struct {
	page     uint32
	position uint8
	kind     system.EventKind
}

// outings lets people live whose chances depend on nothing that they are shown, and
// returns what happened at which points of their visits, and with which posts. What
// they like and how long a post is decides nothing for them, and much for a ranker.
func outings(t *testing.T, change string) (points map[outing][]point, met []system.PostID) {
	w := born(t, small, "agents.users.attention={mood: 0, fatigue: 0, leave: -2, patience: 10s}",
		"agents.users.choice={engage: 50, engage_appeal: 0, watch: -0.1, watch_value: 0, watch_sigma: 0, like: {base: -2, per_value: 6}}",
		"agents.users.return={slope: 0, churn: -4, churn_slope: 0}", "agents.users.survey={share: 50%, response_slope: 0}", change)
	people := w.people.People
	points = map[outing][]point{}
	people.Reporter = tee(people.Reporter, func(key uint64, e system.Event) {
		if e.Kind == system.Viewed || e.Kind == system.Answered {
			o := outing{key, e.Visit}
			points[o] = append(points[o], point{e.Page, e.Position, e.Kind})
			met = append(met, e.Post)
		}
	})
	w.grow(w.run)
	return points, met
}

// tee lets a test hear what is reported, too.
func tee(to system.Reporter, hear func(key uint64, e system.Event)) system.Reporter {
	return heard(func(key uint64, events []system.Event) {
		for _, e := range events {
			hear(key, e)
		}
		to.Report(key, events)
	})
}

type heard func(key uint64, events []system.Event)

// Report implements [system.Reporter].
func (h heard) Report(key uint64, events []system.Event) { h(key, events) }

// What a person draws for a visit, a page or a post's place on it is addressed by
// nothing that they are shown. People whose chances depend on nothing therefore wait,
// look, leave, answer and are lost at the very same points of their visits under any
// ranker and however many others there are: had one of the uniforms behind these
// moved, so had the points. (A visit that lasts longer may swallow the next, so that
// a few are in one world alone.)
func TestNeitherRankersNorNewcomersMoveADraw(t *testing.T) {
	long(t)
	base, met := outings(t, "system.ranking.family=linear")
	require.Greater(t, len(base), 100)
	for change, ranks := range map[string]bool{
		"system.ranking.family=popularity": true, "system.ranking.family=fm": true, "agents.users.count=60": false,
	} {
		other, others := outings(t, change)
		require.False(t, slices.Equal(met, others), "%s: the worlds differ", change)
		shared := 0
		for o, points := range base {
			if _, ok := other[o]; ok {
				shared++
				require.Equal(t, points, other[o], "%s: %+v", change, o)
			}
		}
		require.Greater(t, shared, len(base)*97/100, change)
		require.Equal(t, ranks, len(other) < len(base)*11/10, "%s: only newcomers add visits", change)
	}
}

// With the stack between them people do influence each other, through counters
// and models; but nobody's luck moves.
func TestNewcomersMoveNobodysDraws(t *testing.T) {
	long(t)
	peopled := func(count, cohorts string) life {
		return lived(t, calm, "agents.users.count="+count, "agents.users.cohorts="+cohorts)
	}
	base := peopled("50", "[{name: a, share: 60%}, {name: b, share: 40%, sessions_per_day: 4}]")
	for name, other := range map[string]life{
		"a larger cohort": peopled("70", "[{name: a, share: 0.71429}, {name: b, share: 0.28571, sessions_per_day: 4}]"),
		"another cohort":  peopled("75", "[{name: a, share: 0.4}, {name: b, share: 0.26667, sessions_per_day: 4}, {name: c, share: 0.33333}]"),
	} {
		t.Run(name, func(t *testing.T) {
			assertShared(t, base, other)
			assert.Equal(t, base.posts, other.posts)
			assert.Greater(t, len(other.public), len(base.public), "there are newcomers")
			for key, follows := range base.public {
				assert.Equal(t, follows, other.public[key], "person %d", key)
			}
		})
	}
}

func TestNewCreatorsMoveNobodysPosts(t *testing.T) {
	long(t)
	before, after := lived(t, calm), lived(t, calm, "agents.creators.count=90")
	assertShared(t, before, after)
	assert.Greater(t, len(after.posts), len(before.posts), "the newcomers upload")
	for key, post := range before.posts {
		assert.Equal(t, post, after.posts[key], "post %d", key)
	}
}
