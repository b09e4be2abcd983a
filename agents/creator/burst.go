package creator

import (
	"time"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Burst is a wave of uploads on one topic: an election night, a cup final.
type Burst struct {
	// Topic is what everybody uploads about. Default 0, range 0 to posts.topics - 1.
	Topic int `yaml:"topic"`
	// Factor multiplies uploads; what comes on top of the usual is on the topic.
	// Default 5, range 1 to 100.
	Factor float64 `yaml:"factor"`
}

// DefaultBurst returns a heavy news day's.
func DefaultBurst() Burst { return Burst{Factor: 5} }

// Validate returns everything that is wrong with b.
func (b Burst) Validate() error {
	var v sim.Check
	v.That(b.Factor >= 1 && b.Factor <= 100, "factor", b.Factor, "1 to 100")
	return v.Err()
}

// Within returns what is wrong with b in a world of these posts.
func (b Burst) Within(c content.Config) error { return c.HasTopic(b.Topic) }

// burst is a wave and when it lasts.
type burst struct {
	Burst
	from, until sim.Time
}

var burstPurpose = rng.NewPurpose("creator.burst")

// Burst schedules a wave of uploads; one that lasts 0 lasts to the end. The world
// must have the topic.
func (cs *Creators) Burst(at sim.Time, lasts time.Duration, b Burst) {
	until := sim.Forever
	if lasts > 0 {
		until = at.Add(lasts)
	}
	cs.bursts = append(cs.bursts, burst{b, at, until})
	cs.kernel.At(at, cs.burstKind, uint32(len(cs.bursts)-1), 0)
}

// onBurst begins a wave; onDay goes on with it.
func (cs *Creators) onBurst(e sim.Event) { cs.swell(int(e.Actor), e.At) }

// swell draws the uploads of a burst from now to midnight: a Poisson process
// of each creator's, addressed by creator, burst and day.
func (cs *Creators) swell(which int, now sim.Time) {
	b := &cs.bursts[which]
	midnight := sim.Time(now.Day()+1) * sim.Time(sim.Day)
	lasts := min(midnight, b.until).Sub(now)
	if now < b.from || lasts <= 0 {
		return
	}
	mean := cs.Config.PostsPerDay * (b.Factor - 1) * (float64(lasts) / float64(sim.Day))
	address := rng.Join(uint64(which), uint64(now.Day()), 32) << 16
	for i := range cs.All {
		if cs.All[i].Left {
			continue
		}
		key := uint64(cs.All[i].key)
		u := cs.src.Uniform(burstPurpose, key, address)
		for j := range rng.Poisson(u, mean) {
			v := cs.src.Uniform(burstPurpose, key, address+1+uint64(j))
			cs.kernel.At(now.Add(time.Duration(v*float64(lasts))), cs.upload, uint32(i), onTopic(system.TopicID(b.Topic)))
		}
	}
}

// onTopic is the argument of an upload that is about a given topic; 0 leaves the
// topic to the creator.
func onTopic(t system.TopicID) uint64 { return uint64(t) + 1 }
