package population

import (
	"cmp"
	"slices"

	"feedloop/sim/rng"
	"feedloop/system"
)

var (
	rewirePurpose  = rng.NewPurpose("population.rewiring")
	hearingPurpose = rng.NewPurpose("population.new_creator")
)

// Parted implements [user.Graph]: at the end of a visit somebody may think about
// whom they follow.
func (c *circles) Parted(id system.PersonID) {
	who := &c.people.All[id]
	visit := uint64(who.Visit())
	if c.Rewiring == 0 || c.src.Uniform(rewirePurpose, who.Key, visit) >= float64(c.Rewiring) {
		return
	}
	c.changeFriend(id, visit)
	c.changeCreator(id, visit)
}

// changeFriend lets a person follow somebody else instead of the friend who is
// least like them by now.
func (c *circles) changeFriend(id system.PersonID, visit uint64) {
	if c.friends == nil || len(c.friends[id]) == 0 {
		return
	}
	old := slices.MinFunc(c.friends[id], func(a, b system.PersonID) int { return cmp.Compare(c.people.Alike(id, a), c.people.Alike(id, b)) })
	for try := range uint64(tries) {
		if other, ok := c.befriend(id, rng.Join(visit+1, try, 16)<<1); ok {
			c.part(id, old)
			c.people.Say(id, system.Unfriended, 0, old)
			c.people.Say(id, system.Befriended, 0, other)
			return
		}
	}
}

// changeCreator does the same with the creators whom a person follows.
func (c *circles) changeCreator(id system.PersonID, visit uint64) {
	who := &c.people.All[id]
	known := c.people.FollowedBy(id)
	if len(known) == 0 || len(c.accounts) == 0 {
		return
	}
	old := slices.MinFunc(known, func(a, b system.CreatorID) int { return cmp.Compare(c.liking(id, a), c.liking(id, b)) })
	for try := range uint64(tries) {
		u, v := c.src.Uniforms(hearingPurpose, who.Key, rng.Join(visit, try, 16)<<1)
		i := c.creator(u)
		if now := system.CreatorID(i); !who.Follows(now) && c.people.Suits(who, c.accounts[i], v) {
			c.people.Unfollow(id, old)
			c.people.Follow(id, now)
			c.people.Say(id, system.Unfollowed, old, 0)
			c.people.Say(id, system.Subscribed, now, 0)
			return
		}
	}
}

// liking is how much a person likes what a creator is known for. Of those who
// came later they know nothing, and keep them.
func (c *circles) liking(id system.PersonID, creator system.CreatorID) float64 {
	if int(creator) >= len(c.accounts) {
		return 1
	}
	return c.people.Liking(&c.people.All[id], c.accounts[creator].Topic)
}
