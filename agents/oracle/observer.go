package oracle

import (
	"strconv"
	"time"

	"feedloop/agents/population"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/system"
)

// What the observer records.
var (
	RecallRetrieved = record.Register(record.Metric{
		Name: "true_recall.retrieved", Unit: "share", Better: record.Up, Knower: record.Simulator, Of: record.Average,
		Definition: "share of the truly best posts (a page of them) that the candidate sources found, over sampled pages of the full path",
	})
	RecallShown = record.Register(record.Metric{
		Name: "true_recall.shown", Unit: "share", Better: record.Up, Knower: record.Simulator, Of: record.Average,
		Definition: "share of the truly best posts (a page of them) that are on the page, over sampled pages of the full path",
	})
	PageRegret = record.Register(record.Metric{
		Name: "true_page_regret", Unit: "value", Better: record.Down, Knower: record.Simulator, Of: record.Average,
		Definition: "true value of the best page of all live posts less that of the page shown; by slot, over sampled pages of the full path",
	})
)

// Observer is a [system.Probe]: for sampled requests it values every live post
// and follows the best of them down the funnel.
type Observer struct {
	// Fresh returns the scores that a finished query would have if the next refresh of
	// counts were visible now, and changes nothing. Nil: those that it has.
	Fresh func(q *system.Query) []float32

	view   view
	kernel *sim.Kernel
	src    rng.Source
	share  float64
	size   int
	from   sim.Time // the end of the warm-up

	indexAge func() time.Duration

	recall          [2]*record.Mean
	ideal, regret   *record.Mean
	losses          [Losses]*record.Mean
	best, page      []valued
	pool            []float32 // utilities of what a page may be made of
	byScore, rows   []int32
	posts           [Cuts]float64 // sums over samples
	hits            [Cuts]float64
	samples, wanted float64
}

var samplePurpose = rng.NewPurpose("oracle.sampled_request")

// NewObserver watches a share of requests for pages of the given size. The age
// of the index says which posts it cannot hold.
func NewObserver(k *sim.Kernel, p *population.Population, c *system.Catalogue, seen *system.Seen, src rng.Source, rec *record.Recorder, share float64, size int, indexAge func() time.Duration) *Observer {
	o := &Observer{
		view:   view{people: p.People, posts: p.Posts, catalogue: c, seen: seen},
		kernel: k, src: src, share: share, size: size, from: rec.Warmup(),
		recall: [2]*record.Mean{rec.Mean(RecallRetrieved), rec.Mean(RecallShown)},
		ideal:  rec.Mean(IdealPage), regret: rec.Mean(PageRegret), indexAge: indexAge,
	}
	for l := range Losses {
		o.losses[l] = rec.Mean(LossMetrics[l])
	}
	return o
}

// Samples tells whether a request is watched: after the warm-up a fixed share,
// by address.
func (o *Observer) Samples(r system.Request) bool {
	entity, n := r.Address()
	return o.share > 0 && o.kernel.Now() >= o.from && o.src.Uniform(samplePurpose, entity, n) < o.share
}

// Funnel follows the best posts through a finished query. It is called before
// the page counts as seen.
func (o *Observer) Funnel(q *system.Query, shown []int32) {
	now := o.kernel.Now()
	o.view.look(q.Person, now)
	o.pool = append(o.pool[:0], o.view.utility...)
	o.best = o.view.greedy(o.pool, q.Person, now, o.size, o.best[:0])
	first, end := o.view.catalogue.Live(now)
	o.samples++
	o.wanted += float64(len(o.best))
	o.posts[CutLive] += float64(end - first)
	o.posts[CutRetrieved] += float64(len(q.Candidates))
	o.posts[CutRanked] += float64(min(o.size, len(q.Candidates)))
	o.posts[CutShown] += float64(len(shown))

	var hits [Cuts]float64
	ideal := 0.0
	for _, b := range o.best {
		ideal += float64(b.value)
		row := rowOf(q, b.post)
		hits[CutLive]++
		if row < 0 {
			continue
		}
		hits[CutRetrieved]++
		if rankOf(q, row) < o.size {
			hits[CutRanked]++
		}
		if contains(shown, row) {
			hits[CutShown]++
		}
	}
	for cut := range hits {
		o.hits[cut] += hits[cut]
	}
	if n := float64(len(o.best)); n > 0 {
		o.recall[0].Add(hits[CutRetrieved]/n, n)
		o.recall[1].Add(hits[CutShown]/n, n)
	}
	o.attribute(q, shown, ideal, now)
}

// Table returns the funnel: at each cut, how many posts are left on average
// and how many of the truly best are still among them.
func (o *Observer) Table() record.Table {
	t := record.Table{Name: "funnel", Columns: []string{"stage", "posts", "recall_of_best"}}
	if o.samples == 0 {
		return t
	}
	for cut := range Cuts {
		posts := strconv.FormatFloat(o.posts[cut]/o.samples, 'g', 6, 64)
		recall := strconv.FormatFloat(o.hits[cut]/o.wanted, 'g', 6, 64)
		t.Rows = append(t.Rows, []string{cut.String(), posts, recall})
	}
	return t
}

// rowOf returns the candidate row of a post, or -1.
func rowOf(q *system.Query, post system.PostID) int32 {
	for i := range q.Candidates {
		if q.Candidates[i].Post == post {
			return int32(i)
		}
	}
	return -1
}

// rankOf counts the candidates that score higher than a row.
func rankOf(q *system.Query, row int32) int {
	rank := 0
	for _, s := range q.Scores {
		if s > q.Scores[row] {
			rank++
		}
	}
	return rank
}

func contains(rows []int32, row int32) bool {
	for _, r := range rows {
		if r == row {
			return true
		}
	}
	return false
}
