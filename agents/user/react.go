package user

import (
	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

var (
	reactPurpose   = rng.NewPurpose("user.reaction")
	rewatchPurpose = rng.NewPurpose("user.rewatch")
)

// Uniforms of one exposure come in pairs; these are the pairs' numbers, in two bits.
const (
	engageAndWatch = iota
	likeAndShare
	followAndHide
	commentAndReport
)

// never is a log-odds at which a reaction is not worth a draw.
const never = -20

// view is one impression: it appends what the device saw to p.events and
// returns how long it lasted and its true value.
//
// The appeal of the thumbnail (affinity and what clickbait promises) decides
// whether the person stays; the value decides how much of it they watch, and
// what else they do.
func (p *People) view(who *Person, page *system.Page, i int, at sim.Time) (seconds, value float32) {
	c := &p.Config.Choice
	item := &page.Items[i]
	post := &p.page[i]
	e := system.Event{
		At: at, Person: page.Person, Post: item.Post, Creator: post.Creator, Topic: post.Topic,
		Kind: system.Viewed, Position: uint8(min(i, system.Positions-1)), Visit: page.Visit, Page: page.Page, Length: post.Length,
	}
	tired := p.Weariness(page.Person, item.Post)
	exposure := p.expose(page.Person, item.Post)
	if who.bot {
		return p.pretend(who, e, post, exposure) + float32(p.Config.Attention.Scroll.Seconds()), 0
	}
	if p.Graph != nil {
		p.truth.friends.Den(1)
		if p.Passed(page.Person, item.Post) {
			p.truth.friends.Num(1)
		}
	}
	if post.Class == content.Violating {
		p.truth.violating.Num(1)
	}
	slot := SatiationSlot(post.Topic)
	affinity := p.affinity(page.Person, post)
	value = post.Utility(affinity, float32(p.Config.Taste.Regret)) - who.satiated[slot] - tired
	appeal := float64(affinity-who.satiated[slot]) + float64(c.Promise*float64(post.Clickbait))

	n := rng.Join(post.Key, exposure<<2, 24) // and the pair: who meets a post again has new dice
	u, w := p.src.Uniforms(reactPurpose, who.Key, n+engageAndWatch)
	stays := sigmoid(c.Engage + float64(c.EngageAppeal*appeal))
	engaged, times := u < stays, p.appetite(who, post)
	watched := min(p.watchTime(engaged, w, value, post.Length)*times, 3*post.Length)
	if watched > post.Length && c.Rewatch < 1 && p.src.Uniform(rewatchPurpose, who.Key, rng.Join(post.Key, exposure, 24)) >= float64(c.Rewatch) {
		watched = post.Length
	}
	p.posts.Truths[item.Post].Met++
	p.groups.met(who, post.Topic, value)
	p.marginals.views++
	p.marginals.engaged.Add(appeal, stays, engaged)
	p.marginals.watched.Add(float64(watched / post.Length))
	p.expectWatch(stays, value, times, post.Length)
	e.At, e.Watch = ahead(at, watched), watched
	if b := &p.truth.bayes; b.picks() {
		b.add(c.longView(stays, float64(value), float64(times), &e), &e)
	}
	p.report(who, e)
	v, bait := float64(value), float64(post.Clickbait)
	if engaged {
		if p.Watched != nil {
			p.Watched(post)
		}
		a, b := p.src.Uniforms(reactPurpose, who.Key, n+likeAndShare)
		p.maybe(who, e, system.Liked, a, c.Like, v, bait)
		if p.maybe(who, e, system.Shared, b, c.Share, v, bait) && p.Graph != nil {
			p.Graph.Shared(page.Person, item.Post)
		}
	}
	a, b := p.src.Uniforms(reactPurpose, who.Key, n+followAndHide)
	if engaged && !who.Follows(post.Creator) && p.maybe(who, e, system.Followed, a, c.Follow, v, bait) {
		who.follows = append(who.follows, post.Creator)
	}
	p.maybe(who, e, system.Hid, b, c.Hide, v, bait)
	if c.Comment.Base > never || c.Report.Base > never {
		a, b := p.src.Uniforms(reactPurpose, who.Key, n+commentAndReport)
		if engaged {
			p.maybe(who, e, system.Commented, a, c.Comment, v, bait)
		}
		p.maybe(who, e, system.Reported, b, c.Report, v, bait)
	}

	if engaged {
		seconds = p.pauses(who, e, rng.Join(post.Key, exposure, 24), v, bait)
	}

	p.moves(who, post, engaged, value)
	return seconds + watched + float32(p.Config.Attention.Scroll.Seconds()), value
}

// moves changes who met a post: they are a little more tired of its topic, and,
// as the scenario asks, more or less attached to its creator and nearer to it in
// taste.
func (p *People) moves(who *Person, post *content.Truth, engaged bool, value float32) {
	who.satiated[SatiationSlot(post.Topic)] += float32(p.Config.Satiation.Gain)
	if p.Config.Taste.Attachment > 0 {
		who.attachment.meet(post.Creator, engaged)
	}
	if influence := float32(p.Config.Taste.Influence); engaged && influence > 0 && value > 0 {
		num.Axpy(float32(influence*value), post.Vector[:], who.Taste[:])
		num.Normalize(who.Taste[:])
	}
}

// watchTime returns the seconds watched: a glance, or a log-normal share of the
// length whose median grows with value. Up to three rounds are watched, by those who
// do not stop at the end of the first.
func (p *People) watchTime(engaged bool, u float64, value, length float32) float32 {
	c := &p.Config.Choice
	if !engaged {
		return min(float32(rng.Exponential(u, c.Glance.Seconds())), length)
	}
	median := num.Exp(c.Watch + float64(c.WatchValue*float64(value)))
	return min(float32(rng.LogNormal(u, median, c.WatchSigma)), 3) * length
}

// decides tells whether a reaction with its log-odds comes.
func (p *People) decides(kind system.EventKind, u float64, r Reaction, value, clickbait float64) bool {
	chance := sigmoid(r.Base + float64(r.PerValue*value) + float64(r.PerClickbait*clickbait))
	p.marginals.reactions[kind].Add(value, chance, u < chance)
	return u < chance
}

// maybe reports a reaction if it comes, and says whether it did.
func (p *People) maybe(who *Person, view system.Event, kind system.EventKind, u float64, r Reaction, value, clickbait float64) bool {
	if !p.decides(kind, u, r, value, clickbait) {
		return false
	}
	view.Kind, view.Watch = kind, 0
	p.report(who, view)
	return true
}

// report writes an event into the device's memory.
func (p *People) report(who *Person, e system.Event) {
	e.ID = who.Key<<32 | rng.Join(uint64(e.Visit), uint64(who.reported), 12)
	who.reported++
	p.events = append(p.events, e)
	p.truth.emitted.Add(1)
}
