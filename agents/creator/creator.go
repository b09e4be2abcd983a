package creator

import (
	"cmp"
	"slices"
	"time"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Creator is what only the simulator knows about somebody who uploads.
type Creator struct {
	Topic              system.TopicID // from the start
	Aim                content.Vector // what posts are about, if creators learn
	Quality, Clickbait float64
	Language           system.Language
	// Uploaded counts the creator's posts so far.
	Uploaded uint32
	// Left tells that the creator has given up.
	Left bool

	key   uint32   // by which luck is addressed
	reach uint32   // people who stayed to watch, since
	since sim.Time // the start of the present period of viability
}

var (
	traitPurpose  = rng.NewPurpose("creator.traits")
	countPurpose  = rng.NewPurpose("creator.uploads_of_day")
	momentPurpose = rng.NewPurpose("creator.upload_moment")
	topicPurpose  = rng.NewPurpose("creator.upload_topic")
)

// Creators is everybody who uploads in a world.
type Creators struct {
	Config Config
	All    []Creator
	posts  *content.Posts
	src    rng.Source
	kernel *sim.Kernel
	active *record.Gauge
	bursts []burst

	upload, burstKind sim.Kind
}

// New makes the creators and schedules their uploads. Unless the shelf is empty
// they post from before the first day on: the world opens with a post's whole life
// of uploads in it.
func New(k *sim.Kernel, c Config, src rng.Source, posts *content.Posts) *Creators {
	cs := &Creators{Config: c, posts: posts, src: src, kernel: k, All: make([]Creator, c.Count)}
	for i := range cs.All {
		cs.All[i] = cs.newCreator(uint32(i), 0)
	}
	cs.burstKind = k.Register("creator.burst", sim.People, cs.onBurst)
	cs.upload = k.Register("creator.upload", sim.People, cs.onUpload)
	day := k.Register("creator.day", sim.People, cs.onDay)
	if c.Shelf != Empty {
		cs.past()
	}
	k.Every(0, sim.Day, day)
	return cs
}

// newCreator draws somebody's traits.
func (cs *Creators) newCreator(key uint32, now sim.Time) Creator {
	a, b := cs.src.Uniforms(traitPurpose, uint64(key), 0)
	d, e := cs.src.Uniforms(traitPurpose, uint64(key), 1)
	c, topic := &cs.Config, cs.posts.Topics.Draw(a)
	return Creator{
		Language: cs.posts.Config.Language(e),
		Topic:    topic, Aim: cs.posts.Topics.Centres[topic], key: key, since: now,
		Quality:   min(max(rng.Normal(b, c.Quality, c.QualitySpread), 0), 1),
		Clickbait: min(max(rng.Normal(d, c.Clickbait, c.ClickbaitSpread), 0), 1),
	}
}

// Observe lets a recorder see how many creators are left.
func (cs *Creators) Observe(rec *record.Recorder) { cs.active = rec.Gauge(Active) }

// past publishes what was uploaded in the last life of a post before the
// world begins, oldest first, so that the first visitor finds a full shelf.
func (cs *Creators) past() {
	type upload struct {
		at      sim.Time
		creator uint32
	}
	var uploads []upload
	life := cs.posts.Config.Life
	for i := range cs.All {
		mean := cs.Config.PostsPerDay * (float64(life) / float64(sim.Day))
		u, _ := cs.src.Uniforms(countPurpose, uint64(i), 1<<40)
		for j := range rng.Poisson(u, mean) {
			v, _ := cs.src.Uniforms(momentPurpose, uint64(i), rng.Join(1<<40, uint64(j), 16))
			uploads = append(uploads, upload{-sim.Time(v * float64(life)), uint32(i)})
		}
	}
	slices.SortFunc(uploads, func(a, b upload) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.creator, b.creator))
	})
	for _, u := range uploads {
		cs.publish(u.at, u.creator, 0)
	}
}

// onDay draws the day's uploads of every creator.
func (cs *Creators) onDay(sim.Event) {
	now := cs.kernel.Now()
	day := uint64(now.Day())
	cs.review(now)
	cs.join(now)
	for b := range cs.bursts {
		if cs.bursts[b].from < now {
			cs.swell(b, now)
		}
	}
	for i := range cs.All {
		if cs.All[i].Left {
			continue
		}
		key := uint64(cs.All[i].key)
		u, _ := cs.src.Uniforms(countPurpose, key, day)
		n := cs.Config.Uploads.Count(u, cs.Config.PostsPerDay)
		for j := range n {
			v := 0.0 // of the part of the day that is each upload's, where they are even
			if cs.Config.Uploads != rng.EvenArrivals {
				v, _ = cs.src.Uniforms(momentPurpose, key, rng.Join(day, uint64(j), 16))
			}
			at := now.Add(time.Duration(cs.Config.Uploads.Moment(v, j, n) * float64(sim.Day)))
			cs.kernel.At(at, cs.upload, uint32(i), 0)
		}
	}
}

// onUpload publishes one post.
func (cs *Creators) onUpload(e sim.Event) { cs.publish(e.At, e.Actor, e.Arg) }

// publish makes a creator's next post, on what they aim at, now and then on
// something else, or on the topic of a burst.
func (cs *Creators) publish(at sim.Time, i uint32, on uint64) {
	c := &cs.All[i]
	d := content.Draft{
		Creator: system.CreatorID(i), Key: content.Key(system.CreatorID(c.key), c.Uploaded),
		Topic: cs.topic(c), Quality: c.Quality, Clickbait: c.Clickbait, Language: c.Language,
	}
	u, v := cs.src.Uniforms(topicPurpose, d.Key, 0)
	switch {
	case on > 0:
		d.Topic = system.TopicID(on - 1)
	case u >= float64(cs.Config.Focus):
		d.Topic = cs.posts.Topics.Draw(v)
	case cs.Config.Learning > 0:
		d.Aim = &c.Aim
	}
	cs.posts.Publish(at, d)
	c.Uploaded++
}
