package retrieval

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"feedloop/system"
)

// What somebody shares lies on the shelves of those who follow them at that
// moment, once, however often the log tells it; the last shared comes first, and
// half of the quota is for it.
func TestWhatFriendsShareIsInNetwork(t *testing.T) {
	c := DefaultConfig()
	c.Quotas.InNetwork = 4
	w := newWorld(c, 3)
	w.retriever.friends = befriended([]system.Person{{ID: 0, Friends: []system.PersonID{2}}, {ID: 1}, {ID: 2}})
	for range 9 {
		w.publish(0)
	}
	shares := func(post system.PostID) {
		for range 2 {
			w.retriever.Consume(&system.Event{Kind: system.Shared, Person: 2, Post: post})
		}
	}
	shares(1)
	w.retriever.Consume(&system.Event{Kind: system.Befriended, Person: 1, Other: 2})
	w.retriever.Consume(&system.Event{Kind: system.Befriended, Person: 1, Other: 2})
	shares(5)
	w.retriever.Consume(&system.Event{Kind: system.Unfriended, Person: 0, Other: 2})
	shares(3)
	assert.Equal(t, []system.PostID{5, 1}, ids(w.from(system.InNetwork, 0)))
	assert.Equal(t, []system.PostID{3, 5}, ids(w.from(system.InNetwork, 1)))
	assert.Empty(t, ids(w.from(system.InNetwork, 2)), "nobody is their own friend")
	w.seen.Add(1, 5)
	w.retriever.follows[1] = []system.CreatorID{0}
	assert.Equal(t, []system.PostID{3, 8, 7, 6}, ids(w.from(system.InNetwork, 1)), "then what followed creators uploaded")
	shares(2)
	shares(4)
	assert.Equal(t, []system.PostID{4, 2}, ids(w.from(system.InNetwork, 1))[:2], "half of the quota at most")
	assert.Len(t, w.from(system.InNetwork, 1), 4)
	for post := range system.PostID(50) {
		shares(post % 9)
		w.retriever.friends.consume(&system.Event{Kind: system.Shared, Person: 2, Post: 100 + post})
	}
	assert.Len(t, w.retriever.friends.shelf(1), shelved)
	assert.EqualValues(t, 149, w.retriever.friends.shelf(1)[shelved-1], "the newest stay")
	w.retriever.friends.shelves[1] = []system.PostID{2, 4}

	w.retriever.Consume(&system.Event{Kind: system.Unfollowed, Person: 1, Creator: 0})
	assert.Equal(t, []system.PostID{4, 2}, ids(w.from(system.InNetwork, 1)))
	w.retriever.Consume(&system.Event{Kind: system.Subscribed, Person: 1, Creator: 0})
	assert.Len(t, w.from(system.InNetwork, 1), 4)
}
