package content

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Truth is what only the simulator knows about a post.
type Truth struct {
	Vector             Vector
	Quality, Clickbait float32 // 0 to 1
	Length             float32 // seconds
	Topic              system.TopicID
	Class              Class
	Language           system.Language
	Creator            system.CreatorID
	ID                 system.PostID // the ordinal in this world, of all posts
	Met                uint32        // how often people were shown it since the warm-up
	Key                uint64
	At                 sim.Time
}

var (
	vectorPurpose = rng.NewPurpose("content.vector")
	publicPurpose = rng.NewPurpose("content.public_embedding")
	traitPurpose  = rng.NewPurpose("content.traits")
)

// Publisher is the platform's door for creators.
type Publisher interface {
	// Publish makes a post eligible and returns its id.
	Publish(system.Post) system.PostID
}

// Posts is every post of a world, by id.
type Posts struct {
	Config Config
	Topics *Topics
	Truths []Truth
	src    rng.Source
	to     Publisher

	tastes, means []float32 // of attributes, under Simplex
	attributes    []float32 // of posts, under Simplex: row-major, posts x attributes
	halfLives     []float64 // by topic; see Ageing
}

// New returns an empty world of posts that are published to the platform.
func New(c Config, src rng.Source, to Publisher) *Posts {
	p := &Posts{Config: c, Topics: NewTopics(c, src), src: src, to: to, halfLives: c.Ageing.halfLives(c.Topics)}
	if c.Law == Simplex {
		p.tastes = means(src, tasteBasePurpose, 1, c.Attributes)
		p.means = means(src, postBasePurpose, 100, c.Attributes)
	}
	return p
}

// Key packs a creator, by its stable number, and the number of a post within it.
func Key(creator system.CreatorID, n uint32) uint64 { return rng.Join(uint64(creator), uint64(n), 16) }

// Draft is what a creator decides about a post; the rest is chance.
type Draft struct {
	Creator system.CreatorID
	Key     uint64 // by which the post's luck is addressed
	Topic   system.TopicID
	// Language is what the post is in.
	Language system.Language
	// Aim is the direction that the post strays from; nil is the topic's centre.
	Aim *Vector
	// Quality and Clickbait are the creator's, around which the post's scatter.
	Quality, Clickbait float64
}

// Publish makes a post of a draft and hands its public side to the platform.
func (p *Posts) Publish(now sim.Time, d Draft) {
	key := d.Key
	if d.Aim == nil {
		d.Aim = &p.Topics.Centres[d.Topic]
	}
	var vector Vector
	if p.Config.Law == Simplex {
		var made []float32
		made, d.Topic = p.drawAttributes(key)
		p.attributes = append(p.attributes, made...)
		vector = Fold(made)
	} else {
		vector = Stray(p.src, vectorPurpose, key, 0, d.Aim, p.Config.Spread)
	}
	a, b := p.src.Uniforms(traitPurpose, key, 0)
	c, class := p.src.Uniforms(traitPurpose, key, 1)
	length := min(max(rng.LogNormal(c, p.Config.Length.Seconds(), p.Config.LengthSigma), 5), 180)
	truth := Truth{
		Vector:    vector,
		Quality:   float32(clamp(rng.Normal(a, d.Quality, p.Config.QualityNoise))),
		Clickbait: float32(clamp(rng.Normal(b, d.Clickbait, p.Config.ClickbaitNoise))),
		Length:    float32(length), Topic: d.Topic, Class: p.Config.class(class), Creator: d.Creator, Key: key, At: now,
		Language: d.Language,
	}
	truth.ID = system.PostID(len(p.Truths))
	p.Truths = append(p.Truths, truth)
	p.to.Publish(system.Post{
		Creator: d.Creator, Topic: d.Topic, Key: key, At: now,
		Language: d.Language,
		Duration: time.Duration(length * float64(time.Second)),
		Risk:     p.Config.risk(p.src.Uniform(riskPurpose, key, 0), truth.Class),
		Content:  Stray(p.src, publicPurpose, key, 0, &truth.Vector, p.Config.ContentNoise),
	})
}

// Utility returns what a person of this taste gets out of the post before
// satiation: affinity x quality where they like what it is about, their whole
// dislike where they do not, and minus what its clickbait takes back. About
// -1 to 1.
func (t *Truth) Utility(affinity, regret float32) float32 {
	if affinity > 0 {
		affinity *= t.Quality
	}
	return affinity - float32(regret*t.Clickbait)
}

// clamp keeps a trait inside (0, 1), clear of both ends.
func clamp(x float64) float64 { return min(max(x, 0.02), 0.98) }
