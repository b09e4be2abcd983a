package creator

import (
	"time"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Viability is the audience without which a creator gives up (Mladenov et al.,
// "Optimizing long-term social welfare in recommender systems", ICML 2020).
type Viability struct {
	// Reach is how many people must stay to watch the creator's posts in each
	// period. Default 0: nobody gives up.
	Reach float64 `yaml:"reach"`
	// Period is how long a creator waits for them, from the day of joining.
	// Default 7d, at least 1d.
	Period time.Duration `yaml:"period"`
}

// Active is the share of creators who still upload.
var Active = record.Register(record.Metric{
	Name: "true_creators_active", Unit: "creators", Better: record.Up, Knower: record.Simulator, Of: record.Level,
	Definition: "creators who have not given up, newcomers included, at midnight",
})

// Adapts tells whether creators care who watches them.
func (c Config) Adapts() bool { return c.Learning > 0 || c.Viability.Reach > 0 }

// Watched tells the creator of a post that somebody stayed to watch it.
//
// The creator moves a little towards what was watched. Nobody knows why a post
// did well; but those that do better than their siblings are met more often, so
// that the steps add up to the difference that the audience makes.
func (cs *Creators) Watched(post *content.Truth) {
	c := &cs.All[post.Creator]
	c.reach++
	if rate := cs.Config.Learning; rate > 0 {
		c.Clickbait += rate * (float64(post.Clickbait) - c.Clickbait)
		num.Axpy(float32(rate), post.Vector[:], c.Aim[:])
		num.Normalize(c.Aim[:])
	}
}

// review lets creators go whose period is over and whose reach was too small,
// and begins the next period of the others.
func (cs *Creators) review(now sim.Time) {
	v, active := cs.Config.Viability, 0
	for i := range cs.All {
		c := &cs.All[i]
		if v.Reach > 0 && !c.Left && now.Sub(c.since) >= v.Period {
			c.Left = float64(c.reach) < v.Reach
			c.reach, c.since = 0, now
		}
		if !c.Left {
			active++
		}
	}
	if cs.active != nil {
		cs.active.Set(float64(active))
	}
}

var joinPurpose = rng.NewPurpose("creator.newcomers_of_day")

// newcomer is the key of the first creator who joins; those from the start have
// smaller ones, so that their number moves nobody's luck. Keys of all end below
// 2^24: an address of what people do with a post has no bits for more.
const newcomer = mostCreators

// join lets the day's newcomers begin.
func (cs *Creators) join(now sim.Time) {
	u := cs.src.Uniform(joinPurpose, 0, uint64(now.Day()))
	for range rng.Poisson(u, cs.Config.Newcomers) {
		cs.All = append(cs.All, cs.newCreator(uint32(newcomer+len(cs.All)-cs.Config.Count), now))
	}
}

// topic returns what the creator's posts are about by now: the topic whose
// centre is nearest to what they aim at.
func (cs *Creators) topic(c *Creator) system.TopicID {
	if cs.Config.Learning == 0 {
		return c.Topic
	}
	best := c.Topic
	for k := range cs.posts.Topics.Centres {
		if content.Affinity(&c.Aim, &cs.posts.Topics.Centres[k]) > content.Affinity(&c.Aim, &cs.posts.Topics.Centres[best]) {
			best = system.TopicID(k)
		}
	}
	return best
}
