package retrieval

import (
	"feedloop/sim/num"
	"feedloop/system"
)

// tally adds up scores by live post. It begins anew in constant time: an entry
// counts when it was written since.
type tally struct {
	first  system.PostID
	end    system.PostID
	scores []float32 // by post - first
	epochs []uint32  // when the score was begun
	epoch  uint32
	met    []system.PostID // posts that have a score, in the order they got it
	rows   int             // additions, the work done
}

// begin forgets all scores; posts of first to end can get new ones.
func (t *tally) begin(first, end system.PostID) {
	if n := int(end - first); n > len(t.scores) {
		t.scores, t.epochs, t.epoch = make([]float32, 2*n), make([]uint32, 2*n), 0
	}
	t.epoch++
	t.first, t.end, t.met, t.rows = first, end, t.met[:0], 0
}

// add adds to the score of a post; one that is not live has none.
func (t *tally) add(post system.PostID, x float32) {
	t.rows++
	if post < t.first || post >= t.end {
		return
	}
	at := post - t.first
	if t.epochs[at] != t.epoch {
		t.epochs[at], t.scores[at] = t.epoch, 0
		t.met = append(t.met, post)
	}
	t.scores[at] += x
}

// score returns the score of a post that has one.
func (t *tally) score(post system.PostID) float32 { return t.scores[post-t.first] }

// elect appends the posts of the tally with the highest scores, those left out
// that the person was shown.
func (r *Retriever) elect(s source, q *system.Query, quota int, dst []system.Candidate) []system.Candidate {
	found := r.found[:0]
	for _, post := range r.tally.met {
		if !r.unfit(q.Person, post) {
			found = append(found, num.Rank(r.tally.score(post), uint32(post)))
		}
	}
	r.found = found
	for _, best := range num.Largest(found, quota) {
		dst = append(dst, candidate(system.PostID(best.ID()), s))
	}
	return dst
}
