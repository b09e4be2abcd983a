package user

import (
	"time"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Bots are accounts that nobody holds. They run through the feed for cover, and
// those posts whose creators are clients of the farm they watch whole, like,
// share and follow. Nothing is of value to them: no truth about people counts
// them, every observation does.
type Bots struct {
	// Share of the accounts that are bots. Default 0%.
	Share sim.Share `yaml:"share"`
	// Clients is the share of creators whom they promote. Default 1%.
	Clients sim.Share `yaml:"clients"`
	// VisitsPerDay is the mean number of visits of a bot. Default 10, range 0 to 60.
	VisitsPerDay float64 `yaml:"visits_per_day"`
	// Posts is the mean number of posts in a visit. Default 30, range 1 to 500.
	Posts float64 `yaml:"posts"`
	// Dwell is the mean time on a post that nobody paid for. Default 1s.
	Dwell time.Duration `yaml:"dwell"`
}

func (b Bots) validate(v *sim.Check) {
	v.That(b.Share >= 0 && b.Share <= 1, "bots.share", b.Share, "a share from 0 to 100%")
	v.That(b.Clients >= 0 && b.Clients <= 1, "bots.clients", b.Clients, "a share from 0 to 100%")
	v.That(b.VisitsPerDay >= 0 && b.VisitsPerDay <= 60, "bots.visits_per_day", b.VisitsPerDay, "0 to 60")
	v.That(b.Posts >= 1 && b.Posts <= 500, "bots.posts", b.Posts, "1 to 500")
	v.That(b.Dwell > 0, "bots.dwell", b.Dwell, "a positive duration")
}

var (
	botPurpose    = rng.NewPurpose("user.bot")
	clientPurpose = rng.NewPurpose("user.farm_client")
)

// isBot tells whether an account is a bot.
func (p *People) isBot(key uint64) bool {
	share := float64(p.Config.Bots.Share)
	return share > 0 && p.src.Uniform(botPurpose, key, 0) < share
}

// pays tells whether a creator is a client of the farm.
func (p *People) pays(c system.CreatorID) bool {
	return p.src.Uniform(clientPurpose, uint64(c), 0) < float64(p.Config.Bots.Clients)
}

// pretend is a bot's impression: what the device reports, and how long it took.
func (p *People) pretend(who *Person, e system.Event, post *content.Truth, exposure uint64) (seconds float32) {
	paid := p.pays(post.Creator)
	u := p.src.Uniform(botPurpose, who.Key, rng.Join(exposure, post.Key+1, 41))
	e.Watch = min(float32(rng.Exponential(u, p.Config.Bots.Dwell.Seconds())), post.Length)
	if paid {
		e.Watch = post.Length
	}
	e.At = ahead(e.At, e.Watch)
	if b := &p.truth.bayes; b.picks() {
		b.add(p.Config.Bots.longGlance(paid, &e), &e)
	}
	p.report(who, e)
	if paid {
		seconds, e.Watch = e.Watch, 0
		for _, kind := range []system.EventKind{system.Liked, system.Shared} {
			e.Kind = kind
			p.report(who, e)
		}
		if p.Graph != nil {
			p.Graph.Shared(e.Person, e.Post)
		}
		if !who.Follows(post.Creator) {
			who.follows = append(who.follows, post.Creator)
			e.Kind = system.Followed
			p.report(who, e)
		}
		if p.Watched != nil {
			p.Watched(post)
		}
		return seconds
	}
	return e.Watch
}
