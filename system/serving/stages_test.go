package serving

import (
	"slices"
	"time"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// stand is a request path over made-up stages whose work takes as long as a test
// wants.
type stand struct {
	kernel    *sim.Kernel
	catalogue *system.Catalogue
	seen      *system.Seen
	server    *Server

	source            [system.Sources]time.Duration // service time by source
	features, ranking time.Duration
	found             [system.Sources][]system.PostID
	ready             bool
	withheld          []system.PostID // from every page

	asked map[uint64]sim.Time // by visit
	pages []system.Page
	logs  int
	watch int // funnels reported

	discarded int // pages that were arranged, and nobody saw
}

// newStand returns an idle path with four posts, found by all sources; every
// box takes 10 ms.
func newStand(change func(*Config)) *stand {
	const ms = time.Millisecond
	s := &stand{
		kernel: sim.New(sim.Options{}), catalogue: system.NewCatalogue(sim.Day), seen: &system.Seen{},
		features: 10 * ms, ranking: 10 * ms, ready: true, asked: map[uint64]sim.Time{},
	}
	for n := range s.source {
		s.source[n] = 10 * ms
	}
	for creator := range system.CreatorID(4) {
		id := s.catalogue.Add(system.Post{Creator: creator})
		for n := range s.found {
			s.found[n] = append(s.found[n], id)
		}
	}
	c := DefaultConfig()
	c.Represents, c.Jitter, c.PageSize = 1, 0, 3
	box := Box{Servers: 100, Fixed: 1, PerUnit: ms} // a thousand units a millisecond, and a nanosecond
	c.Sources, c.Features, c.Ranking, c.Reranking = box, box, box, box
	c.Gateway = Box{Servers: 100, Fixed: 10 * ms}
	// Re-ranking is charged by candidate, of which there are four.
	c.Reranking.PerUnit = 10 * ms * 1000 / 4
	if change != nil {
		change(&c)
	}
	quota := func(system.Source) int { return 1 }
	s.server = New(s.kernel, c, rng.New(2, 0), Stages{s, s, s, s, quota}, s.catalogue, s.seen)
	s.server.Audience, s.server.Probe = s, s
	s.server.Log = func(*system.Page) { s.logs++ }
	return s
}

// ask asks for a page now; a visit asks once.
func (s *stand) ask(visit uint32) {
	s.asked[uint64(visit)] = s.kernel.Now()
	s.server.Ask(system.Request{Person: 3, Key: 33, Visit: visit, At: s.kernel.Now()})
}

// Receive implements [system.Audience].
func (s *stand) Receive(p *system.Page) {
	kept := *p
	kept.Items, kept.Features = slices.Clone(p.Items), slices.Clone(p.Features)
	s.pages = append(s.pages, kept)
}

// units is the work that takes so long.
func units(d time.Duration) int { return int(d / time.Microsecond) }

// Source implements [system.Retriever].
func (s *stand) Source(n system.Source, _ *system.Query, dst []system.Candidate) ([]system.Candidate, int) {
	for _, id := range s.found[n] {
		dst = append(dst, system.Candidate{Post: id, From: system.SourceSet(0).With(n), Propensity: 1})
	}
	return dst, units(s.source[n])
}

// Union implements [system.Retriever].
func (s *stand) Union(q *system.Query, lists *[system.Sources][]system.Candidate) {
	for _, list := range lists {
		for _, c := range list {
			at := slices.IndexFunc(q.Candidates, func(in system.Candidate) bool { return in.Post == c.Post })
			if at < 0 {
				q.Candidates = append(q.Candidates, c)
				continue
			}
			q.Candidates[at].From |= c.From
		}
	}
	q.IndexVersion = 5
}

// Width and the others implement [system.Featurizer]: a feature is the post's id.
func (*stand) Width() int      { return 1 }
func (*stand) Names() []string { return []string{"post"} }

func (s *stand) Describe(q *system.Query) int {
	for _, c := range q.Candidates {
		q.Features = append(q.Features, float32(c.Post))
	}
	return units(s.features)
}

// Ready and the others implement [system.Ranker]: the higher id is the better.
func (s *stand) Ready() bool { return s.ready }

func (s *stand) Rank(q *system.Query) int {
	q.Scores, q.Predictions, q.ModelVersion, q.ValueVersion = q.Scores[:0], q.Predictions[:0], 9, 4
	for _, c := range q.Candidates {
		q.Scores = append(q.Scores, float32(c.Post))
		for h := range system.Heads {
			q.Predictions = append(q.Predictions, float32(c.Post)+float32(h)/10)
		}
	}
	return units(s.ranking)
}

// Fallback orders the other way round.
func (s *stand) Fallback(q *system.Query) {
	q.Scores = q.Scores[:0]
	for _, c := range q.Candidates {
		q.Scores = append(q.Scores, -float32(c.Post))
	}
}

// Arrange implements [system.Reranker]: post 2 is there by a chance of a quarter.
func (s *stand) Arrange(q *system.Query, n int) {
	q.Order = q.Order[:0]
	for row := range q.Candidates {
		q.Order = append(q.Order, int32(row))
		if q.Candidates[row].Post == 2 {
			q.Candidates[row].Explored, q.Candidates[row].Propensity = true, .25
		}
	}
	slices.SortStableFunc(q.Order, func(a, b int32) int { return int(q.Scores[b] - q.Scores[a]) })
	q.Order = q.Order[:min(n, len(q.Order))]
}

// Discard implements [system.Reranker] and counts the pages taken back.
func (s *stand) Discard(q *system.Query) {
	if len(q.Order) > 0 {
		s.discarded++
	}
	q.Order = q.Order[:0]
}

// Admits asks nothing but what was seen, and never admits the withheld.
func (s *stand) Admits(person system.PersonID, post system.PostID) bool {
	return !s.seen.Has(person, post) && !slices.Contains(s.withheld, post)
}

// Samples and Funnel implement [system.Probe].
func (*stand) Samples(system.Request) bool { return true }

func (s *stand) Funnel(*system.Query, []int32) { s.watch++ }

// posts are the posts of a page in order.
func posts(p *system.Page) (ids []system.PostID) {
	for _, item := range p.Items {
		ids = append(ids, item.Post)
	}
	return ids
}
