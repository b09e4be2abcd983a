package recommender

import (
	"math"
	"slices"

	"feedloop/sim/rng"
	"feedloop/system"
)

// family is a way to recommend, as of its last training.
type family interface {
	// train learns from f's history, for the posts before f.known.
	train(f *Feed)
	// score is what a post that the training knew is ordered by.
	score(system.PersonID, system.PostID) float64
	// profile is what the family has a person for; nil where it has nothing.
	profile(system.PersonID) []float64
}

func newFamily(name Family, f *Feed) family {
	switch name {
	case Content:
		return &content{}
	case Social:
		return newSocial(f.world.People)
	case Random:
		return &random{}
	case Ideal:
		return ideal{f.world.Truth}
	}
	return &popularity{}
}

// popularity orders by how many have taken a post.
type popularity struct{ times []int }

func (p *popularity) train(f *Feed) {
	p.times = slices.Grow(p.times[:0], int(f.known))[:f.known]
	clear(p.times)
	copy(p.times, f.history.times)
}

func (p *popularity) score(_ system.PersonID, post system.PostID) float64 {
	return float64(p.times[post])
}

func (p *popularity) profile(system.PersonID) []float64 { return []float64{1} }

// social orders by how many friends have taken a post; people are friends of
// themselves.
type social struct {
	friends [][]system.PersonID
	times   [][]uint16 // by person and post
}

func newSocial(people []system.Person) *social {
	s := &social{friends: make([][]system.PersonID, len(people)), times: make([][]uint16, len(people))}
	for i, p := range people {
		s.friends[i] = append(slices.Clone(p.Friends), p.ID)
	}
	return s
}

func (s *social) train(f *Feed) {
	for i, friends := range s.friends {
		s.times[i] = slices.Grow(s.times[i][:0], int(f.known))[:f.known]
		clear(s.times[i])
		for _, friend := range friends {
			for _, post := range f.history.by[friend] {
				if post < f.known {
					s.times[i][post]++
				}
			}
		}
	}
}

func (s *social) score(person system.PersonID, post system.PostID) float64 {
	return float64(s.times[person][post])
}

func (s *social) profile(person system.PersonID) []float64 {
	row := make([]float64, len(s.friends))
	for _, friend := range s.friends[person] {
		row[friend] = 1
	}
	return row
}

// randomWidth is the length of the vectors of chance, as many as the paper's posts
// have attributes.
const randomWidth = 20

var (
	personPurpose = rng.NewPurpose("recommender.random_person")
	postPurpose   = rng.NewPurpose("recommender.random_post")
)

// random orders by the product of two vectors of uniform variates.
type random struct{ people, posts [][]float64 }

func (r *random) train(f *Feed) {
	r.people, r.posts = r.people[:0], r.posts[:0]
	for i := range f.world.People {
		r.people = append(r.people, f.chance(personPurpose, f.world.People[i].Key))
	}
	for post := range f.known {
		r.posts = append(r.posts, f.chance(postPurpose, f.world.Catalogue.Post(post).Key))
	}
}

// chance returns the vector of somebody or something in the present training.
func (f *Feed) chance(p rng.Purpose, key uint64) []float64 {
	v := make([]float64, randomWidth)
	for k := range v {
		v[k] = f.src.Uniform(p, key, f.trained*randomWidth+uint64(k))
	}
	return v
}

func (r *random) score(person system.PersonID, post system.PostID) float64 {
	return product(r.people[person], r.posts[post])
}

func (r *random) profile(person system.PersonID) []float64 { return r.people[person] }

// ideal orders by the truth.
type ideal struct {
	truth func(system.PersonID, system.PostID) float32
}

func (i ideal) train(*Feed) {}

func (i ideal) score(person system.PersonID, post system.PostID) float64 {
	return float64(i.truth(person, post))
}

func (i ideal) profile(system.PersonID) []float64 { return nil }

// product is the scalar product, summed in order.
func product(a, b []float64) float64 {
	sum := 0.0
	for k := range a {
		sum += float64(a[k] * b[k])
	}
	return sum
}

// cosine of the angle between two profiles; 0 where one is nothing.
func cosine(a, b []float64) float64 {
	size := math.Sqrt(product(a, a)) * math.Sqrt(product(b, b))
	if size == 0 {
		return 0
	}
	return product(a, b) / size
}
