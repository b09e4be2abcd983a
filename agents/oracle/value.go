package oracle

import (
	"feedloop/agents/content"
	"feedloop/agents/user"
	"feedloop/sim"
	"feedloop/system"
)

// view is what a yardstick sees: everything.
type view struct {
	people    *user.People
	posts     *content.Posts
	catalogue *system.Catalogue
	seen      *system.Seen
	utility   []float32 // of the live posts, satiation left out; NaN-free, reused
	first     system.PostID
}

// valued is a live post that the person has not seen, with its true value.
type valued struct {
	post  system.PostID
	value float32
}

// gone is the utility of a post that cannot be chosen: it was seen, or stands
// on the page already.
const gone = float32(-1e9)

// best appends the n posts of highest true value for the person to dst, each
// valued as if those before it on the page had been watched.
func (v *view) best(id system.PersonID, now sim.Time, n int, dst []valued) []valued {
	v.look(id, now)
	return v.greedy(v.utility, id, now, n, dst)
}

// look notes what each live post would be to the person while fresh.
func (v *view) look(id system.PersonID, now sim.Time) {
	first, end := v.catalogue.Live(now)
	v.first, v.utility = first, v.utility[:0]
	for post := first; post < end; post++ {
		u := gone
		if !v.seen.Has(id, post) {
			u = v.people.Utility(id, &v.posts.Truths[post]) - v.people.Weariness(id, post)
		}
		v.utility = append(v.utility, u)
	}
}

// greedy is best among live posts of given utilities, which it uses up.
func (v *view) greedy(utility []float32, id system.PersonID, now sim.Time, n int, dst []valued) []valued {
	satiated := v.people.Satiation(id, now)
	for range n {
		top, value := -1, float32(-1e8)
		for i, u := range utility {
			if u <= value {
				continue
			}
			if u -= satiated[user.SatiationSlot(v.posts.Truths[v.first+system.PostID(i)].Topic)]; u > value {
				top, value = i, u
			}
		}
		if top < 0 {
			break
		}
		post := v.first + system.PostID(top)
		dst = append(dst, valued{post, value})
		utility[top] = gone
		satiated[user.SatiationSlot(v.posts.Truths[post].Topic)] += v.people.SatiationGain()
	}
	return dst
}

// worth sums the true value of a query's rows, each as if those before it had
// been watched.
func (v *view) worth(q *system.Query, rows []int32, now sim.Time) float64 {
	satiated := v.people.Satiation(q.Person, now)
	sum := 0.0
	for _, row := range rows {
		post := q.Candidates[row].Post
		truth := &v.posts.Truths[post]
		slot := user.SatiationSlot(truth.Topic)
		sum += float64(v.people.Utility(q.Person, truth) - v.people.Weariness(q.Person, post) - satiated[slot])
		satiated[slot] += v.people.SatiationGain()
	}
	return sum
}
