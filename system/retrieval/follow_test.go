package retrieval

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
)

// followed returns a world whose people are followed by the minute, with
// posts.
func followed(posts int) *world {
	c := DefaultConfig()
	c.Towers.Follow = time.Minute
	w := newWorld(c, 3)
	for i := range posts {
		w.publish(system.CreatorID(i % 7))
	}
	return w
}

// watch lets the log bring a view of a moment.
func (w *world) watch(id uint64, at sim.Time, person system.PersonID, post system.PostID, long bool) {
	e := view(person, post, long)
	e.ID, e.At = id, at
	w.retriever.Consume(e)
}

// What is visible of people is what a training on the same views would believe
// of them: those before DataTo by the training, those after it by the log, each
// once, whatever came before the deployment and what after.
func TestFollowingIsTrainingOnTheSameViews(t *testing.T) {
	w := followed(30)
	a := w.towers(1)
	a.DataTo = sim.Time(10 * time.Minute)
	twin := a.Payload.(*weights).clone()
	before := a.Payload.(*weights).clone()
	id := uint64(0)
	show := func(n int) {
		for range n {
			id++
			w.kernel.Run(w.kernel.Now().Add(time.Minute))
			person, post, long := system.PersonID(id%2), system.PostID(id*7%30), id%3 == 0
			for range 1 + id%2 { // the log may bring an event twice
				w.watch(id, w.kernel.Now(), person, post, long)
			}
			if w.kernel.Now() > a.DataTo {
				e := &system.Example{Person: person, Post: post, Labels: system.LabelsOf(view(person, post, long))}
				p := inTraining(w.catalogue.Post(post))
				people := twin.clone()
				people.step(e, &p, w.retriever.config.Towers)
				twin.people[person], twin.doubt[person] = people.people[person], people.doubt[person]
			}
		}
	}
	show(20)
	assert.Nil(t, w.retriever.Person(0), "no towers, no vectors")
	w.retriever.Deploy(a)
	show(15)
	w.kernel.Run(w.kernel.Now().Add(time.Minute))
	for p := range system.PersonID(3) {
		require.Equal(t, twin.people[p][:], w.retriever.Person(p))
	}
	assert.NotEqual(t, before.people[0], twin.people[0])
	assert.Equal(t, before.people[2], twin.people[2], "who watched nothing stays")
	assert.Equal(t, before.hash(), a.Payload.(*weights).hash(), "the next training starts from what was trained, or views would count twice")
}

func TestVectorsChangeByTheClock(t *testing.T) {
	w := followed(5)
	w.retriever.Deploy(w.towers(1))
	w.kernel.Run(sim.Time(time.Hour))
	was := *w.retriever.person(0)
	w.watch(1, w.kernel.Now(), 0, 2, true)
	assert.Equal(t, was, *w.retriever.person(0))
	assert.Len(t, w.from(system.Neighbours, 0), 5)
	w.kernel.Run(w.kernel.Now().Add(time.Minute))
	assert.NotEqual(t, was, *w.retriever.person(0))
}

// Between a deployment and the end of its build the index holds another space:
// people are then those of its own towers, and not the ones that are followed.
func TestFollowedPeopleStayInTheirSpace(t *testing.T) {
	w := followed(60)
	w.retriever.config.Quotas.Neighbours = 5
	w.retriever.Deploy(w.towers(1))
	w.kernel.Run(sim.Time(time.Hour))
	was := ids(w.from(system.Neighbours, 0))
	w.retriever.Deploy(w.towers(2))
	for i := range uint64(20) {
		w.watch(i, w.kernel.Now(), 0, system.PostID(i), true)
	}
	w.kernel.Run(w.kernel.Now().Add(30 * time.Second))
	assert.Equal(t, was, ids(w.from(system.Neighbours, 0)))
	w.kernel.Run(w.kernel.Now().Add(time.Hour))
	assert.NotEqual(t, was, ids(w.from(system.Neighbours, 0)))
}
