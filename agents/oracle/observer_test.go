package oracle

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/population"
	"feedloop/sim/record"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// funnel is an observer with a query to show it.
type funnel struct {
	*Observer
	town *town
	rec  *record.Recorder
	q    system.Query
	best []valued
	age  time.Duration // of the index
}

// observed returns an observer of a world and a query whose candidates are all
// live posts, in the order of their true value.
func observed(t *testing.T, share float64, change ...func(*population.Config)) *funnel {
	w := newTown(Random, 10, 30, change...).live(10)
	f := &funnel{town: w, rec: record.NewRecorder(time.Hour, 0)}
	f.Observer = NewObserver(w.kernel, w.people, w.catalogue, w.feed.view.seen, w.src, f.rec, share, 10, func() time.Duration { return f.age })
	f.q.Reset(w.people.People.Request(3))
	first, end := w.catalogue.Live(w.kernel.Now())
	f.best = w.feed.view.best(3, w.kernel.Now(), int(end-first), nil)
	require.Greater(t, len(f.best), 60)
	for i, v := range f.best {
		f.q.Candidates = append(f.q.Candidates, system.Candidate{Post: v.post})
		f.q.Scores = append(f.q.Scores, -float32(i))
	}
	return f
}

// totals are recall of retrieval and of the page, and regret.
func (f *funnel) totals() (retrieved, shown, regret float64) {
	f.rec.Tick(f.town.kernel.Now())
	r := f.rec.Result()
	return r.Total(RecallRetrieved.Name), r.Total(RecallShown.Name), r.Total(PageRegret.Name)
}

func rows(from, to int32) []int32 {
	var out []int32
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return out
}

func TestThePerfectPageHasNoRegret(t *testing.T) {
	f := observed(t, 1)
	f.Funnel(&f.q, rows(0, 10))
	retrieved, shown, regret := f.totals()
	assert.EqualValues(t, 1, retrieved)
	assert.EqualValues(t, 1, shown)
	assert.InDelta(t, 0, regret, 1e-6)
	table := f.Table()
	assert.Equal(t, []float64{1, 1, 1, 1}, table.Floats("recall_of_best"), "the tenth is among the ten, too")
}

func TestWhatIsLostAtEachCut(t *testing.T) {
	f := observed(t, 1)
	unseen := len(f.q.Candidates)
	first, end := f.town.catalogue.Live(f.town.kernel.Now())
	require.Greater(t, int(end-first), unseen)
	f.q.Candidates, f.q.Scores = f.q.Candidates[4:], f.q.Scores[4:] // the four best were not found
	slices.Reverse(f.q.Scores[:8])                                  // and the next ones ranked upside down, still among the first ten
	f.q.Scores[5] = -14.5                                           // but for one, eleventh by a hair
	page := rows(6, 16)                                             // of six found, none shown
	f.Funnel(&f.q, page)
	retrieved, shown, regret := f.totals()
	assert.InDelta(t, 0.6, retrieved, 1e-12)
	assert.Zero(t, shown)
	ideal, met := 0.0, 0.0
	for _, v := range f.best[:10] {
		ideal += float64(v.value) / 10
	}
	var posts []system.PostID
	for _, row := range page {
		posts = append(posts, f.q.Candidates[row].Post)
	}
	met = worthAt(f, posts) / 10
	assert.InDelta(t, ideal-met, regret, 1e-5)
	assert.Positive(t, regret)
	table := f.Table()
	assert.Equal(t, []float64{float64(end - first), float64(unseen - 4), 10, 10}, table.Floats("posts")[:4])
	assert.Equal(t, []float64{1, 0.6, 0.5, 0}, table.Floats("recall_of_best"))
}

// worthAt values a page in its order, now.
func worthAt(f *funnel, posts []system.PostID) float64 {
	sum := 0.0
	people, levels := f.town.people.People, f.town.people.People.Satiation(3, f.town.kernel.Now())
	for _, post := range posts {
		truth := &f.town.people.Posts.Truths[post]
		sum += float64(people.Utility(3, truth) - levels[truth.Topic])
		levels[truth.Topic] += people.SatiationGain()
	}
	return sum
}

// A probe is write-only: neither the query nor anybody's state is touched.
func TestTheObserverLeavesNoTrace(t *testing.T) {
	f := observed(t, 1)
	before, people := f.q, soul(f.town)
	before.Candidates, before.Scores = slices.Clone(f.q.Candidates), slices.Clone(f.q.Scores)
	pending, digest := f.town.kernel.Pending(), f.town.kernel.People()
	f.Funnel(&f.q, rows(0, 10))
	assert.Equal(t, before, f.q)
	assert.Equal(t, people, soul(f.town))
	assert.Equal(t, pending, f.town.kernel.Pending())
	assert.Equal(t, digest, f.town.kernel.People())
}

func TestSamplesAFixedShareByAddress(t *testing.T) {
	f, all, none := observed(t, 0.2), observed(t, 1), observed(t, 0)
	var watched []float64
	for visit := range uint32(5000) {
		r := system.Request{Key: uint64(visit % 7), Visit: visit}
		x := 0.0
		if f.Samples(r) {
			x = 1
		}
		watched = append(watched, x)
		require.Equal(t, x == 1, f.Samples(r), "the same request, the same answer")
		require.True(t, all.Samples(r))
		require.False(t, none.Samples(r))
	}
	simtest.Agrees(t, watched, 0.2, "requests watched")
	assert.Empty(t, none.Table().Rows)
	warming := NewObserver(f.town.kernel, f.town.people, f.town.catalogue, f.view.seen, f.town.src,
		record.NewRecorder(time.Hour, f.town.kernel.Now()+1), 1, 10, nil)
	assert.False(t, warming.Samples(system.Request{}), "the warm-up does not count")
}
