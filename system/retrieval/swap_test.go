package retrieval

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/retrieval/ann"
)

var kinds = []Kind{ExactScan, Graph}

func TestTheGateNamesWhatIsWrong(t *testing.T) {
	g := DefaultConfig().Index.Gate
	now := sim.Time(20 * time.Hour)
	whole := index{wanted: 100, held: 99, recall: .8, asOf: now.Add(-12 * time.Hour)}
	assert.Empty(t, whole.refused(g, now))
	few, blind, old := whole, whole, whole
	few.held = 98
	blind.recall = .79
	old.asOf -= sim.Time(time.Second)
	assert.Equal(t, "holds 98 of 100 posts", few.refused(g, now))
	assert.Equal(t, "finds 0.790 of the neighbours, less than 0.8", blind.refused(g, now))
	assert.Equal(t, "12h0m1s old, more than 12h0m0s", old.refused(g, now))
}

// Builds that lost a fifth of their posts, or that hold numbers that are none, do
// not serve; the index before does, and says how old it is.
func TestABadBuildDoesNotServe(t *testing.T) {
	for _, kind := range kinds {
		c := DefaultConfig()
		c.Index.Kind = kind
		w := indexedWorld(t, c, 100, 2)
		var reasons []string
		w.retriever.Refused = func(reason string) { reasons = append(reasons, reason) }
		plan := sim.Plan{{Kind: LostRows, At: w.kernel.Now(), For: 2 * time.Hour, Parameter: .2}}
		require.NoError(t, w.kernel.Inject(plan))
		before := ids(w.from(system.Neighbours, 0))
		w.kernel.Run(w.kernel.Now().Add(2 * time.Hour))
		assert.Greater(t, w.retriever.IndexAge(), time.Hour)
		assert.Equal(t, before, ids(w.from(system.Neighbours, 0)))
		assert.Equal(t, "holds 80 of 100 posts", reasons[0])
		assert.EqualValues(t, len(reasons), w.retriever.Counts().Refused)
		w.kernel.Run(w.kernel.Now().Add(time.Hour))
		assert.Less(t, w.retriever.IndexAge(), time.Hour, "healed")

		bad := w.towers(2)
		bad.Payload.(*weights).creators[3] = float32(math.Inf(1))
		w.retriever.Deploy(bad)
		w.kernel.Run(w.kernel.Now().Add(10 * time.Minute))
		assert.EqualValues(t, 1, w.retriever.IndexVersion(), "14 of the posts are of that creator")
	}
}

// Rows that are no numbers are refused with the build that has them. Without a gate
// a scan that takes them for the largest finds the same posts for everybody,
// and a graph lacks them; the first sound build heals both.
func TestNumbersThatAreNone(t *testing.T) {
	for _, kind := range kinds {
		for _, gate := range []float64{.99, 0} {
			c := DefaultConfig()
			c.Index.Kind, c.Index.Gate.MinCount, c.Quotas.Neighbours = kind, gate, 10
			w := indexedWorld(t, c, 200, 2)
			before := [][]system.PostID{ids(w.from(system.Neighbours, 0)), ids(w.from(system.Neighbours, 1))}
			require.NotEqual(t, before[0], before[1])
			require.NoError(t, w.kernel.Inject(sim.Plan{{Kind: NoNumbers, At: w.kernel.Now(), For: time.Hour, Parameter: .2}}))
			w.kernel.Run(w.kernel.Now().Add(59 * time.Minute))
			found := [][]system.PostID{ids(w.from(system.Neighbours, 0)), ids(w.from(system.Neighbours, 1))}
			switch {
			case gate > 0:
				assert.Equal(t, before, found)
				assert.NotZero(t, w.retriever.Counts().Refused)
			case kind == ExactScan:
				assert.Equal(t, found[0], found[1])
				assert.IsIncreasing(t, found[0], "of equals the lower id comes first")
				rows := w.retriever.index.rows
				for _, id := range found[0] {
					assert.True(t, math.IsNaN(float64(rows[int(id)*system.Dim])))
				}
			default:
				assert.InDelta(t, 160, w.retriever.index.graph.Len(), 25, "a fifth lacking, give or take four standard errors")
				assert.NotEqual(t, found[0], found[1])
			}
			w.kernel.Run(w.kernel.Now().Add(time.Hour))
			assert.Equal(t, before, [][]system.PostID{ids(w.from(system.Neighbours, 0)), ids(w.from(system.Neighbours, 1))}, "healed")
		}
	}
}

// Without OnPublish the old pair answers until the next refresh; a rollback
// does not wait, and nor does the first index.
func TestANewPairCanWaitForItsTime(t *testing.T) {
	c := DefaultConfig()
	c.Index.OnPublish, c.Index.Refresh, c.Quotas.Neighbours = false, 6*time.Hour, 5
	w := indexedWorld(t, c, 100, 1)
	require.EqualValues(t, 1, w.retriever.IndexVersion())
	first, was := w.towers(1), ids(w.from(system.Neighbours, 0))
	w.kernel.Run(sim.Time(7 * time.Hour))
	w.retriever.Deploy(w.towers(2))
	w.kernel.Run(sim.Time(12 * time.Hour))
	assert.EqualValues(t, 1, w.retriever.IndexVersion())
	assert.Equal(t, was, ids(w.from(system.Neighbours, 0)), "asked by the towers that it was built with")
	w.kernel.Run(sim.Time(13 * time.Hour))
	assert.EqualValues(t, 2, w.retriever.IndexVersion())
	w.kernel.Run(sim.Time(18*time.Hour + 10*time.Minute)) // two indexes of version 2
	w.retriever.Deploy(first)
	w.kernel.Run(sim.Time(19 * time.Hour))
	assert.EqualValues(t, 1, w.retriever.IndexVersion())
}

// A training whose numbers are not finite is judged by no number.
func TestTowersThatAreNoNumbersAreNotJudged(t *testing.T) {
	w := newWorld(DefaultConfig(), 2)
	for range 20 {
		w.publish(0)
	}
	w.retriever.weights.people[1][7] = float32(math.NaN())
	_, fit := w.retriever.Begin(tastes(w, 1, 500)) // of somebody else
	assert.True(t, math.IsNaN(fit().Entropy))
}

// With insertion the index that serves answers like one that was built this
// minute, expired posts and new ones included, and a build that began before
// they were published brings none of them back or away.
func TestInsertionIsABuildAMinuteOld(t *testing.T) {
	for _, kind := range kinds {
		c := DefaultConfig()
		c.Index.Kind, c.Index.Breadth = kind, 2000 // a walk that holds on to everything misses nothing
		c.Index.Insert, c.Index.Build = time.Minute, 20*time.Minute
		w := newWorld(c, 3)
		for i := range 50 {
			w.publish(system.CreatorID(i % 7))
		}
		w.retriever.Deploy(w.towers(1))
		for hour := range 60 { // over two days: posts expire
			for i := range 4 {
				w.publish(system.CreatorID(i))
				w.kernel.Run(w.kernel.Now().Add(15 * time.Minute))
			}
			require.Zero(t, w.retriever.IndexAge(), "brought up to date this minute")
			person := system.PersonID(hour % 3)
			w.seen.Add(person, system.PostID(4*hour))
			q := &system.Query{Request: system.Request{Person: person}}
			found, _, err := w.retriever.nearest(q, neighboursAsked, nil)
			require.NoError(t, err)
			var want []system.PostID
			for _, best := range w.retriever.nearestOfAll(person) {
				want = append(want, system.PostID(best.ID()))
			}
			require.Equal(t, want, ids(found), "%v, hour %d", kind, hour)
		}
		x := &w.retriever.index
		live, end := w.catalogue.Live(w.kernel.Now())
		assert.Equal(t, []system.PostID{live, end}, []system.PostID{x.first, x.end})
		if kind == Graph {
			assert.Equal(t, int(end-live), x.graph.Len()-x.graph.Deleted())
			return
		}
		assert.Len(t, x.biases, int(end-live))
	}
}

// A rollback brings the towers and their index back in one moment, however often
// the index of the withdrawn ones was built anew; what was being built for them is
// thrown away. An index that is too old by then is not brought back.
func TestRollbackRestoresTheIndex(t *testing.T) {
	for _, after := range []time.Duration{10 * time.Minute, 5 * time.Hour, 13 * time.Hour} {
		c := DefaultConfig()
		c.Quotas.Neighbours = 5
		w := indexedWorld(t, c, 100, 1)
		first, was := w.towers(1), ids(w.from(system.Neighbours, 0))
		w.retriever.Deploy(w.towers(2))
		w.kernel.Run(w.kernel.Now().Add(after))
		require.EqualValues(t, 2, w.retriever.IndexVersion())
		w.retriever.build() // of version 2, not yet done
		w.kernel.Run(w.kernel.Now().Add(30 * time.Second))
		w.retriever.Deploy(first)
		if after > c.Index.Gate.MaxAge {
			require.EqualValues(t, 2, w.retriever.IndexVersion(), "a pair of its own until the build")
			w.kernel.Run(w.kernel.Now().Add(2 * time.Minute))
			require.EqualValues(t, 1, w.retriever.IndexVersion())
			continue
		}
		assert.EqualValues(t, 1, w.retriever.IndexVersion(), "after %v", after)
		assert.Equal(t, was, ids(w.from(system.Neighbours, 0)))
		for range 20 {
			w.kernel.Run(w.kernel.Now().Add(10 * time.Second))
			require.EqualValues(t, 1, w.retriever.IndexVersion())
		}
		assert.Less(t, w.retriever.IndexAge(), 10*time.Minute, "built anew")
	}
}

// A rollback before the new towers have an index leaves the old towers theirs.
func TestARollbackInTimeKeepsTheIndex(t *testing.T) {
	w := indexedWorld(t, DefaultConfig(), 100, 1) // which was built at once and after half an hour
	age := w.retriever.IndexAge()
	w.retriever.Deploy(w.towers(2))
	w.retriever.Deploy(w.towers(1))
	assert.EqualValues(t, 1, w.retriever.IndexVersion())
	assert.Equal(t, age, w.retriever.IndexAge())
}

// An index asked with another version answers with an error of that name, and
// the source with nothing, until the next build.
func TestAnIndexAnswersItsOwnVersion(t *testing.T) {
	for _, kind := range kinds {
		c := DefaultConfig()
		c.Index.Kind, c.Index.QueryTower, c.Quotas.Neighbours = kind, Newest, 100
		w := indexedWorld(t, c, 100, 1)
		searches := func() Counts {
			c := w.retriever.Counts()
			c.Held = 0
			return c
		}
		person := vector{1}
		_, _, err := w.retriever.search(&w.retriever.index, 2, &person, 5)
		require.ErrorIs(t, err, ann.ErrVersion)
		require.EqualError(t, err, "search with version 2 in an index of 1: vector and index come from different versions of the towers")
		require.Len(t, w.from(system.Neighbours, 0), 100)
		require.Zero(t, w.retriever.Counts().Mismatched)
		w.retriever.Deploy(w.towers(2))
		assert.Empty(t, w.from(system.Neighbours, 0))
		assert.Equal(t, Counts{Searches: 2, Crossed: 1, Mismatched: 1}, searches())
		require.NoError(t, w.kernel.Inject(sim.Plan{{Kind: MixedVersions, At: w.kernel.Now(), For: time.Second}}))
		w.kernel.Run(w.kernel.Now())
		assert.Len(t, w.from(system.Neighbours, 0), 100, "nobody checks")
		assert.Equal(t, Counts{Searches: 3, Crossed: 2, Mismatched: 1}, searches(), "but the versions tell")
		w.kernel.Run(w.kernel.Now().Add(time.Hour))
		assert.Len(t, w.from(system.Neighbours, 0), 100)
		assert.Equal(t, Counts{Searches: 4, Crossed: 2, Mismatched: 1}, searches())
	}
}

// The version on a page is that of the index which was searched, though another
// has taken its place since; no neighbours, no version.
func TestThePageNamesTheIndexThatWasSearched(t *testing.T) {
	w := indexedWorld(t, DefaultConfig(), 50, 1)
	lists := [system.Sources][]system.Candidate{system.Neighbours: w.from(system.Neighbours, 0), system.Fresh: w.from(system.Fresh, 0)}
	w.retriever.Deploy(w.towers(2))
	w.kernel.Run(w.kernel.Now().Add(time.Hour))
	require.EqualValues(t, 2, w.retriever.IndexVersion())
	q := &system.Query{}
	w.retriever.Union(q, &lists)
	assert.EqualValues(t, 1, q.IndexVersion)
	lists[system.Neighbours] = nil
	w.retriever.Union(q, &lists)
	assert.Zero(t, q.IndexVersion)
}

// What the probe sees: nothing before an index, everything found by a fresh one,
// less by a stale one, and next to nothing when versions are mixed.
func TestTheProbeSeesWhatIsWrong(t *testing.T) {
	c := DefaultConfig()
	c.Index.Refresh, c.Index.Probe, c.Index.ProbePeople = sim.Day, 10*time.Minute, 20
	w := newWorld(c, 20)
	assert.True(t, math.IsNaN(w.retriever.Probed().Recall))
	for range 300 {
		w.publish(0)
	}
	w.retriever.Deploy(w.towers(1))
	w.kernel.Run(w.kernel.Now().Add(time.Hour))
	assert.EqualValues(t, 1, w.retriever.Probed().Recall)
	for range 100 {
		w.publish(0)
	}
	w.kernel.Run(w.kernel.Now().Add(time.Hour))
	assert.InDelta(t, .75, w.retriever.Probed().Recall, .1, "a quarter of the posts is not in it; 200 posts asked for, 3 standard errors")
	assert.Equal(t, w.retriever.Probed().Recall, w.retriever.Probed().YoungRecall, "all are young")
	w.kernel.Run(w.kernel.Now().Add(5 * time.Hour)) // 300 are as old now as a young post can be, and older
	assert.Zero(t, w.retriever.Probed().YoungRecall, "the others are in no index")
	assert.Zero(t, w.retriever.Probed().YoungShare)
	plan := sim.Plan{{Kind: MixedVersions, At: w.kernel.Now()}, {Kind: BuildFailure, At: w.kernel.Now()}}
	require.NoError(t, w.kernel.Inject(plan))
	next := w.towers(2)
	next.Payload.(*weights).turn(rng.New(8, 0), 1)
	w.retriever.Deploy(next)
	w.kernel.Run(w.kernel.Now().Add(time.Hour))
	assert.EqualValues(t, 1, w.retriever.IndexVersion())
	assert.Less(t, w.retriever.Probed().Recall, .15, "ten of 400 are found by chance: .025; 200 posts asked for")
}

// A turn changes every vector and no score, of either objective, and training
// goes on in the new space as it would have in the old.
func TestTurningKeepsScores(t *testing.T) {
	for _, objective := range []Objective{Belief, Contrast} {
		c := DefaultConfig()
		c.Towers.Objective = objective
		w := newWorld(c, 3)
		for i := range 60 {
			w.publish(system.CreatorID(i % 3))
		}
		data := tastes(w, 3, 1500)
		_, fit := w.retriever.Begin(data)
		one := fit().Payload.(*weights)
		two := one.clone()
		two.turn(rng.New(8, 0), 3)
		post := postsOf(w, data)
		compare := func(far float64) {
			cosines := 0.
			for p := range system.PersonID(3) {
				for i := range post {
					a, tower := one.score(p, &post[i])
					b, turned := two.score(p, &post[i])
					require.InDelta(t, a, b, 1e-4, "rounding of 16 reflections, at up to 10")
					cosines += float64(num.Dot(tower[:], turned[:]) / num.Norm(tower[:]) / num.Norm(turned[:]))
				}
			}
			assert.InDelta(t, 0, cosines/float64(3*len(post)), far, "one of 16 axes, whatever their signs: a mean cosine within 3/4")
		}
		compare(.75)
		if objective == Belief {
			for i := range data.Rows {
				one.step(&data.Rows[i], &post[i], c.Towers)
				two.step(&data.Rows[i], &post[i], c.Towers)
			}
			compare(.75)
		}
	}
}

func TestBadConfigurationsAreNamed(t *testing.T) {
	for want, change := range map[string]func(*Config){
		"quotas is ":                           func(c *Config) { c.Quotas = Quotas{} },
		"quotas.graph_walk is -1":              func(c *Config) { c.Quotas.GraphWalk = -1 },
		"engagement.memory is 0":               func(c *Config) { c.Engagement.Memory = 0 },
		"engagement.shrinkage is NaN":          func(c *Config) { c.Engagement.Shrinkage = math.NaN() },
		"towers.objective is hinge":            func(c *Config) { c.Towers.Objective = "hinge" },
		"towers.softmax.batch is 1":            func(c *Config) { c.Towers.Softmax.Batch = 1 },
		"towers.softmax.temperature is 0":      func(c *Config) { c.Towers.Softmax.Temperature = 0 },
		"towers.follow is 1m0s; want 0s where": func(c *Config) { c.Towers.Objective, c.Towers.Follow = Contrast, time.Minute },
		"index.insert is -1ns":                 func(c *Config) { c.Index.Insert = -1 },
		"index.query_tower is any":             func(c *Config) { c.Index.QueryTower = "any" },
		"index.gate.min_recall is 1.5":         func(c *Config) { c.Index.Gate.MinRecall = 1.5 },
		"index.probe is 0s":                    func(c *Config) { c.Index.Probe = 0 },
	} {
		c := DefaultConfig()
		require.NoError(t, c.Validate())
		change(&c)
		err := c.Validate()
		require.Error(t, err, want)
		assert.Contains(t, err.Error(), want)
	}
}
