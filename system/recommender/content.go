package recommender

import (
	"math"

	"feedloop/system"
)

// content orders by the product of a person's weights with a post's attributes. The
// weights w >= 0 are those that come nearest to 1 on the posts that the person took
// and to 0 on all others: they minimise
//
//	|A w - y|^2 = w'Hw - 2 b'w + y'y   H = A'A, the same for everybody; b = A'y
//
// where a row of A is a post and y tells whether it was taken.
type content struct {
	posts   [][]float32 // attributes
	weights [][]float64 // by person
	h       [][]float64
}

func (c *content) train(f *Feed) {
	c.posts = c.posts[:0]
	for post := range f.known {
		c.posts = append(c.posts, f.world.Attributes(post))
	}
	n := 0
	if len(c.posts) > 0 {
		n = len(c.posts[0])
	}
	c.h = make([][]float64, n)
	for i := range c.h {
		c.h[i] = make([]float64, n)
		for _, a := range c.posts {
			for j := range n {
				c.h[i][j] += float64(float64(a[i]) * float64(a[j]))
			}
		}
	}
	if c.weights == nil {
		c.weights = make([][]float64, len(f.world.People))
	}
	for person := range c.weights {
		b := make([]float64, n)
		for _, post := range f.history.by[person] {
			if post >= f.known {
				continue
			}
			for i, a := range c.posts[post] {
				b[i] += float64(a)
			}
		}
		c.weights[person] = nonNegative(c.h, b)
	}
}

func (c *content) score(person system.PersonID, post system.PostID) float64 {
	sum := 0.0
	for k, a := range c.posts[post] {
		sum += float64(c.weights[person][k] * float64(a))
	}
	return sum
}

func (c *content) profile(person system.PersonID) []float64 { return c.weights[person] }

// sweeps bounds the descent; tolerance ends it: the largest step in one sweep.
const (
	sweeps    = 10_000
	tolerance = 1e-12
)

// nonNegative minimises w'Hw - 2 b'w over w >= 0, H symmetric and positive
// semidefinite, by descent along one coordinate after the other, each to its
// minimum (Franc, Hlavac and Navara, "Sequential coordinate-wise algorithm for the
// non-negative least squares problem", 2005). It converges whatever the start; where
// H is singular to one of the solutions.
func nonNegative(h [][]float64, b []float64) []float64 {
	w, slope := make([]float64, len(b)), make([]float64, len(b)) // slope = H w - b
	for i := range slope {
		slope[i] = -b[i]
	}
	for range sweeps {
		largest := 0.0
		for k := range w {
			if h[k][k] == 0 {
				continue
			}
			step := max(w[k]-slope[k]/h[k][k], 0) - w[k]
			if step == 0 {
				continue
			}
			w[k] += step
			for i := range slope {
				slope[i] += float64(step * h[k][i])
			}
			largest = max(largest, math.Abs(step))
		}
		if largest < tolerance {
			break
		}
	}
	return w
}
