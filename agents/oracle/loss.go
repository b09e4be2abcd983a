package oracle

import (
	"cmp"
	"slices"

	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system"
)

// Loss is a way in which a page ends up worth less than the oracle's.
type Loss uint8

// The losses, in the order of the funnel. They add up to [PageRegret].
const (
	NotFound   Loss = iota // the sources did not find it
	TooYoung               // it was published after the index was built
	Misranked              // the model would not have put it on top, whatever the age of what it reads
	Stale                  // counts that the store had read were not visible yet
	Rearranged             // filters, spacing and diversity put others in its place
	Explored               // its slot went to exploration
	Losses                 // their number
)

// LossMetrics are what the observer records of each loss.
var LossMetrics = [Losses]record.Metric{
	NotFound: loss("not_found", "true value of the best page of all live posts less that of the best page of what the sources "+
		"found and what is younger than the index"),
	TooYoung: loss("too_young", "true value of the best page of what the sources found and what is younger than the index, less "+
		"that of the best page of what they found: at most what a fresher index would bring"),
	Misranked: loss("misranked", "true value of the best page of what the sources found less that of the posts with the highest "+
		"scores that the model would give if the next refresh of counts were visible now"),
	Stale: loss("stale", "true value of the posts with the highest scores that the model would give if the next refresh of counts "+
		"were visible now, less that of the posts with the highest scores: what quicker refreshes would bring to the page; what is "+
		"on its way to the store, and histories, are not in it"),
	Rearranged: loss("rearranged", "true value of the posts with the highest scores less that of the page, its explored slots given "+
		"back to the highest scores: what filters, spacing and diversity cost; negative where they gain"),
	Explored: loss("explored", "true value of the page with its explored slots given back to the highest scores, less that of the "+
		"page: what exploration costs at once; what it teaches is not in it"),
}

func loss(name, definition string) record.Metric {
	return record.Register(record.Metric{
		Name: "true_loss." + name, Unit: "value", Better: record.Down, Knower: record.Simulator, Of: record.Average,
		Definition: definition + "; by slot, over sampled pages of the full path",
	})
}

// IdealPage is what the losses are a share of.
var IdealPage = record.Register(record.Metric{
	Name: "true_ideal_page", Unit: "value", Better: record.Neither, Knower: record.Simulator, Of: record.Average,
	Definition: "true value of the best page of all live posts, chosen greedily from where the person stands; by slot, over sampled pages of the full path",
})

// attribute values the best page that could still be made at each step of the
// funnel, all from where the person stands, and gives each loss to the step
// that made it. Every page is valued by the slots there are, filled or not, so
// that the losses telescope:
//
//	ideal ── not found ── too young ── misranked ── stale ── rearranged ── explored ─▶ the page shown
func (o *Observer) attribute(q *system.Query, shown []int32, ideal float64, now sim.Time) {
	slots := float64(o.size)
	indexed := now.Add(-o.indexAge())
	steps := [Losses + 1]float64{
		ideal,
		o.bestOf(q, now, func(post system.PostID) bool { return o.view.catalogue.Post(post).At > indexed }),
		o.bestOf(q, now, func(system.PostID) bool { return false }),
		o.view.worth(q, o.ordered(q, o.fresh(q)), now),
		o.view.worth(q, o.ordered(q, q.Scores), now),
		o.view.worth(q, o.unexplored(q, shown), now),
		o.view.worth(q, shown, now),
	}
	for l := range Losses {
		o.losses[l].Add((steps[l]-steps[l+1])/slots, 1)
	}
	o.ideal.Add(ideal/slots, 1)
	o.regret.Add((ideal-steps[Losses])/slots, 1)
}

// bestOf is the worth of the best page of the candidates and of what else is
// eligible.
func (o *Observer) bestOf(q *system.Query, now sim.Time, eligible func(system.PostID) bool) float64 {
	v := &o.view
	o.pool = o.pool[:0]
	for i, u := range v.utility {
		if !eligible(v.first + system.PostID(i)) {
			u = gone
		}
		o.pool = append(o.pool, u)
	}
	for i := range q.Candidates {
		if post := q.Candidates[i].Post; post >= v.first {
			o.pool[post-v.first] = v.utility[post-v.first]
		}
	}
	o.page = v.greedy(o.pool, q.Person, now, o.size, o.page[:0])
	sum := 0.0
	for _, post := range o.page {
		sum += float64(post.value)
	}
	return sum
}

// ordered lists the rows with the highest scores, as many as a page holds, of
// posts that the person has not seen.
func (o *Observer) ordered(q *system.Query, scores []float32) []int32 {
	o.byScore = o.byScore[:0]
	for row := range q.Candidates {
		if post := q.Candidates[row].Post; post >= o.view.first && o.view.utility[post-o.view.first] != gone {
			o.byScore = append(o.byScore, int32(row))
		}
	}
	slices.SortStableFunc(o.byScore, func(a, b int32) int { return cmp.Compare(scores[b], scores[a]) })
	return o.byScore[:min(o.size, len(o.byScore))]
}

// fresh are the scores that the rows would have after a refresh of counts.
func (o *Observer) fresh(q *system.Query) []float32 {
	if o.Fresh == nil {
		return q.Scores
	}
	return o.Fresh(q)
}

// unexplored is the page with each explored row replaced by the one of highest
// score that is not on it. It follows ordered, whose list it reads.
func (o *Observer) unexplored(q *system.Query, shown []int32) []int32 {
	o.rows = append(o.rows[:0], shown...)
	next := 0
	for slot, row := range shown {
		if !q.Candidates[row].Explored {
			continue
		}
		for next < len(o.byScore) && slices.Contains(o.rows, o.byScore[next]) {
			next++
		}
		if next < len(o.byScore) {
			o.rows[slot] = o.byScore[next]
		}
	}
	return o.rows
}
