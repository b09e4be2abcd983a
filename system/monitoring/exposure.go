package monitoring

import (
	"slices"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/record"
	"feedloop/system"
)

// The metrics of who is served how often.
var (
	PostGini = metric("reranking.exposure.post_gini", "1", record.Neither, record.Average,
		"Gini coefficient of the servings that posts got in their life, over the posts that expired on a day: 0 all alike, 1 one has all")
	CreatorGini = metric("reranking.exposure.creator_gini", "1", record.Neither, record.Average,
		"the same of a day's servings by creator, over the creators of live posts")
	Unmet = metric("reranking.exposure.unmet_share", "share", record.Down, record.Quotient,
		"posts that were served to fewer than three people in their life, as a share of the posts that expired")
	Similarity = metric("reranking.similarity.mean", "1", record.Neither, record.Quotient,
		"mean cosine between the content embeddings of two posts of a page: 1 is a page that repeats itself")
)

// met is the number of servings from which on a post has met its public.
const met = 3

// exposure follows what is served, by post and by creator.
type exposure struct {
	catalogue *system.Catalogue // nil where nobody asked
	posts     []uint32          // servings, by post
	today     []uint32          // those since midnight
	creators  []uint32          // servings since midnight, by creator
	first     system.PostID     // the oldest post that had not expired at midnight
	midnight  sim.Time          // the next

	postGini, creatorGini *record.Mean
	unmet, similarity     *record.Ratio
	coverage              coverage
	popularity            popularity
	counts                []uint32 // reused
}

// Exposure records who is served how often.
func (m *Monitor) Exposure(rec *record.Recorder, catalogue *system.Catalogue) {
	m.exposure = exposure{
		catalogue: catalogue, midnight: sim.Time(sim.Day),
		postGini: rec.Mean(PostGini), creatorGini: rec.Mean(CreatorGini), unmet: rec.Ratio(Unmet), similarity: rec.Ratio(Similarity),
		coverage:   coverage{posts: rec.Ratio(PostCoverage), creators: rec.Ratio(CreatorCoverage)},
		popularity: popularity{post: rec.Mean(PostPopularity), creator: rec.Mean(CreatorPopularity)},
	}
}

// served counts a page.
func (x *exposure) served(p *system.Page) {
	if x.catalogue == nil {
		return
	}
	x.popularity.served(p, x.catalogue)
	for i := range p.Items {
		post := x.catalogue.Post(p.Items[i].Post)
		x.posts = counted(x.posts, int(post.ID))
		x.today = counted(x.today, int(post.ID))
		x.creators = counted(x.creators, int(post.Creator))
		for j := range i {
			x.similarity.Num(float64(num.Dot(post.Content[:], x.catalogue.Post(p.Items[j].Post).Content[:])))
			x.similarity.Den(1)
		}
	}
}

// counted adds one to a row of a table, which grows to hold it.
func counted(table []uint32, row int) []uint32 {
	for row >= len(table) {
		table = append(table, 0)
	}
	table[row]++
	return table
}

// tick closes a day, when one is over: the windows that are recorded need not
// end at midnight, so it is the first that ends then or later.
func (x *exposure) tick(now sim.Time) {
	if x.catalogue == nil || now < x.midnight {
		return
	}
	for x.midnight <= now {
		x.midnight = x.midnight.Add(sim.Day)
	}
	live, end := x.catalogue.Live(now)
	x.coverage.posts.Den(float64(end - x.first))
	x.coverage.posts.Num(nonzero(x.today))
	clear(x.today)
	x.counts = x.counts[:0]
	for id := x.first; id < live; id++ {
		n := uint32(0)
		if int(id) < len(x.posts) {
			n = x.posts[id]
		}
		x.counts = append(x.counts, n)
		x.unmet.Den(1)
		if n < met {
			x.unmet.Num(1)
		}
	}
	x.first = live
	addGini(x.postGini, x.counts)
	x.counts = x.counts[:0]
	counted := map[system.CreatorID]bool{}
	for id := live; id < end; id++ {
		creator := x.catalogue.Post(id).Creator
		if counted[creator] {
			continue
		}
		counted[creator] = true
		n := uint32(0)
		if int(creator) < len(x.creators) {
			n = x.creators[creator]
		}
		x.counts = append(x.counts, n)
	}
	x.coverage.creators.Den(float64(len(x.counts)))
	x.coverage.creators.Num(nonzero(x.counts))
	addGini(x.creatorGini, x.counts)
	clear(x.creators)
}

// addGini adds the coefficient of counts, if they have one.
func addGini(mean *record.Mean, counts []uint32) {
	if g, some := gini(counts); some {
		mean.Add(g, 1)
	}
}

// gini returns the Gini coefficient of counts, which it sorts; false where there
// is nothing to divide.
func gini(counts []uint32) (g float64, some bool) {
	slices.Sort(counts)
	sum, weighed, n := 0.0, 0.0, float64(len(counts))
	for i, c := range counts {
		sum += float64(c)
		weighed += float64(float64(i+1) * float64(c))
	}
	if sum == 0 {
		return 0, false
	}
	return 2*weighed/(n*sum) - (n+1)/n, true
}
