package user

import (
	"maps"

	"feedloop/sim"
	"feedloop/system"
)

// meeting is of a person and a post.
type meeting struct {
	person system.PersonID
	post   system.PostID
}

// expose returns how often the person has met the post before, and counts this
// time. Where nobody is shown a post twice there is nothing to remember.
func (p *People) expose(id system.PersonID, post system.PostID) uint64 {
	if !p.Repeats {
		return 0
	}
	if p.exposures == nil {
		p.exposures = map[meeting]uint32{}
	}
	before := p.exposures[meeting{id, post}]
	p.exposures[meeting{id, post}]++
	return uint64(before)
}

// Weariness returns what a post loses for the person because they have met it
// before.
func (p *People) Weariness(id system.PersonID, post system.PostID) float32 {
	if p.exposures[meeting{id, post}] == 0 {
		return 0
	}
	return float32(p.Config.Annoyance.Repeated)
}

// forget lets go of posts that have expired.
func (p *People) forget(now sim.Time) {
	for int(p.expired) < len(p.posts.Truths) && p.posts.Truths[p.expired].At.Add(p.posts.Config.Life) <= now {
		p.expired++
	}
	maps.DeleteFunc(p.exposures, func(m meeting, _ uint32) bool { return m.post < p.expired })
	p.passed.Forget(p.expired)
	p.taken.Forget(p.expired)
}
