package recommender

import "feedloop/system"

// history is who took what, as the log tells: a post was taken by those who gave it
// a long view. Who takes it twice has taken it.
type history struct {
	by    [][]system.PostID // the posts that a person took, in the order of the log
	times []int             // how many people took a post
}

func newHistory(people int) history { return history{by: make([][]system.PostID, people)} }

func (h *history) note(e *system.Event) {
	if e.Kind != system.Viewed || !system.LabelsOf(e).Has(system.LongView) || h.has(e.Person, e.Post) {
		return
	}
	h.by[e.Person] = append(h.by[e.Person], e.Post)
	for int(e.Post) >= len(h.times) {
		h.times = append(h.times, 0)
	}
	h.times[e.Post]++
}

// has tells whether somebody took a post; the latest are looked at first.
func (h *history) has(person system.PersonID, post system.PostID) bool {
	took := h.by[person]
	for i := len(took) - 1; i >= 0; i-- {
		if took[i] == post {
			return true
		}
	}
	return false
}
