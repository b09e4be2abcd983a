package system

import (
	"time"

	"feedloop/sim"
)

// Catalogue is the platform's table of posts. Posts are numbered in order of
// publication and live for the same span, so the live ones are always one
// contiguous range of ids; stages keep rows by id and scan that range.
type Catalogue struct {
	posts []Post
	life  time.Duration
	first PostID // the oldest live post
}

// NewCatalogue returns an empty catalogue in which a post is eligible for life
// after its publication.
func NewCatalogue(life time.Duration) *Catalogue { return &Catalogue{life: life} }

// Add appends a post, gives it the next id and returns that id. A content
// embedding that holds what is no number is left out: the post is taken for one
// that is about nothing, so that it spoils no training and no page.
func (c *Catalogue) Add(p Post) PostID {
	p.ID = PostID(len(c.posts))
	for _, x := range p.Content {
		if x-x != 0 {
			p.Content = [Dim]float32{}
			break
		}
	}
	c.posts = append(c.posts, p)
	return p.ID
}

// Post returns the post with this id. The pointer is valid until the next Add.
func (c *Catalogue) Post(id PostID) *Post { return &c.posts[id] }

// Len is the number of posts ever published.
func (c *Catalogue) Len() int { return len(c.posts) }

// Live returns the half-open range of ids that are eligible at now. Time must
// not fall from call to call.
func (c *Catalogue) Live(now sim.Time) (first, end PostID) {
	end = PostID(len(c.posts))
	for c.first < end && c.posts[c.first].At.Add(c.life) <= now {
		c.first++
	}
	return c.first, end
}
