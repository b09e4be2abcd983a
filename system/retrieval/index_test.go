package retrieval

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
)

// The slow way: score every post of the index, leave out what is expired or
// seen, sort.
func TestNearestIsTheHeadOfASortedScan(t *testing.T) {
	c := DefaultConfig()
	c.Quotas.Neighbours = 25
	w := newWorld(c, 3)
	for i := range 300 {
		w.kernel.Run(sim.Time(i) * sim.Time(10*time.Minute)) // over two days: the first expire
		w.publish(system.CreatorID(i % 7))
	}
	a := w.towers(1)
	w.retriever.Deploy(a)
	w.kernel.Run(w.kernel.Now().Add(3 * time.Hour)) // the index is built; a few more of its posts expire
	for i := range 100 {
		w.seen.Add(1, system.PostID(3*i))
	}
	weights, now := a.Payload.(*weights), w.kernel.Now()
	for person := range system.PersonID(3) {
		type scored struct {
			logit float32
			post  system.PostID
		}
		var all []scored
		for id := range system.PostID(300) {
			post := w.catalogue.Post(id)
			if post.At.Add(2*sim.Day) > now && !w.seen.Has(person, id) {
				logit, _ := weights.score(person, &postOf{content: post.Content, creator: post.Creator})
				all = append(all, scored{logit, id})
			}
		}
		want := []system.PostID{}
		slices.SortFunc(all, func(a, b scored) int { return cmp.Or(cmp.Compare(b.logit, a.logit), cmp.Compare(a.post, b.post)) })
		for _, s := range all[:25] {
			want = append(want, s.post)
		}
		found := w.from(system.Neighbours, person)
		assert.Equal(t, want, ids(found))
		for _, c := range found {
			assert.True(t, c.From.Has(system.Neighbours))
			assert.EqualValues(t, 1, c.Propensity)
		}
	}
}

func TestIndexIsOlderThanNewPostsAndSaysSo(t *testing.T) {
	c := DefaultConfig()
	c.Quotas.Neighbours = 1000
	w := newWorld(c, 1)
	old := w.publish(0)
	assert.Empty(t, w.from(system.Neighbours, 0), "no towers, no neighbours")
	assert.Nil(t, w.retriever.Person(0), "and no vectors")
	w.kernel.Run(sim.Time(time.Minute))
	w.retriever.Deploy(w.towers(1))
	assert.Zero(t, w.retriever.IndexVersion(), "deployed, but not built")
	took := c.Index.Build + c.Index.BuildPerPost
	w.kernel.Run(sim.Time(time.Minute + took))
	assert.EqualValues(t, 1, w.retriever.IndexVersion())
	assert.Equal(t, took, w.retriever.IndexAge(), "as of when the catalogue was read")
	young := w.publish(0)
	assert.Equal(t, []system.PostID{old}, ids(w.from(system.Neighbours, 0)))
	assert.Contains(t, ids(w.from(system.Fresh, 0)), young)
	w.kernel.Run(sim.Time(c.Index.Refresh + 2*time.Minute))
	assert.ElementsMatch(t, []system.PostID{old, young}, ids(w.from(system.Neighbours, 0)))
}

// A vector of one version means nothing in the space of another: whatever is
// deployed while builds are under way, people are taken from the towers that
// made the rows.
func TestTowersAndIndexStayAPair(t *testing.T) {
	c := DefaultConfig()
	c.Index.Build = time.Hour // builds overlap: a refresh is due every half hour
	c.Quotas.Neighbours = 5
	w := newWorld(c, 1)
	for range 50 {
		w.publish(0)
	}
	versions := map[uint32]*weights{}
	deploy := w.kernel.Register("deploy", sim.Infrastructure, func(e sim.Event) {
		a := w.towers(uint32(e.Arg))
		versions[a.Version] = a.Payload.(*weights)
		w.retriever.Deploy(a)
	})
	for v := range uint64(5) {
		w.kernel.At(sim.Time(v)*sim.Time(37*time.Minute), deploy, 0, v+1)
	}
	seen, age := map[uint32]bool{}, time.Duration(0)
	for now := time.Duration(0); now < 6*time.Hour; now += time.Minute {
		w.kernel.Run(sim.Time(now))
		x := &w.retriever.index
		if x.version == 0 {
			continue
		}
		seen[x.version] = true
		require.Same(t, versions[x.version], x.towers)
		best, score := system.PostID(0), float32(-1e9)
		for id := range system.PostID(50) {
			if s, _ := x.towers.score(0, &postOf{content: w.catalogue.Post(id).Content}); s > score {
				best, score = id, s
			}
		}
		require.Equal(t, best, w.from(system.Neighbours, 0)[0].Post)
		if age > 0 {
			require.LessOrEqual(t, w.retriever.IndexAge(), age+time.Minute, "an older build never replaces a newer one")
		}
		age = w.retriever.IndexAge()
	}
	assert.Equal(t, map[uint32]bool{1: true, 2: true, 3: true, 4: true, 5: true}, seen)
}

func TestFeatureVectorsMoveToTheNewSpaceAtOnce(t *testing.T) {
	w := newWorld(DefaultConfig(), 2)
	id := w.publish(4)
	a := w.towers(3)
	a.Payload.(*weights).content[5] = 0.5
	w.retriever.Deploy(a)
	later := w.publish(4)
	for _, post := range []system.PostID{id, later} {
		of := inTraining(w.catalogue.Post(post))
		want := a.Payload.(*weights).tower(&of)
		assert.Equal(t, want[:], w.retriever.Post(post))
	}
	assert.Equal(t, a.Payload.(*weights).people[1][:], w.retriever.Person(1))
	assert.EqualValues(t, 3, w.retriever.Version())
}

func TestFailedBuildsKeepTheLastIndex(t *testing.T) {
	w := newWorld(DefaultConfig(), 1)
	w.publish(0)
	w.retriever.Deploy(w.towers(1))
	plan := sim.Plan{{Kind: BuildFailure, At: sim.Time(time.Hour), For: 3 * time.Hour}}
	require.NoError(t, w.kernel.Inject(plan))
	w.kernel.Run(sim.Time(4 * time.Hour))
	assert.EqualValues(t, 1, w.retriever.IndexVersion())
	assert.Greater(t, w.retriever.IndexAge(), 3*time.Hour, "and its age says so")
	w.kernel.Run(sim.Time(5 * time.Hour))
	assert.Less(t, w.retriever.IndexAge(), time.Hour, "healed")
}

// Most posts expire between two builds, so that the second is done first. The
// older must not replace it when it comes.
func TestAnOvertakenBuildIsThrownAway(t *testing.T) {
	c := DefaultConfig()
	c.Index.BuildPerPost = time.Minute
	w := newWorld(c, 1)
	for range 100 {
		w.publish(0) // expire after two days
	}
	w.retriever.Deploy(w.towers(1))
	slow, quick := 2*sim.Day-c.Index.Refresh, 2*sim.Day // when builds begin
	w.kernel.Run(sim.Time(quick + c.Index.Build))
	assert.Equal(t, c.Index.Build, w.retriever.IndexAge(), "the quick one")
	w.kernel.Run(sim.Time(slow + c.Index.Build + 100*time.Minute))
	assert.Less(t, w.retriever.IndexAge(), time.Hour, "and not the slow one, which began 101 minutes ago")
}
