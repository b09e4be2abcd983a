package recommender

import (
	"cmp"
	"slices"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

var (
	tiePurpose     = rng.NewPurpose("recommender.tie")
	placePurpose   = rng.NewPurpose("recommender.place")
	shufflePurpose = rng.NewPurpose("recommender.shuffle")
)

// ranked is a post with what it is ordered by.
type ranked struct {
	post       system.PostID
	score, tie float64
}

// fill makes the list: what was trained on, best first, and the newest at random
// places between.
func (f *Feed) fill(r system.Request, now sim.Time) {
	f.rank(r, now)
	newest := f.newest(r, now)
	entity, n := r.Address()
	order := f.ranked
	for left := len(newest) + len(order); left > 0; left-- {
		// One place after the other: each choice of places for the newest is as likely.
		u := f.src.Uniform(placePurpose, entity, n+uint64(left))
		if u*float64(left) < float64(len(newest)) {
			f.show(newest[0], 0)
			newest = newest[1:]
		} else {
			f.show(order[0].post, order[0].score)
			order = order[1:]
		}
	}
}

// rank orders the live posts that the last training knew, equals by chance. In single
// precision a radix sort does it without comparisons; scores that are the same in that
// are settled afterwards.
func (f *Feed) rank(r system.Request, now sim.Time) {
	first, end := f.world.Catalogue.Live(now)
	f.ranked, f.scores, f.words = f.ranked[:0], f.scores[:0], f.words[:0]
	if f.trained == 0 {
		return
	}
	for post := first; post < min(f.known, end); post++ {
		score := f.family.score(r.Person, post)
		f.scores = append(f.scores, score)
		f.words = append(f.words, num.Rank(float32(score), uint32(post-first)))
	}
	f.spare = slices.Grow(f.spare[:0], len(f.words))[:len(f.words)]
	sorted := num.ByScore(f.words, f.spare)
	for _, word := range sorted {
		f.ranked = append(f.ranked, ranked{first + system.PostID(word.ID()), f.scores[word.ID()], 0})
	}
	for from, to := 0, 0; from < len(sorted); from = to {
		for to = from + 1; to < len(sorted) && sorted[to].Ties(sorted[from]); to++ {
		}
		if to-from > 1 {
			f.settle(r, f.ranked[from:to])
		}
	}
}

// settle orders posts of nearly the same score, equals by chance.
func (f *Feed) settle(r system.Request, near []ranked) {
	for i := range near {
		near[i].tie = f.src.Uniform(tiePurpose, r.Key, uint64(r.Visit)<<32|uint64(near[i].post))
	}
	slices.SortFunc(near, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.tie, b.tie))
	})
}

// newest returns the newest live posts that are not in the order, shuffled.
func (f *Feed) newest(r system.Request, now sim.Time) []system.PostID {
	first, end := f.world.Catalogue.Live(now)
	if f.trained > 0 {
		first = max(first, f.known)
	}
	first = max(first, end-min(end, system.PostID(f.config.Newest)))
	var posts []system.PostID
	for post := first; post < end; post++ {
		posts = append(posts, post)
	}
	for i := len(posts) - 1; i > 0; i-- {
		u := f.src.Uniform(shufflePurpose, r.Key, uint64(r.Visit)<<32|uint64(i))
		j := rng.Index(u, i+1)
		posts[i], posts[j] = posts[j], posts[i]
	}
	return posts
}

func (f *Feed) show(post system.PostID, score float64) {
	f.page.Items = append(f.page.Items, system.Item{Post: post, Score: float32(score), Propensity: 1})
}
