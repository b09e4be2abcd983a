package content

import (
	"fmt"
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
)

// Ageing takes from posts, as they get older, what people find in them: what
// they like about a post halves with every half-life. What they dislike stays.
type Ageing struct {
	// HalfLife of posts. Default 0s: they do not age, and are gone when their life
	// is over; published half-lives run from 30 min to 72 h.
	HalfLife time.Duration `yaml:"half_life"`
	// News are topics that age at a pace of their own. Default: none.
	News []int `yaml:"news"`
	// NewsHalfLife is theirs. Default 6h.
	NewsHalfLife time.Duration `yaml:"news_half_life"`
}

func (a Ageing) validate(v *sim.Check, topics int) {
	v.That(a.HalfLife >= 0, "ageing.half_life", a.HalfLife, "0s or more")
	v.That(a.NewsHalfLife > 0, "ageing.news_half_life", a.NewsHalfLife, "a positive duration")
	for i, topic := range a.News {
		v.That(topic >= 0 && topic < topics, fmt.Sprintf("ageing.news[%d]", i), topic, "a topic, 0 to posts.topics - 1")
	}
}

// halfLives returns the half-life of every topic in nanoseconds, +Inf where posts
// do not age; nil where none do.
func (a Ageing) halfLives(topics int) []float64 {
	if a.HalfLife == 0 && len(a.News) == 0 {
		return nil
	}
	all := make([]float64, topics)
	for topic := range all {
		all[topic] = float64(a.HalfLife)
		if a.HalfLife == 0 {
			all[topic] = 1e30 // longer than anything lasts
		}
	}
	for _, topic := range a.News {
		all[topic] = float64(a.NewsHalfLife)
	}
	return all
}

// Freshness is what is left of a post for those who like it, 1 to 0.
func (p *Posts) Freshness(t *Truth, now sim.Time) float32 {
	if p.halfLives == nil {
		return 1
	}
	return float32(num.Exp2(-float64(max(now-t.At, 0)) / p.halfLives[t.Topic]))
}
