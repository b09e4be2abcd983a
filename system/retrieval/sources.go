package retrieval

import (
	"slices"
	"time"

	"feedloop/sim/num"
	"feedloop/system"
)

// Source implements [system.Retriever].
func (r *Retriever) Source(s source, q *system.Query, dst []system.Candidate) ([]system.Candidate, int) {
	quota := r.config.Quotas.Quota(s)
	switch s {
	case system.InNetwork:
		return r.inNetwork(q, quota, dst)
	case system.Neighbours:
		return r.neighbours(q, quota, dst)
	case system.Trending:
		return r.listed(q, quota, dst)
	case system.Fresh:
		return r.newest(q, quota, dst)
	case system.ItemToItem:
		return r.linked(q, quota, dst)
	case system.GraphWalk:
		return r.wander(q, quota, dst)
	case system.SimilarPeople:
		return r.alike(q, quota, dst)
	}
	return dst, 0
}

func candidate(id system.PostID, s source) system.Candidate {
	return system.Candidate{Post: id, From: system.SourceSet(0).With(s), Propensity: 1}
}

// inNetwork takes what those whom the person follows have shared, up to half of
// its quota, and then the newest unseen posts of the creators the person follows,
// a round at a time: the last post of each, then the one before, and so on.
func (r *Retriever) inNetwork(q *system.Query, quota int, dst []system.Candidate) ([]system.Candidate, int) {
	live, _ := r.catalogue.Live(r.kernel.Now())
	had := len(dst)
	dst = r.passedOn(q, quota/2, dst)
	found, rows := len(dst)-had, len(r.friends.shelf(q.Person))
	for round := 1; found < quota; round++ {
		more := false
		for _, creator := range r.follows[q.Person] {
			if int(creator) >= len(r.byCreator) {
				continue
			}
			posts := r.byCreator[creator]
			if len(posts) < round || posts[len(posts)-round] < live {
				continue
			}
			more = true
			rows++
			if id := posts[len(posts)-round]; found < quota && !r.unfit(q.Person, id) {
				dst = append(dst, candidate(id, system.InNetwork))
				found++
			}
		}
		if !more {
			break
		}
	}
	return dst, rows
}

// listed takes the best unseen posts of the trending list.
func (r *Retriever) listed(q *system.Query, quota int, dst []system.Candidate) ([]system.Candidate, int) {
	live, _ := r.catalogue.Live(r.kernel.Now())
	found, rows := 0, 0
	for _, id := range r.trending {
		if found == quota {
			break
		}
		rows++
		if id >= live && !r.unfit(q.Person, id) {
			dst = append(dst, candidate(id, system.Trending))
			found++
		}
	}
	return dst, rows
}

// newest takes the newest unseen posts.
func (r *Retriever) newest(q *system.Query, quota int, dst []system.Candidate) ([]system.Candidate, int) {
	live, end := r.catalogue.Live(r.kernel.Now())
	found, rows := 0, 0
	for id := end; id > live && found < quota; id-- {
		rows++
		if !r.unfit(q.Person, id-1) {
			dst = append(dst, candidate(id-1, system.Fresh))
			found++
		}
	}
	return dst, rows
}

// makeTrending lists live posts by popularity, halved for every day of age.
func (r *Retriever) makeTrending() {
	if r.popularity == nil {
		return
	}
	now := r.kernel.Now()
	first, end := r.catalogue.Live(now)
	found := r.found[:0]
	fade := float32(num.Log(2)) / float32(24*time.Hour)
	for id := first; id < end; id++ {
		age := float32(now.Sub(r.catalogue.Post(id).At))
		found = append(found, num.Rank(r.popularity.Popularity(id)-float32(fade*age), uint32(id)))
	}
	r.found, r.spare = found, slices.Grow(r.spare[:0], len(found))
	sorted := num.ByScore(found, r.spare[:len(found)])
	r.trending = r.trending[:0]
	for _, best := range sorted[:min(len(sorted), 10*r.config.Quotas.Trending)] {
		r.trending = append(r.trending, system.PostID(best.ID()))
	}
}

// Union implements [system.Retriever]: the sources take turns, so that the cap
// on candidates cuts the tail of each. Beyond the cap a list still adds to the
// provenance of what is in.
func (r *Retriever) Union(q *system.Query, lists *[system.Sources][]system.Candidate) {
	first, end := r.catalogue.Live(r.kernel.Now())
	r.clearMarks(int(end - first))
	more := true
	for i := 0; more; i++ {
		more = false
		for s := range lists {
			if i >= len(lists[s]) {
				continue
			}
			more = true
			c := lists[s][i]
			r.counts.Proposed++
			if c.Post < first { // since the source ran
				r.counts.Expired++
				continue
			}
			at := c.Post - first
			if r.epochs[at] == r.epoch {
				in := &q.Candidates[r.mark[at]]
				in.From |= c.From
				in.IndexVersion = max(in.IndexVersion, c.IndexVersion)
				r.counts.Repeated++
				continue
			}
			if len(q.Candidates) == r.config.Candidates {
				r.counts.Cut++
				continue
			}
			r.counts.United++
			r.epochs[at], r.mark[at] = r.epoch, uint32(len(q.Candidates))
			q.Candidates = append(q.Candidates, c)
		}
	}
	q.IndexVersion = 0
	if found := lists[system.Neighbours]; len(found) > 0 {
		q.IndexVersion = found[0].IndexVersion
	}
}

// clearMarks forgets which posts are in the union, in constant time.
func (r *Retriever) clearMarks(n int) {
	if n > len(r.mark) {
		r.mark, r.epochs = make([]uint32, 2*n), make([]uint32, 2*n)
	}
	r.epoch++
}
