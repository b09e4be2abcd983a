package user

import (
	"slices"

	"feedloop/sim/record"
	"feedloop/system"
)

// FriendShare is how much of what people meet was shared by somebody they follow.
var FriendShare = record.Register(record.Metric{
	Name: "true_friend_share", Unit: "share", Better: record.Neither, Knower: record.Simulator, Of: record.Quotient,
	Definition: "impressions of posts that somebody whom the person follows had shared before, as a share of impressions",
})

// Graph tells people what is between them. Nil where there is nothing.
type Graph interface {
	// Shared tells that a person has passed on a post.
	Shared(from system.PersonID, post system.PostID)
	// Parted tells that a person has ended a visit; they may think about whom they
	// follow and [People.Say] so.
	Parted(id system.PersonID)
}

// Pass lets a person know that somebody they follow has shared a post.
func (p *People) Pass(to system.PersonID, post system.PostID) { p.passed.Add(to, post) }

// Passed tells whether the person was passed the post, which has not expired.
func (p *People) Passed(id system.PersonID, post system.PostID) bool { return p.passed.Has(id, post) }

// Follow and Unfollow change which creators a person follows.
func (p *People) Follow(id system.PersonID, c system.CreatorID) {
	p.All[id].follows = append(p.All[id].follows, c)
}

// Unfollow lets a person follow a creator no longer.
func (p *People) Unfollow(id system.PersonID, c system.CreatorID) {
	who := &p.All[id]
	if i := slices.Index(who.follows, c); i >= 0 {
		who.follows = slices.Delete(who.follows, i, i+1)
	}
}

// FollowedBy lists the creators whom a person follows. The slice is the person's.
func (p *People) FollowedBy(id system.PersonID) []system.CreatorID { return p.All[id].follows }

// Say lets a person's device report, with the last events of a visit, that they
// follow somebody, or do not any more.
func (p *People) Say(id system.PersonID, kind system.EventKind, creator system.CreatorID, other system.PersonID) {
	if len(p.events) == 0 {
		return
	}
	e := p.events[len(p.events)-1]
	e.Kind, e.Watch, e.Answer = kind, 0, 0
	switch kind {
	case system.Subscribed, system.Unfollowed:
		e.Creator = creator
	default:
		e.Other = other
	}
	p.report(&p.All[id], e)
}
