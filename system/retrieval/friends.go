package retrieval

import (
	"slices"

	"feedloop/system"
)

// friends is what people who follow each other pass on: a shelf by person of the
// posts that others shared with them, filled as the log tells of it (fan-out on
// write). The zero friends is a world where people follow only creators.
type friends struct {
	followers [][]system.PersonID // by the person who is followed
	shelves   [][]system.PostID   // by person, newest last
}

// shelved is how many posts a shelf holds.
const shelved = 40

// befriended keeps who followed whom at sign-up.
func befriended(people []system.Person) friends {
	if !slices.ContainsFunc(people, func(p system.Person) bool { return len(p.Friends) > 0 }) {
		return friends{}
	}
	f := friends{followers: make([][]system.PersonID, len(people)), shelves: make([][]system.PostID, len(people))}
	for _, p := range people {
		for _, other := range p.Friends {
			f.followers[other] = append(f.followers[other], p.ID)
		}
	}
	return f
}

// consume reads an event of the log, which may bring it twice.
func (f *friends) consume(e *system.Event) {
	if f.followers == nil {
		return
	}
	switch e.Kind {
	case system.Shared:
		for _, to := range f.followers[e.Person] {
			f.shelves[to] = remember(f.shelves[to], e.Post, shelved)
		}
	case system.Befriended:
		if !slices.Contains(f.followers[e.Other], e.Person) {
			f.followers[e.Other] = append(f.followers[e.Other], e.Person)
		}
	case system.Unfriended:
		if i := slices.Index(f.followers[e.Other], e.Person); i >= 0 {
			f.followers[e.Other] = slices.Delete(f.followers[e.Other], i, i+1)
		}
	}
}

// shelf is what others have shared with a person, newest last.
func (f *friends) shelf(id system.PersonID) []system.PostID {
	if f.shelves == nil {
		return nil
	}
	return f.shelves[id]
}

// passedOn takes posts from the person's shelf, the last shared first.
func (r *Retriever) passedOn(q *system.Query, quota int, dst []system.Candidate) []system.Candidate {
	live, _ := r.catalogue.Live(r.kernel.Now())
	shelf := r.friends.shelf(q.Person)
	for i := len(shelf) - 1; i >= 0 && quota > 0; i-- {
		if id := shelf[i]; id >= live && !r.unfit(q.Person, id) {
			dst = append(dst, candidate(id, system.InNetwork))
			quota--
		}
	}
	return dst
}
