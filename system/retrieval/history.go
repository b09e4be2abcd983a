package retrieval

import (
	"slices"

	"feedloop/system"
)

// history is who engaged with what of late, as the log says: a bipartite graph
// of people and posts, of which each end remembers its newest edges.
type history struct {
	memory int
	posts  [][]system.PostID   // by person, oldest first
	fans   [][]system.PersonID // by post, oldest first; nil for what has expired
	freed  system.PostID       // the oldest post that may have fans
}

// engaged tells whether an event speaks for a post: a long view, or an action
// that takes an effort.
func engaged(e *system.Event) bool {
	switch e.Kind {
	case system.Viewed:
		return system.LabelsOf(e).Has(system.LongView)
	case system.Liked, system.Shared, system.Commented:
		return true
	}
	return false
}

// consume reads an event of the log, which may bring it twice. Whoever hides or
// reports a post takes back what was said for it.
func (h *history) consume(e *system.Event) {
	switch {
	case e.Kind == system.Hid || e.Kind == system.Reported:
		h.forget(e.Person, e.Post)
	case engaged(e):
		for int(e.Post) >= len(h.fans) {
			h.fans = append(h.fans, nil)
		}
		h.posts[e.Person] = remember(h.posts[e.Person], e.Post, h.memory)
		h.fans[e.Post] = remember(h.fans[e.Post], e.Person, h.memory)
	}
}

// remember appends what a list does not hold, and forgets its first when it is
// full.
func remember[T comparable](list []T, x T, most int) []T {
	switch {
	case slices.Contains(list, x):
	case len(list) < most:
		list = append(list, x)
	default:
		copy(list, list[1:])
		list[most-1] = x
	}
	return list
}

// forget removes the edge of a person and a post.
func (h *history) forget(person system.PersonID, post system.PostID) {
	if i := slices.Index(h.posts[person], post); i >= 0 {
		h.posts[person] = slices.Delete(h.posts[person], i, i+1)
	}
	if int(post) < len(h.fans) {
		if i := slices.Index(h.fans[post], person); i >= 0 {
			h.fans[post] = slices.Delete(h.fans[post], i, i+1)
		}
	}
}

// expire lets go of the fans of posts before first.
func (h *history) expire(first system.PostID) {
	for ; h.freed < first && int(h.freed) < len(h.fans); h.freed++ {
		h.fans[h.freed] = nil
	}
}

// seeds returns the newest posts that a person engaged with, at most n, oldest
// first.
func (h *history) seeds(person system.PersonID, n int) []system.PostID {
	posts := h.posts[person]
	return posts[max(0, len(posts)-n):]
}

// of returns the fans of a post.
func (h *history) of(post system.PostID) []system.PersonID {
	if int(post) < len(h.fans) {
		return h.fans[post]
	}
	return nil
}
