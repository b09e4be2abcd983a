package retrieval

import (
	"math"
	"slices"
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/system"
)

// items is a table of posts and, for each, those that the same people engaged
// with: "who liked this also liked". It is made beside the loop and as old as
// its making.
type items struct {
	first system.PostID
	links [][]link // by post - first, the strongest first
	asOf  sim.Time // when the history was read
}

// link is a post that goes with another.
type link struct {
	post   system.PostID
	weight float32
}

// gather starts to make the table of what is live now, from a copy of the
// history, beside the loop.
func (r *Retriever) gather() {
	now, e := r.kernel.Now(), r.config.Engagement
	first, end := r.catalogue.Live(now)
	r.history.expire(first)
	live := make([][]system.PostID, len(r.history.posts))
	for p, posts := range r.history.posts {
		for _, post := range posts {
			if post >= first {
				live[p] = append(live[p], post)
			}
		}
	}
	made := &items{first: first, asOf: now}
	took := e.Build + time.Duration(end-first)*e.BuildPerPost
	r.kernel.Go(took, r.itemsKind, 0, uint64(r.gatherings.Add(made)), func() { made.fill(live, int(end-first), e) })
}

// onGathered puts a finished table in place, unless a newer one has overtaken it.
func (r *Retriever) onGathered(e sim.Event) {
	if made := r.gatherings.Take(uint32(e.Arg)); made.asOf >= r.items.asOf {
		r.items = *made
	}
}

// fill counts, for every post, how many people engaged with it and with each
// other post, and keeps the strongest links. The similarity of two posts with n
// and m people, c of them in common, is their cosine, shrunk by what c is worth
// as evidence (Bell and Koren, 2007):
//
//	c / sqrt(n m) * c / (c + shrinkage)
func (x *items) fill(posts [][]system.PostID, n int, e Engagement) {
	fans := make([][]int32, n)
	for p := range posts {
		for _, post := range posts[p] {
			fans[post-x.first] = append(fans[post-x.first], int32(p))
		}
	}
	x.links = make([][]link, n)
	common, met, found := make([]int32, n), []int32(nil), []num.Ranked(nil)
	shrinkage := float32(e.Shrinkage)
	for i := range fans {
		met, found = met[:0], found[:0]
		for _, p := range fans[i] {
			for _, post := range posts[p] {
				j := int32(post - x.first)
				if common[j] == 0 {
					met = append(met, j)
				}
				common[j]++
			}
		}
		for _, j := range met {
			if c := float32(common[j]); int(j) != i {
				cosine := c / float32(math.Sqrt(float64(len(fans[i])*len(fans[j]))))
				found = append(found, num.Rank(float32(cosine*c)/(c+shrinkage), uint32(x.first)+uint32(j)))
			}
			common[j] = 0
		}
		for _, best := range num.Largest(found, e.Links) {
			x.links[i] = append(x.links[i], link{system.PostID(best.ID()), best.Score()})
		}
	}
}

// linked adds up the links of the posts that the person engaged with last.
func (r *Retriever) linked(q *system.Query, quota int, dst []system.Candidate) ([]system.Candidate, int) {
	r.tally.begin(r.catalogue.Live(r.kernel.Now()))
	seeds := r.history.seeds(q.Person, r.config.Engagement.Seeds)
	for _, seed := range slices.Backward(seeds) {
		if i := int(seed) - int(r.items.first); i >= 0 && i < len(r.items.links) {
			for _, l := range r.items.links[i] {
				r.tally.add(l.post, l.weight)
			}
		}
	}
	return r.elect(system.ItemToItem, q, quota, dst), r.tally.rows
}
