package oracle

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/population"
	"feedloop/sim"
	"feedloop/sim/simtest"
	"feedloop/system"
)

var kinds = []Kind{Random, Newest, Best}

// scarce is a world with so few posts that people see them all.
func scarce(kind Kind) *town {
	return newTown(kind, 30, 6, func(c *population.Config) { c.Users.SessionsPerDay = 6 })
}

// Whatever the feed, nobody is shown a post twice or one that has expired, and
// every page is full for as long as there is something left to show.
func TestFeedsShowLivePostsOnce(t *testing.T) {
	for _, kind := range kinds {
		t.Run(string(kind), func(t *testing.T) {
			w := scarce(kind)
			type shown struct {
				person system.PersonID
				post   system.PostID
			}
			met := map[shown]bool{}
			var full, short, empty int
			// Pages are judged as they arrive, against a count of its own.
			judge := func(p *system.Page) {
				first, end := w.catalogue.Live(w.kernel.Now())
				unseen := 0
				for post := first; post < end; post++ {
					if !met[shown{p.Person, post}] {
						unseen++
					}
				}
				require.Len(t, p.Items, min(10, unseen), "of %d unseen posts", unseen)
				for _, item := range p.Items {
					require.False(t, met[shown{p.Person, item.Post}], "shown once")
					require.True(t, item.Post >= first && item.Post < end, "alive")
					require.EqualValues(t, 1, item.Propensity)
					met[shown{p.Person, item.Post}] = true
				}
				switch {
				case len(p.Items) == 10:
					full++
				case len(p.Items) > 0:
					short++
				default:
					empty++
				}
				require.Equal(t, len(p.Items) == 0, p.Rung == system.EmptyPage)
			}
			w.feed.to = audience(func(p *system.Page) {
				judge(p)
				w.people.People.Receive(p)
			})
			w.live(72)
			assert.True(t, full > 50 && short > 50 && empty > 50, "full %d, short %d, empty %d", full, short, empty)
		})
	}
}

type audience func(*system.Page)

func (f audience) Receive(p *system.Page) { f(p) }

func TestFeedsPayTheirLatency(t *testing.T) {
	for _, kind := range kinds {
		w := newTown(kind, 20, 30).live(24)
		require.NotEmpty(t, w.pages)
		assert.EqualValues(t, len(w.pages), w.feed.Asked(), "every request was answered")
		for _, p := range w.pages {
			require.Equal(t, latency, p.Served.Sub(p.At))
		}
	}
}

func TestNewestIsNewestFirst(t *testing.T) {
	w := newTown(Newest, 20, 30).live(30)
	for person := range system.PersonID(20) {
		p := w.serve(t, system.Request{Person: person, Key: uint64(person), Visit: 9999})
		first, end := w.catalogue.Live(w.kernel.Now())
		var want []system.PostID
		for post := end; post > first && len(want) < 10; post-- {
			if shownBefore(w, person, post-1) {
				continue
			}
			want = append(want, post-1)
		}
		var got []system.PostID
		for _, item := range p.Items {
			got = append(got, item.Post)
		}
		require.Equal(t, want, got)
	}
}

// shownBefore looks a post up in all pages but the last.
func shownBefore(w *town, person system.PersonID, post system.PostID) bool {
	for _, p := range w.pages[:len(w.pages)-1] {
		for _, item := range p.Items {
			if p.Person == person && item.Post == post {
				return true
			}
		}
	}
	return false
}

// Every live post is as likely to stand at the top of a first page.
func TestRandomIsUniform(t *testing.T) {
	w := newTown(Random, 3000, 4)
	first, end := w.catalogue.Live(0)
	top := map[system.PostID][]float64{}
	for person := range w.people.People.All {
		page := w.serve(t, w.people.People.Request(system.PersonID(person)))
		require.Len(t, page.Items, 10)
		for post := first; post < end; post++ {
			x := 0.0
			if page.Items[0].Post == post {
				x = 1
			}
			top[post] = append(top[post], x)
		}
	}
	require.Greater(t, end-first, system.PostID(10))
	for post := first; post < end; post++ {
		simtest.Agrees(t, top[post], 1/float64(end-first), "post %d on top", post)
	}
}

// The luck of the random feed belongs to the request.
func TestRandomIsAddressed(t *testing.T) {
	a, b := newTown(Random, 10, 30), newTown(Random, 40, 30)
	for person := range 10 {
		r := a.people.People.Request(system.PersonID(person))
		assert.Equal(t, a.serve(t, r).Items, b.serve(t, b.people.People.Request(system.PersonID(person))).Items)
	}
	r := a.people.People.Request(3)
	r.Visit++
	assert.NotEqual(t, a.serve(t, r).Items, b.serve(t, b.people.People.Request(3)).Items)
}

// The feed reads the truth and nothing else of the world: it schedules answers,
// and leaves no other trace.
func TestTheOracleLeavesPeopleAlone(t *testing.T) {
	w := newTown(Best, 5, 30).live(20)
	w.people.People.Frozen = true
	w.live(1)
	before := append([]byte(nil), soul(w)...)
	now := w.kernel.Now()
	for person := range system.PersonID(5) {
		w.feed.view.best(person, now.Add(sim.Day), 10, nil)
	}
	assert.Equal(t, before, soul(w))
}

// Where posts may come again they do, and people who mind that are shown again
// only what is still worth more to them than the rest: of two worlds that are
// alike but for the annoyance the oracle repeats less in the second.
func TestFeedsMayRepeatThemselves(t *testing.T) {
	again := func(kind Kind, annoyance float64) (repeats int) {
		w := newTown(kind, 20, 60, func(c *population.Config) {
			c.Users.SessionsPerDay, c.Users.Annoyance.Repeated = 6, annoyance
		})
		w.feed.view.seen.Repeats, w.people.People.Repeats = true, true
		w.live(24)
		shown := map[[2]uint32]bool{}
		for _, p := range w.pages {
			for _, item := range p.Items {
				key := [2]uint32{uint32(p.Person), uint32(item.Post)}
				if shown[key] {
					repeats++
				}
				shown[key] = true
			}
		}
		return repeats
	}
	assert.Positive(t, again(Random, 0))
	assert.Positive(t, again(Newest, 0))
	calm, annoyed := again(Best, 0), again(Best, 0.2)
	assert.Positive(t, annoyed, "what was shown and not met does not annoy")
	assert.Greater(t, calm, 2*annoyed)
}
