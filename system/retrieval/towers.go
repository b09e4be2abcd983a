package retrieval

import (
	"math"

	"feedloop/sim/num"
	"feedloop/system"
)

type vector = [system.Dim]float32

// weights are the parameters of the two towers and what is known about each.
// Score of a person u and a post with content c by creator k:
// people[u] . (content x c + styles[k]) + creators[k] + bias[its length], a log-odds of a
// long view.
type weights struct {
	people   []vector
	content  [system.Dim * system.Dim]float32 // row-major; row i makes output i
	creators []float32
	bias     [lengths]float32
	styles   []vector // by creator, added to what the content tower says; zero in towers of belief

	// What is not yet known: the covariance of each person's vector, row-major,
	// and the information that examples have brought about the rest.
	doubt        [][system.Dim * system.Dim]float32
	contentKnown float32
	creatorKnown []float32
	biasKnown    [lengths]float32

	softmax *softmax // of towers that were trained by it; nil in towers of belief
}

// newWeights returns towers that know nothing: the content tower passes the
// embedding through, everybody likes everything alike.
func newWeights(people int, c Towers) *weights {
	w := &weights{people: make([]vector, people)}
	if c.Objective == Contrast {
		w.softmax = newSoftmax(people)
	} else {
		w.doubt = make([][system.Dim * system.Dim]float32, people)
	}
	for p := range w.doubt {
		for i := range system.Dim {
			w.doubt[p][i*system.Dim+i] = float32(c.PersonSpread * c.PersonSpread)
		}
	}
	for i := range system.Dim {
		w.content[i*system.Dim+i] = 1
	}
	return w
}

// clone copies the weights, so that a training can change them beside the loop
// while the originals serve.
func (w *weights) clone() *weights {
	c := *w
	c.people = append([]vector(nil), w.people...)
	c.creators = append([]float32(nil), w.creators...)
	c.doubt = append([][system.Dim * system.Dim]float32(nil), w.doubt...)
	c.creatorKnown = append([]float32(nil), w.creatorKnown...)
	c.styles = append([]vector(nil), w.styles...)
	if w.softmax != nil {
		c.softmax = w.softmax.clone()
	}
	return &c
}

// grow makes room for creators up to id.
func (w *weights) grow(id system.CreatorID) {
	for int(id) >= len(w.creators) {
		w.creators = append(w.creators, 0)
		w.creatorKnown = append(w.creatorKnown, 0)
		w.styles = append(w.styles, vector{})
		if w.softmax != nil {
			w.softmax.styleSq = append(w.softmax.styleSq, vector{})
		}
	}
}

// tower returns the post tower's output for a post.
func (w *weights) tower(p *postOf) (out vector) {
	out = w.combine(p)
	if w.softmax != nil {
		num.Normalize(out[:])
	}
	return out
}

// combine returns the output before it is brought to a length: of the content
// and of the creator's style.
func (w *weights) combine(p *postOf) (out vector) {
	num.DotRows(out[:], w.content[:], system.Dim, p.content[:])
	if int(p.creator) < len(w.styles) {
		num.Axpy(1, w.styles[p.creator][:], out[:])
	}
	return out
}

// creator returns the learned bias of a creator, 0 for one it has not met.
func (w *weights) creator(id system.CreatorID) float32 {
	if int(id) < len(w.creators) {
		return w.creators[id]
	}
	return 0
}

// hash covers every weight.
func (w *weights) hash() uint64 {
	h := uint64(14695981039346656037)
	w.each(func(x float32) { h = (h ^ uint64(math.Float32bits(x))) * 1099511628211 })
	return h
}

// finite says whether every weight is a finite number.
func (w *weights) finite() bool {
	all := true
	w.each(func(x float32) { all = all && num.Finite(x) })
	return all
}

// each calls f with every weight.
func (w *weights) each(fold func(x float32)) {
	for i := range w.people {
		for _, x := range w.people[i] {
			fold(x)
		}
	}
	for _, x := range w.content {
		fold(x)
	}
	for _, x := range w.creators {
		fold(x)
	}
	for i := range w.styles {
		for _, x := range w.styles[i] {
			fold(x)
		}
	}
	for _, x := range w.bias {
		fold(x)
	}
}
