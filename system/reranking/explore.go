package reranking

import (
	"feedloop/sim/rng"
	"feedloop/system"
)

var explorePurpose = rng.NewPurpose("reranking.exploration")

// fill gives the next slot to a row and notes the probability p with which it
// went there. With e the share of exploration and D the explorer's law over the
// free rows,
//
//	p(row) = e D(row) + (1 - e) [row is the slot's own choice]
//
// One uniform decides whether a slot explores and another picks from D, so that
// what is logged is the very law that was drawn from.
func (r *Reranker) fill(q *system.Query, slot int) {
	entity, address := q.Address()
	u, v := r.src.Uniforms(explorePurpose, entity, address+uint64(slot))
	if r.lottery.On() {
		r.place(q, r.lot(q, v))
		return
	}
	e := float64(r.config.Exploration)
	row, fresh := r.newest(q, slot)
	if !fresh {
		row = r.best(q)
	}
	c := &q.Candidates[row]
	c.Explored, c.Propensity = fresh, float32(1-e)
	switch {
	case u < e:
		chosen, share := r.draw(v)
		explored := &q.Candidates[chosen]
		explored.Explored = true
		if chosen != row {
			explored.Propensity = 0
			row = chosen
		}
		explored.Propensity += float32(e * share)
	case e > 0:
		c.Propensity += float32(e * r.share(row))
	}
	r.place(q, row)
}

// draw picks a free row by the explorer's law, with u, and returns its share.
func (r *Reranker) draw(u float64) (row int32, share float64) {
	if r.config.Explorer == Thompson {
		return r.race.pick(u)
	}
	return r.random(u), 1 / float64(r.free)
}

// lot is a slot of the randomised phase: any free row, drawn with u.
func (r *Reranker) lot(q *system.Query, u float64) int32 {
	row := r.random(u)
	c := &q.Candidates[row]
	c.Explored, c.Propensity = true, float32(1/float64(r.free))
	return row
}

// share is the explorer's law for a free row.
func (r *Reranker) share(row int32) float64 {
	if r.config.Explorer == Thompson {
		return r.race.share(row)
	}
	return 1 / float64(r.free)
}

// random returns a free row, drawn with u; there is one.
func (r *Reranker) random(u float64) int32 {
	pick := int(u * float64(r.free))
	for row, out := range r.out {
		if out {
			continue
		}
		if pick == 0 {
			return int32(row)
		}
		pick--
	}
	panic("reranking: a random row was asked of none")
}

// newest returns the best of the free rows whose post is new, where this slot
// is theirs and there is one.
func (r *Reranker) newest(q *system.Query, slot int) (best int32, found bool) {
	if slot+1 != r.config.NewPost.Slot {
		return 0, false
	}
	var gain float32
	for row := range q.Candidates {
		if r.out[row] || r.exposures[q.Candidates[row].Post] >= uint32(r.config.NewPost.Exposures) {
			continue
		}
		if g := r.gain(q, int32(row)); !found || above(g, gain) {
			best, gain, found = int32(row), g, true
		}
	}
	return best, found
}
