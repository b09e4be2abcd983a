package retrieval

import (
	"math"

	"feedloop/sim/num"
	"feedloop/system"
)

// softmax is what the training of two towers by in-batch softmax keeps from one
// training to the next. Each of B pairs of a person and a post with a long view
// is told from the other posts of the batch: with unit vectors u and v,
//
//	logit[b,c] = u[b] . v[c] / temperature - log Q[c]
//	loss       = - mean of log softmax(logit[b])[b]
//
// A post is a negative as often as it is in a batch. Without -log Q, which takes
// that out, the towers would learn to avoid what is popular.
type softmax struct {
	people   []vector // a person's vector before it is brought to length one; zero before any data
	peopleSq []vector // squares of gradients so far (AdaGrad), here and below
	styleSq  []vector
	weightSq [system.Dim * system.Dim]float32
	seen     frequency
	batch
}

// batch is scratch space: one batch on its way.
type batch struct {
	rows           []pair
	users, posts   []vector // of length one
	lengths        [][2]float32
	corrections    []float32
	logits         []float32
	dUsers, dPosts []vector // gradients
}

// pair is a long view.
type pair struct {
	person system.PersonID
	id     system.PostID
	post   *postOf
}

// newSoftmax returns what is kept before the first training.
func newSoftmax(people int) *softmax {
	return &softmax{
		people: make([]vector, people), peopleSq: make([]vector, people),
		seen: frequency{alpha: 0.1, initial: 100},
	}
}

// clone copies what is kept and nothing of the scratch.
func (s *softmax) clone() *softmax {
	c := *s
	c.people = append([]vector(nil), s.people...)
	c.peopleSq = append([]vector(nil), s.peopleSq...)
	c.styleSq = append([]vector(nil), s.styleSq...)
	c.seen = s.seen.clone()
	c.batch = batch{}
	return &c
}

// load reads a batch: vectors of length one and the corrections.
func (w *weights) load(rows []pair) {
	s := w.softmax
	n := len(rows)
	if n > cap(s.users) {
		s.users, s.posts = make([]vector, n), make([]vector, n)
		s.dUsers, s.dPosts = make([]vector, n), make([]vector, n)
		s.lengths, s.corrections, s.logits = make([][2]float32, n), make([]float32, n), make([]float32, n*n)
	}
	s.rows, s.users, s.posts = rows, s.users[:n], s.posts[:n]
	for b, r := range rows {
		s.posts[b] = w.combine(r.post)
		s.lengths[b][1] = num.Normalize(s.posts[b][:])
		if s.people[r.person] == (vector{}) {
			s.people[r.person] = s.posts[b] // a taste begins as the first post one liked
		}
		s.users[b] = s.people[r.person]
		s.lengths[b][0] = num.Normalize(s.users[b][:])
	}
}

// correct notes the posts of the batch and looks up how rare they are.
func (s *softmax) correct(learn bool) {
	if learn {
		s.seen.step++
		for _, r := range s.rows {
			s.seen.hit(r.id)
		}
	}
	for c, r := range s.rows {
		gap := s.seen.initial
		if int(r.id) < len(s.seen.gap) {
			gap = max(1, s.seen.gap[r.id])
		}
		s.corrections[c] = float32(num.Log(gap)) // - log Q
	}
}

// predict sets row b of logits to the probabilities of the posts of the batch,
// for each b, and returns the losses: the towers' and that of towers that know
// nothing. The post of b itself in another row is no mistake and left out.
func (s *softmax) predict(temperature float32) (loss, base float64) {
	n := len(s.rows)
	for b := range s.rows {
		row := s.logits[b*n : (b+1)*n]
		highest, prior := float32(math.Inf(-1)), 0.0
		for c := range row {
			row[c] = num.Dot(s.users[b][:], s.posts[c][:])/temperature + s.corrections[c]
			if c != b && s.rows[c].id == s.rows[b].id {
				row[c] = float32(math.Inf(-1))
				continue
			}
			highest = max(highest, row[c])
			prior += num.Exp(float64(s.corrections[c]))
		}
		sum := float32(0)
		for c := range row {
			row[c] = num.Exp32(row[c] - highest)
			sum += row[c]
		}
		for c := range row {
			row[c] /= sum
		}
		loss -= num.Log(max(float64(row[b]), 1e-30))
		base -= float64(s.corrections[b]) - num.Log(prior)
	}
	return loss, base
}

// descend takes one step down the loss of a batch that was predicted.
func (w *weights) descend(c Softmax) {
	s := w.softmax
	n := len(s.rows)
	scale := 1 / float32(float64(n)*c.Temperature)
	du, dv := s.dUsers[:n], s.dPosts[:n]
	clear(du)
	clear(dv)
	for b := range n {
		for o := range n {
			g := s.logits[b*n+o]
			if o == b {
				g--
			}
			num.Axpy(float32(g*scale), s.posts[o][:], du[b][:])
			num.Axpy(float32(g*scale), s.users[b][:], dv[o][:])
		}
	}
	rate, postRate := float32(c.Rate), float32(c.PostRate)
	for b, r := range s.rows {
		throughLength(&du[b], &s.users[b], s.lengths[b][0])
		adagrad(s.people[r.person][:], s.peopleSq[r.person][:], du[b][:], rate)
		throughLength(&dv[b], &s.posts[b], s.lengths[b][1])
		adagrad(w.styles[r.post.creator][:], s.styleSq[r.post.creator][:], dv[b][:], postRate)
	}
	var turn [system.Dim * system.Dim]float32
	for b, r := range s.rows {
		for i, g := range dv[b] {
			num.Axpy(g, r.post.content[:], turn[i*system.Dim:(i+1)*system.Dim])
		}
	}
	adagrad(w.content[:], s.weightSq[:], turn[:], postRate)
}

// throughLength turns the gradient by a unit vector into the gradient by the
// vector, of some length, whose direction it is.
func throughLength(g, unit *vector, length float32) {
	if !(length > 0) {
		*g = vector{}
		return
	}
	along := num.Dot(g[:], unit[:])
	num.Axpy(-along, unit[:], g[:])
	for i := range g {
		g[i] /= length
	}
}

// adagrad takes a step against the gradient g, shorter where gradients were
// large.
func adagrad(x, squares, g []float32, rate float32) {
	for i := range x {
		squares[i] += float32(g[i] * g[i])
		if squares[i] > 0 {
			x[i] -= float32(rate*g[i]) / float32(math.Sqrt(float64(squares[i])))
		}
	}
}

// serve sets people's vectors to what serves: of one length, such that products
// with posts are the logits. Who has not liked anything yet is taken for the
// mean of the others.
func (s *softmax) serve(people []vector, temperature float32) {
	var mean vector
	known := float32(0)
	for p := range s.people {
		people[p] = s.people[p]
		if num.Normalize(people[p][:]) > 0 {
			known++
			num.Axpy(1, people[p][:], mean[:])
		}
	}
	for p := range people {
		if people[p] == (vector{}) && known > 0 {
			num.Axpy(1/known, mean[:], people[p][:])
		}
		for i := range people[p] {
			people[p][i] /= temperature
		}
	}
}
