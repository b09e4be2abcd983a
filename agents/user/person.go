package user

import (
	"slices"
	"time"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Person is what only the simulator knows about somebody.
type Person struct {
	Key      uint64
	Taste    content.Vector
	home     content.Vector
	satiated [system.Dim]float32 // by topic, modulo; as of satiatedAt
	atSated  sim.Time
	// Satisfaction with the last visits, Mood of the present one: averages of
	// true value.
	Satisfaction, Mood float32
	loyalty            float32       // an average of satisfaction; see Loyalty
	rate               float32       // impulses to visit per day
	offset             time.Duration // ahead of UTC
	Departed           bool
	follows            []system.CreatorID
	speaks             system.Languages
	attachment         attachment

	// The present visit.
	visiting  bool
	bot       bool
	joined    sim.Time // 0 for those who are there from the start
	exposure  float32  // net exposure; see Habit
	excited   float32  // readiness beyond the base rate, as of excitedAt
	excitedAt sim.Time
	visit     uint32 // number of the candidate visit
	page      uint32 // number of the page asked for
	viewed    uint32 // posts met in this visit
	reported  uint32 // events reported in this visit
	asked     sim.Time
	freed     sim.Time // when the last visit ended, 0 before it and while visiting
	lastDay   int32    // the last day with a visit, from 1
}

// CohortKey packs a cohort and a number within it into a person's key.
func CohortKey(cohort, k int) uint64 { return rng.Join(uint64(cohort), uint64(k), 24) }

// cohort is the number of the person's cohort.
func (who *Person) cohort() uint64 { return who.Key >> 24 }

var (
	homePurpose     = rng.NewPurpose("user.home_taste")
	likedPurpose    = rng.NewPurpose("user.liked_topics")
	zonePurpose     = rng.NewPurpose("user.time_zone")
	followPurpose   = rng.NewPurpose("user.first_follows")
	languagePurpose = rng.NewPurpose("user.languages")
	driftPurpose    = rng.NewPurpose("user.drift")
)

// Visit is the number of the person's last visit.
func (who *Person) Visit() uint32 { return who.visit }

// Follows tells whether the person follows the creator.
func (who *Person) Follows(c system.CreatorID) bool { return slices.Contains(who.follows, c) }

// newPerson draws somebody's lasting traits.
func (p *People) newPerson(key uint64, cohort Cohort) Person {
	var home content.Vector
	c := p.Config.Taste
	for i := range c.Topics {
		u, w := p.src.Uniforms(likedPurpose, key, uint64(i))
		centre := &p.posts.Topics.Centres[p.likes(cohort, u)]
		weight := float32(0.5 + w)
		for axis := range home {
			home[axis] += float32(weight * centre[axis])
		}
	}
	home = content.Stray(p.src, homePurpose, key, 0, unit(home), c.Noise)
	if p.posts.Config.Law == content.Simplex {
		liked := p.posts.Taste(key)
		p.tastes = append(p.tastes, liked...)
		home = content.Fold(liked)
	}
	u := p.src.Uniform(zonePurpose, key, 0)
	r := p.Config.Return
	who := Person{
		Key: key, Taste: home, home: home,
		rate:   float32(*cohort.SessionsPerDay / sigmoid(r.Base)),
		offset: zone(cohort.Zones, u), joined: p.joins(key, *cohort.Joining), bot: p.isBot(key),
	}
	if len(p.posts.Config.Languages) > 0 {
		who.speaks = p.speaks(key)
	}
	if who.bot {
		who.rate = float32(p.Config.Bots.VisitsPerDay)
	}
	return who
}

// speaks draws the languages that a person knows: one, or two.
func (p *People) speaks(key uint64) system.Languages {
	first, bilingual := p.src.Uniforms(languagePurpose, key, 0)
	out := system.Languages(0).With(p.posts.Config.Language(first))
	for try := uint64(1); bilingual < float64(p.Config.Taste.Bilingual) && try < 8; try++ {
		second := p.posts.Config.Language(p.src.Uniform(languagePurpose, key, try<<1))
		if !out.Has(second) {
			return out.With(second)
		}
	}
	return out
}

// likes draws a topic of a cohort's taste.
func (p *People) likes(c Cohort, u float64) system.TopicID {
	if n := len(c.Topics); n > 0 {
		return system.TopicID(c.Topics[int(u*float64(n))])
	}
	return p.posts.Topics.Draw(u)
}

// initial tells whether the headline counts the person.
func (who *Person) initial() bool { return who.joined == 0 && !who.bot }

// drift moves taste by one day: a step of chance, and a pull towards home.
func (p *People) drift(who *Person, day uint64) {
	c := p.Config.Taste
	if c.Drift == 0 && c.Pull == 0 {
		return
	}
	moved := content.Stray(p.src, driftPurpose, who.Key, day<<3, &who.Taste, 4*c.Drift)
	for i := range moved {
		moved[i] += float32(float32(c.Pull) * (who.home[i] - moved[i]))
	}
	who.Taste = *unit(moved)
}

// firstFollows lets a person follow some creators of topics they like before
// the world begins: they know the platform already.
func (p *People) firstFollows(who *Person, creators []Account, want int, pick func(u float64) int) []system.CreatorID {
	var out []system.CreatorID
	for try := range uint64(want * 8) {
		if len(out) == want || len(creators) == 0 {
			break
		}
		u, v := p.src.Uniforms(followPurpose, who.Key, try)
		i := pick(u)
		if c := system.CreatorID(i); p.Suits(who, creators[i], v) && !who.Follows(c) {
			who.follows = append(who.follows, c)
			out = append(out, c)
		}
	}
	return out
}

// Suits tells whether a person follows a creator of whom they have heard: the
// likelier, the more they like the topic, and never in a foreign language.
func (p *People) Suits(who *Person, c Account, u float64) bool {
	if who.speaks != 0 && !who.speaks.Has(c.Language) {
		return false
	}
	return u < p.Liking(who, c.Topic)*1.5
}

// Liking is a person's affinity with a topic now.
func (p *People) Liking(who *Person, topic system.TopicID) float64 {
	return float64(content.Affinity(&who.Taste, &p.posts.Topics.Centres[topic]))
}
