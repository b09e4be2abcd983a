package reranking

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Reranker is the last stage before the page.
type Reranker struct {
	config    Config
	src       rng.Source
	catalogue *system.Catalogue
	filters   filters
	outage    *sim.Point // of diversity
	lottery   *sim.Point // every slot is drawn
	counts    Counts

	out       []bool             // rows that are taken or filtered
	free      int                // rows that are not
	ranked    []num.Ranked       // free rows, for the selection among them
	front     []int32            // free rows of the highest scores, best first; of a page by score
	authors   []system.CreatorID // of the slots filled so far
	exposures []uint32           // by post: pages it was put on, without those discarded

	shapes    bool      // whether anything but scores and spacing matters
	plain     bool      // diversity is out: this page is by score alone
	spreader  spreader  // nil: by relevance alone
	relevance []float32 // by row, 0 to 1; of a shaped page only
	contents  contents  // of all rows, where a spreader looks at them

	audience       audience
	prices         []float32 // by row, where creators have any
	race           race
	means, spreads []float64
}

// DiversityOutage is the fault that takes everything away by which a page is
// kept from repeating itself.
const DiversityOutage = "reranking.diversity_outage"

// Randomised is the phase in which unbiased data is collected: every slot of a
// page goes to any of its candidates, all alike.
const Randomised = "reranking.randomised"

// Faults lists the fault points with the bounds within which the component
// keeps its promise.
func Faults() []sim.FaultSpec {
	return []sim.FaultSpec{{
		Kind: SafetyOutage, PerDay: [2]float64{0.1, 2}, For: [2]time.Duration{time.Minute, 6 * time.Hour},
		Promise: "where max_risk is below 1, no post is shown that the safety model has not looked at; pages may be short",
	}, {
		Kind: DiversityOutage, PerDay: [2]float64{0.1, 2}, For: [2]time.Duration{time.Minute, 24 * time.Hour},
		Promise: "pages stay full, in order of score",
	}, {
		Kind: Randomised, PerDay: [2]float64{0.1, 1}, For: [2]time.Duration{time.Minute, 24 * time.Hour},
		Promise: "every slot goes to one of its candidates at random, with its propensity; filters hold",
	}}
}

// NewReranker returns a reranker for these people.
func NewReranker(k *sim.Kernel, c Config, src rng.Source, catalogue *system.Catalogue, seen *system.Seen, people []system.Person) *Reranker {
	r := &Reranker{
		config: c, src: src, catalogue: catalogue, filters: newFilters(k, c, catalogue, seen, people),
		audience: audience{config: c.Viability, kernel: k},
		outage:   k.Point(DiversityOutage), lottery: k.Point(Randomised),
	}
	switch c.Diversity {
	case MMR:
		r.spreader = &mmr{lambda: float32(c.Lambda)}
	case DPP:
		r.spreader = &dpp{weight: func(x float32) float32 { return float32(num.Exp(c.Theta * float64(x))) }}
	}
	r.shapes = r.spreader != nil || c.AuthorDecay != 1 || c.OutOfNetwork != 1 || c.thompson() || c.Viability.on()
	return r
}

// Reads tells whether a reranker of this configuration learns from the event log.
func (c Config) Reads() bool { return c.MuteAfter > 0 || c.ReportLimit > 0 || c.Viability.on() }

// Consume learns from the event log what people hide, report and play.
func (r *Reranker) Consume(e *system.Event) {
	r.filters.consume(e)
	if r.config.Viability.on() {
		r.audience.consume(e)
	}
}

// Counts says what became of every candidate so far.
func (r *Reranker) Counts() Counts { return r.counts }

// Admits implements [system.Reranker].
func (r *Reranker) Admits(person system.PersonID, post system.PostID) bool {
	r.filters.begin(person)
	return r.filters.drops(post) == Filters
}

// Arrange implements [system.Reranker].
func (r *Reranker) Arrange(q *system.Query, n int) {
	r.plain = r.outage.On()
	r.filter(q)
	if r.config.Selected > 0 && !r.lottery.On() {
		r.selectBest(q, r.config.Selected)
	}
	r.shape(q)
	r.lead(q, 2*n)
	r.exposures = grown(r.exposures, r.catalogue.Len())
	r.authors = r.authors[:0]
	q.Order = q.Order[:0]
	if r.config.thompson() {
		r.contend(q, n)
	}
	for slot := 0; slot < n && r.free > 0; slot++ {
		r.fill(q, slot)
	}
	r.counts.Pages++
	r.counts.Left += uint64(r.free)
	if len(q.Order) < n {
		r.counts.Short++
	}
}

// Discard implements [system.Reranker]. The counts keep what was arranged.
func (r *Reranker) Discard(q *system.Query) {
	for _, row := range q.Order {
		r.exposures[q.Candidates[row].Post]--
	}
	q.Order = q.Order[:0]
}

// filter leaves out what may not be on the page. Retrieval leaves out some of
// it, too; here it holds whatever retrieval did.
func (r *Reranker) filter(q *system.Query) {
	r.filters.begin(q.Person)
	r.out = r.out[:0]
	r.free = 0
	for i := range q.Candidates {
		f := r.filters.drops(q.Candidates[i].Post)
		r.out = append(r.out, f != Filters)
		if f == Filters {
			r.free++
			continue
		}
		r.counts.Dropped[f]++
	}
	r.counts.Candidates += uint64(len(q.Candidates))
}

// selectBest leaves out all but the n free rows of the highest scores.
func (r *Reranker) selectBest(q *system.Query, n int) {
	r.ranked = r.ranked[:0]
	for row, score := range q.Scores {
		if !r.out[row] {
			r.out[row] = true
			r.ranked = append(r.ranked, num.Rank(score, uint32(row)))
		}
	}
	r.free = min(n, len(r.ranked))
	r.counts.Unselected += uint64(len(r.ranked) - r.free)
	for _, best := range num.Largest(r.ranked, r.free) {
		r.out[best.ID()] = false
	}
}

// contend lets the free rows race for explored slots.
func (r *Reranker) contend(q *system.Query, slots int) {
	r.means, r.spreads = r.means[:0], r.spreads[:0]
	for row := range q.Candidates {
		spread := 0.0
		if !r.out[row] {
			spread = spreadAfter(r.config.Thompson.Spread, r.exposures[q.Candidates[row].Post], uint32(r.config.Thompson.Worth))
		}
		r.means, r.spreads = append(r.means, float64(r.relevance[row])), append(r.spreads, spread)
	}
	r.race.begin(r.means, r.spreads, slots)
}

// place gives the next slot to a row.
func (r *Reranker) place(q *system.Query, row int32) {
	post := q.Candidates[row].Post
	r.out[row] = true
	r.free--
	r.counts.Placed++
	r.exposures[post]++
	r.authors = append(r.authors, r.catalogue.Post(post).Creator)
	q.Order = append(q.Order, row)
	if r.spreader != nil && !r.plain {
		r.spreader.placed(row)
	}
	if r.config.thompson() {
		r.race.placed(row)
	}
}

// lead notes the rows from which a page will be made where it is made by score: a
// few more than it has slots, for those whose author stands too near.
func (r *Reranker) lead(q *system.Query, width int) {
	r.front = r.front[:0]
	if width == 0 || !r.byScore() {
		return
	}
	for row, score := range q.Scores {
		last := len(r.front) - 1
		switch {
		case r.out[row]:
			continue
		case len(r.front) < width:
			r.front, last = append(r.front, 0), last+1
		case !above(score, q.Scores[r.front[last]]):
			continue
		}
		for ; last > 0 && above(score, q.Scores[r.front[last-1]]); last-- {
			r.front[last] = r.front[last-1]
		}
		r.front[last] = int32(row)
	}
}

// best returns the free row of highest gain whose author is far enough away,
// or the best of all where there is none. Ties go to the lower row.
func (r *Reranker) best(q *system.Query) int32 {
	for _, row := range r.front {
		if !r.out[row] && r.apart(q.Candidates[row].Post) {
			return row
		}
	}
	spaced, any := int32(-1), int32(-1)
	var spacedGain, anyGain float32
	for row := range q.Scores {
		if r.out[row] {
			continue
		}
		gain := r.gain(q, int32(row))
		if any < 0 || above(gain, anyGain) {
			any, anyGain = int32(row), gain
		}
		if (spaced < 0 || above(gain, spacedGain)) && r.apart(q.Candidates[row].Post) {
			spaced, spacedGain = int32(row), gain
		}
	}
	if spaced >= 0 {
		return spaced
	}
	return any
}

// above tells whether score a comes before b; what is no number comes last.
func above(a, b float32) bool { return a > b || b != b && a == a }

// apart tells whether the post's author stands in none of the last slots.
func (r *Reranker) apart(id system.PostID) bool {
	if r.plain {
		return true
	}
	author := r.catalogue.Post(id).Creator
	for i := max(0, len(r.authors)-r.config.AuthorSpacing); i < len(r.authors); i++ {
		if r.authors[i] == author {
			return false
		}
	}
	return true
}
