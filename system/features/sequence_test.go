package features

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"feedloop/system"
)

// The slow twin keeps everything that a person was shown, and looks at the end
// of it.
func TestSequencesAgainstAList(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		catalogue := system.NewCatalogue(1)
		for i := range 12 {
			p := system.Post{}
			p.Content[i%system.Dim], p.Content[0] = 1, float32(i)
			catalogue.Add(p)
		}
		length := rapid.IntRange(1, 6).Draw(rt, "length")
		s := newSequences(length, 3)
		var shown [3][traced][]system.PostID
		var visible [3][traced][]system.PostID
		for range rapid.IntRange(1, 40).Draw(rt, "events") {
			e := system.Event{
				Person: system.PersonID(rapid.IntRange(0, 2).Draw(rt, "person")), Post: system.PostID(rapid.IntRange(0, 11).Draw(rt, "post")),
				Watch: rapid.SampledFrom([]float32{1, 7, 10, 30}).Draw(rt, "watch"), Length: 60,
				Kind: rapid.SampledFrom([]system.EventKind{system.Viewed, system.Viewed, system.Liked}).Draw(rt, "kind"),
			}
			s.add(&e)
			if e.Kind == system.Viewed && e.Watch == 30 {
				shown[e.Person][watchedLong] = append(shown[e.Person][watchedLong], e.Post)
			}
			if e.Kind == system.Viewed && e.Watch <= 7 {
				shown[e.Person][skipped] = append(shown[e.Person][skipped], e.Post)
			}
			if rapid.Bool().Draw(rt, "refresh") {
				s.refresh(catalogue)
				s.publish()
				visible = shown
			}
		}
		for person := range visible {
			for which, posts := range visible[person] {
				posts = posts[max(0, len(posts)-length):]
				var want [system.Dim]float64
				for _, id := range posts {
					for axis, x := range catalogue.Post(id).Content {
						want[axis] += float64(x) / float64(len(posts))
					}
				}
				for axis, x := range want {
					assert.InDelta(rt, x, s.visible[person][which*system.Dim+axis], 1e-5, "float32 adds 1e-7 of 11 a post")
				}
			}
		}
	})
}
