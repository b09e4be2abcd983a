package user

import (
	"testing"

	"github.com/stretchr/testify/require"

	"feedloop/agents/content"
	"feedloop/sim/rng"
	"feedloop/system"
)

// door counts posts.
type door struct{ posts system.PostID }

// Publish implements [content.Publisher].
func (d *door) Publish(system.Post) system.PostID { d.posts++; return d.posts - 1 }

// What people get out of posts is the scalar product of all attributes, however
// many there are: the sum of them, written out.
func TestUtilityKnowsEveryAttribute(t *testing.T) {
	what := content.DefaultConfig()
	what.Law, what.Topics, what.Attributes = content.Simplex, 37, 37
	c := steady()
	c.Count = 5
	c.Taste.Pull = 0
	a := among(c, what)
	a.posts = content.New(what, rng.New(1, 0), &door{})
	a.people.posts = a.posts
	for n := range uint32(20) {
		a.posts.Publish(0, content.Draft{Key: content.Key(1, n), Quality: 1})
	}
	for id := range a.people.All {
		likes := a.posts.Taste(a.people.All[id].Key)
		for post := range a.posts.Truths {
			want := 0.0
			for k, x := range a.posts.Attributes(system.PostID(post)) {
				want += float64(x) * float64(likes[k])
			}
			a.posts.Truths[post].Quality, a.posts.Truths[post].Clickbait = 1, 0
			require.InDelta(t, want, a.people.Utility(system.PersonID(id), &a.posts.Truths[post]), 1e-6)
		}
		for other := range a.people.All {
			want := 0.0
			for k, x := range a.posts.Taste(a.people.All[other].Key) {
				want += float64(x) * float64(likes[k])
			}
			require.InDelta(t, want, a.people.Alike(system.PersonID(id), system.PersonID(other)), 1e-6)
		}
	}
}
