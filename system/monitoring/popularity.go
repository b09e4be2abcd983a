package monitoring

import (
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system"
)

// The metrics of how popular that is already which is served.
var (
	PostPopularity = metric("reranking.popularity.post", "1", record.Neither, record.Average,
		"mean over servings of how often the post was watched long before, over that of the average live post: 1 is as if posts were drawn at random")
	CreatorPopularity = metric("reranking.popularity.creator", "1", record.Neither, record.Average,
		"the same of everything by its creator, over that of the average creator")
)

// popularity counts long views, by post and by creator.
type popularity struct {
	posts, creators []uint32
	first           system.PostID // the oldest post that counts as live
	known           system.PostID // posts whose creators are known
	live, all       float64       // long views of live posts, and of all

	post, creator *record.Mean
}

// watched counts a long view.
func (p *popularity) watched(e *system.Event) {
	p.creators = counted(p.creators, int(e.Creator))
	p.all++
	if e.Post >= p.first {
		p.posts = counted(p.posts, int(e.Post))
		p.live++
	}
}

// turn lets go of posts that have expired and meets the creators of new ones.
func (p *popularity) turn(now sim.Time, c *system.Catalogue) (live float64) {
	first, end := c.Live(now)
	for ; p.first < first; p.first++ {
		if int(p.first) < len(p.posts) {
			p.live -= float64(p.posts[p.first])
		}
	}
	for ; p.known < end; p.known++ {
		for int(c.Post(p.known).Creator) >= len(p.creators) {
			p.creators = append(p.creators, 0)
		}
	}
	return float64(end - first)
}

// served takes a page; before anything was watched nothing is popular.
func (p *popularity) served(page *system.Page, c *system.Catalogue) {
	live := p.turn(page.Served, c)
	for i := range page.Items {
		post := c.Post(page.Items[i].Post)
		if p.live > 0 && post.ID >= p.first {
			n := 0.0
			if int(post.ID) < len(p.posts) {
				n = float64(p.posts[post.ID])
			}
			p.post.Add(n*live/p.live, 1)
		}
		if p.all > 0 {
			p.creator.Add(float64(p.creators[post.Creator])*float64(len(p.creators))/p.all, 1)
		}
	}
}
