package user

import (
	"time"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

func sigmoid(x float64) float64 { return num.Sigmoid(x) }

// unit returns v scaled to length one.
func unit(v content.Vector) *content.Vector {
	num.Normalize(v[:])
	return &v
}

// Satiation returns how tired the person is of each topic at now. It looks at a
// copy: who asks leaves no trace, not even in the rounding of a later decay.
func (p *People) Satiation(id system.PersonID, now sim.Time) [system.Dim]float32 {
	who := p.All[id]
	p.recover(&who, now)
	return who.satiated
}

// recover lets satiation decay up to now.
func (p *People) recover(who *Person, now sim.Time) {
	if passed := now.Sub(who.atSated); passed > 0 {
		keep := float32(num.Exp2(-float64(passed) / float64(p.Config.Satiation.HalfLife)))
		for k := range who.satiated {
			who.satiated[k] *= keep
		}
		who.atSated = now
	}
}

var waverPurpose = rng.NewPurpose("user.satiation_noise")

// waver adds the noise of a visit to satiation with every topic.
func (p *People) waver(who *Person, now sim.Time) {
	spread := p.Config.Satiation.Noise
	if spread == 0 {
		return
	}
	p.recover(who, now)
	for k := range who.satiated {
		u := p.src.Uniform(waverPurpose, who.Key, rng.Join(uint64(who.visit), uint64(k), 8))
		who.satiated[k] += float32(rng.Normal(u, 0, spread))
	}
}

// Utility returns what the person gets out of the post while fresh.
func (p *People) Utility(id system.PersonID, post *content.Truth) float32 {
	return post.Utility(p.affinity(id, post), float32(p.Config.Taste.Regret))
}

// affinity is how much the person cares for the post now: what they like about
// it fades with its age, and with a language that they do not speak.
func (p *People) affinity(id system.PersonID, post *content.Truth) float32 {
	who, a := &p.All[id], float32(0)
	if p.tastes == nil {
		a = content.Affinity(&who.Taste, &post.Vector)
	} else {
		a = num.Dot(p.attributes(id), p.posts.Attributes(post.ID))
	}
	if p.pull != nil {
		a += p.pull[post.Topic]
	}
	if step := p.Config.Taste.Attachment; step > 0 {
		a += float32(step * float64(who.attachment.net[post.Creator]))
	}
	if a <= 0 {
		return a
	}
	if who.speaks != 0 && !who.speaks.Has(post.Language) {
		a *= float32(p.Config.Taste.Foreign)
	}
	return a * p.posts.Freshness(post, p.kernel.Now())
}

// attributes are what a person likes where tastes are made of attributes.
func (p *People) attributes(id system.PersonID) []float32 {
	n := p.posts.Config.Attributes
	return p.tastes[int(id)*n:][:n]
}

// Alike is how near the tastes of two people are: their scalar product.
func (p *People) Alike(a, b system.PersonID) float64 {
	if p.tastes != nil {
		return float64(num.Dot(p.attributes(a), p.attributes(b)))
	}
	return float64(content.Affinity(&p.All[a].Taste, &p.All[b].Taste))
}

// SatiationSlot is the place of a topic among a person's satiation levels.
//
// Simplification: levels are kept for sixteen topics; a taxonomy with more
// shares them by remainder.
func SatiationSlot(t system.TopicID) int { return int(t) % system.Dim }

// SatiationGain is what one view of a topic takes from the value of the next.
func (p *People) SatiationGain() float32 { return float32(p.Config.Satiation.Gain) }

// ahead returns the moment d seconds after t.
func ahead(t sim.Time, seconds float32) sim.Time {
	return t.Add(time.Duration(float64(seconds) * float64(time.Second)))
}
