package user

import (
	"time"

	"feedloop/agents/content"
	"feedloop/sim"
)

// Trend is a topic that everybody cares about for a while.
type Trend struct {
	// Topic is what it is about. Default 0, range 0 to posts.topics - 1.
	Topic int `yaml:"topic"`
	// Pull is added to everybody's affinity with posts of the topic. Default 0.3,
	// range -2 to 2.
	Pull float64 `yaml:"pull"`
}

// DefaultTrend returns a heavy news day's.
func DefaultTrend() Trend { return Trend{Pull: 0.3} }

// Validate returns everything that is wrong with t.
func (t Trend) Validate() error {
	var v sim.Check
	v.That(t.Pull >= -2 && t.Pull <= 2, "pull", t.Pull, "-2 to 2")
	return v.Err()
}

// Within returns what is wrong with t in a world of these posts.
func (t Trend) Within(c content.Config) error { return c.HasTopic(t.Topic) }

// trend is a trend and whether it is on.
type trend struct {
	Trend
	on bool
}

// Trend schedules a trend; one that lasts 0 lasts to the end. The world must have
// the topic.
func (p *People) Trend(at sim.Time, lasts time.Duration, t Trend) {
	if p.pull == nil {
		p.pull = make([]float32, len(p.posts.Topics.Centres))
	}
	p.trends = append(p.trends, trend{Trend: t})
	i := uint32(len(p.trends) - 1)
	p.kernel.At(at, p.trendKind, i, 1)
	if lasts > 0 {
		p.kernel.At(at.Add(lasts), p.trendKind, i, 0)
	}
}

// onTrend begins (Arg 1) or ends a trend. Pulls are summed afresh, so that one
// that has ended leaves no rounding behind.
func (p *People) onTrend(e sim.Event) {
	p.trends[e.Actor].on = e.Arg == 1
	clear(p.pull)
	for _, t := range p.trends {
		if t.on {
			p.pull[t.Topic] += float32(t.Pull)
		}
	}
}
