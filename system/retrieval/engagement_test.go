package retrieval

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/system"
)

// view is the event of a post watched to its end, or not.
func view(person system.PersonID, post system.PostID, long bool) *system.Event {
	e := &system.Event{Kind: system.Viewed, Person: person, Post: post, Length: 60, Watch: 1}
	if long {
		e.Watch = 60
	}
	return e
}

// Whatever the log brings, in whatever order and however often, the history is
// the newest edges of a set: the slow way keeps them all and cuts at the end.
func TestHistoryIsTheNewestEdges(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := history{memory: rapid.IntRange(1, 5).Draw(rt, "memory"), posts: make([][]system.PostID, 3)}
		posts, fans := map[system.PersonID][]system.PostID{}, map[system.PostID][]system.PersonID{}
		for range rapid.IntRange(0, 60).Draw(rt, "events") {
			person := system.PersonID(rapid.IntRange(0, 2).Draw(rt, "person"))
			post := system.PostID(rapid.IntRange(0, 7).Draw(rt, "post"))
			e := view(person, post, true)
			e.Kind = rapid.SampledFrom([]system.EventKind{system.Viewed, system.Viewed, system.Liked, system.Followed, system.Hid}).Draw(rt, "kind")
			h.consume(e)
			liked, by := posts[person][max(0, len(posts[person])-h.memory):], fans[post][max(0, len(fans[post])-h.memory):]
			if e.Kind == system.Hid {
				posts[person] = slices.DeleteFunc(slices.Clone(liked), func(x system.PostID) bool { return x == post })
				fans[post] = slices.DeleteFunc(slices.Clone(by), func(x system.PersonID) bool { return x == person })
				continue
			}
			if e.Kind != system.Followed && !slices.Contains(liked, post) {
				posts[person] = append(posts[person], post)
			}
			if e.Kind != system.Followed && !slices.Contains(by, person) {
				fans[post] = append(fans[post], person)
			}
		}
		for p := range h.posts {
			all := posts[system.PersonID(p)]
			require.ElementsMatch(rt, all[max(0, len(all)-h.memory):], h.posts[p])
		}
		for post := range system.PostID(9) {
			all := fans[post]
			require.ElementsMatch(rt, all[max(0, len(all)-h.memory):], h.of(post))
		}
	})
}

func TestOnlyEngagementCounts(t *testing.T) {
	h := history{memory: 9, posts: make([][]system.PostID, 1)}
	h.consume(view(0, 1, false))
	for kind := range system.EventKinds {
		if kind != system.Viewed {
			h.consume(&system.Event{Kind: kind, Post: system.PostID(10 + kind)})
		}
	}
	h.consume(view(0, 2, true))
	assert.Equal(t, []system.PostID{10 + system.PostID(system.Liked), 10 + system.PostID(system.Shared), 10 + system.PostID(system.Commented), 2}, h.posts[0])
	assert.Equal(t, []system.PostID{10 + system.PostID(system.Commented), 2}, h.seeds(0, 2))
	h.expire(11)
	assert.Nil(t, h.of(2), "a post that has expired needs no fans")
	assert.NotNil(t, h.of(10+system.PostID(system.Shared)))
}

// crowd is a world in which people have engaged with posts at random: person p
// with about half of them.
func crowd(t testing.TB, c Config, people, posts int) *world {
	w := newWorld(c, people)
	for i := range posts {
		w.publish(system.CreatorID(i % 7))
	}
	for p := range people {
		for post := range posts {
			if unit(1_000_000 + 1000*p + post)[0] > 0 {
				w.retriever.Consume(view(system.PersonID(p), system.PostID(post), true))
			}
		}
	}
	w.retriever.Deploy(w.towers(1))
	w.kernel.Run(w.kernel.Now().Add(2 * time.Hour))
	return w
}

// byEngagement are the sources that go by who engaged with what.
var byEngagement = []system.Source{system.ItemToItem, system.GraphWalk, system.SimilarPeople}

func engagementConfig() Config {
	c := DefaultConfig()
	c.Quotas.ItemToItem, c.Quotas.GraphWalk, c.Quotas.SimilarPeople = 8, 8, 8
	c.Engagement.People, c.Engagement.Seeds, c.Engagement.Links = 3, 5, 1000
	return c
}

// slow works out the scores of the three sources from their definitions, with
// maps and square loops.
func slow(w *world, s system.Source, person system.PersonID) map[system.PostID]float64 {
	r, scores := w.retriever, map[system.PostID]float64{}
	posts := r.history.posts
	has := func(p int, post system.PostID) bool { return slices.Contains(posts[p], post) }
	fans := func(post system.PostID) (n float64) {
		for p := range posts {
			if has(p, post) {
				n++
			}
		}
		return n
	}
	seeds := posts[person][max(0, len(posts[person])-r.config.Engagement.Seeds):]
	for j := range system.PostID(w.catalogue.Len()) {
		switch s {
		case system.ItemToItem:
			for _, i := range seeds {
				c := 0.
				for p := range posts {
					if i != j && has(p, i) && has(p, j) {
						c++
					}
				}
				if c > 0 {
					scores[j] += c / math.Sqrt(fans(i)*fans(j)) * c / (c + r.config.Engagement.Shrinkage)
				}
			}
		case system.GraphWalk:
			for _, i := range seeds {
				for p := range posts {
					if p != int(person) && has(p, i) && has(p, j) {
						scores[j] += 1 / float64(len(seeds)) / fans(i) / float64(len(posts[p]))
					}
				}
			}
		case system.SimilarPeople:
			for p := range posts {
				if cosine, near := likeness(r.weights, person, system.PersonID(p), r.config.Engagement.People); near && has(p, j) {
					scores[j] += cosine
				}
			}
		}
	}
	return scores
}

// likeness returns the cosine of two people, and whether fewer than n are more
// like the first.
func likeness(w *weights, a, b system.PersonID, n int) (cosine float64, near bool) {
	of := func(p system.PersonID) float64 {
		u, v := w.people[a], w.people[p]
		return float64(num.Dot(u[:], v[:])) / float64(num.Norm(u[:])*num.Norm(v[:]))
	}
	more := 0
	for p := range w.people {
		if p != int(a) && p != int(b) && of(system.PersonID(p)) > of(b) {
			more++
		}
	}
	return of(b), a != b && of(b) > 0 && more < n
}

func TestSourcesByEngagementFindWhatTheirDefinitionsSay(t *testing.T) {
	w := crowd(t, engagementConfig(), 12, 40)
	definitionsHold(t, w) // under a feed that repeats
	for person, posts := range w.retriever.history.posts {
		for _, post := range posts {
			w.seen.Add(system.PersonID(person), post)
		}
	}
	definitionsHold(t, w)
	w.retriever.Deploy(w.towers(2)) // whoever was like somebody is so no more
	definitionsHold(t, w)
}

func definitionsHold(t *testing.T, w *world) {
	for person := range system.PersonID(12) {
		for _, s := range byEngagement {
			want := slow(w, s, person)
			found := w.from(s, person)
			require.NotEmpty(t, found, s)
			worst := math.Inf(1)
			for _, c := range found {
				require.False(t, w.seen.Has(person, c.Post), s)
				require.True(t, c.From.Has(s))
				// float32 rounds each of some forty additions by 6e-8.
				require.LessOrEqual(t, want[c.Post], worst*(1+4e-6), "%v: best first", s)
				worst = want[c.Post]
				delete(want, c.Post)
			}
			for post, score := range want {
				require.True(t, w.seen.Has(person, post) || len(found) == 8 && score <= worst*(1+4e-6), "%v left out %d", s, post)
			}
		}
	}
}

// No source names a post twice, one that was seen or one that has expired, and
// the union keeps who proposed what.
func TestSourcesNameEachPostOnce(t *testing.T) {
	c := engagementConfig()
	w := crowd(t, c, 6, 60)
	w.kernel.Run(sim.Time(2*sim.Day - time.Second))
	for range 5 {
		w.publish(0)
	}
	for _, expired := range []bool{false, true} {
		if expired {
			w.kernel.Run(sim.Time(2 * sim.Day))
		}
		var lists [system.Sources][]system.Candidate
		for s := range system.Sources {
			lists[s] = w.from(s, 2)
			met := map[system.PostID]bool{}
			for _, x := range lists[s] {
				require.False(t, met[x.Post], s)
				require.False(t, expired && x.Post < 60, "%v found what has expired", s)
				met[x.Post] = true
			}
		}
		q := &system.Query{}
		w.retriever.Union(q, &lists)
		once := map[system.PostID]bool{}
		for _, x := range q.Candidates {
			require.False(t, once[x.Post])
			once[x.Post] = true
			for s := range system.Sources {
				require.Equal(t, slices.Contains(ids(lists[s]), x.Post), x.From.Has(s), "provenance of %v", s)
			}
		}
	}
}

// The table is as old as its making, the walk is not.
func TestTheTableOfItemsHasAnAge(t *testing.T) {
	c := engagementConfig()
	w := newWorld(c, 2)
	a, b := w.publish(0), w.publish(0)
	for p := range system.PersonID(2) {
		w.retriever.Consume(view(p, a, true))
	}
	w.retriever.Consume(view(1, b, true))
	assert.Equal(t, []system.PostID{a, b}, ids(w.from(system.GraphWalk, 0)))
	assert.Empty(t, w.from(system.ItemToItem, 0))
	w.kernel.Run(sim.Time(c.Engagement.Refresh))
	assert.Empty(t, w.from(system.ItemToItem, 0), "the making takes its time")
	w.kernel.Run(w.kernel.Now().Add(c.Engagement.Build + 2*c.Engagement.BuildPerPost))
	assert.Equal(t, []system.PostID{b}, ids(w.from(system.ItemToItem, 0)))
}

// Most posts expire between two makings, so that the second is done first. The
// older must not replace it when it comes.
func TestAnOvertakenTableIsThrownAway(t *testing.T) {
	c := engagementConfig()
	c.Engagement.BuildPerPost = time.Minute
	w := newWorld(c, 1)
	for range 100 {
		w.publish(0) // expire after two days
	}
	slow, quick := 2*sim.Day-c.Engagement.Refresh, 2*sim.Day // when makings begin
	for _, done := range []time.Duration{quick + c.Engagement.Build, slow + c.Engagement.Build + 100*time.Minute} {
		w.kernel.Run(sim.Time(done))
		assert.Equal(t, sim.Time(quick), w.retriever.items.asOf)
	}
}

func TestSourcesByEngagementDoNotAllocate(t *testing.T) {
	w := crowd(t, engagementConfig(), 12, 40)
	w.kernel.Run(w.kernel.Now().Add(5 * time.Minute)) // no making beside it allocates
	q := &system.Query{}
	var dst []system.Candidate
	for _, s := range byEngagement {
		assert.Zero(t, testing.AllocsPerRun(20, func() { dst, _ = w.retriever.Source(s, q, dst[:0]) }), s)
	}
}

// Somebody of whom nothing is known is like nobody, and nobody is like them.
func TestStrangersHaveNoCompany(t *testing.T) {
	w := crowd(t, engagementConfig(), 4, 20)
	w.retriever.weights.people[1] = vector{}
	w.retriever.weights.people[2][3] = float32(math.NaN())
	w.retriever.circles = make([]circle, 4)
	assert.Empty(t, w.from(system.SimilarPeople, 1))
	assert.Empty(t, w.from(system.SimilarPeople, 2))
	for _, like := range w.retriever.weights.companions(0, 9, nil) {
		assert.NotContains(t, []system.PersonID{1, 2}, like.person)
	}
}
