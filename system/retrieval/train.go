package retrieval

import (
	"math"
	"time"

	"feedloop/sim/num"
	"feedloop/system"
	"feedloop/system/evaluate"
)

// Name of the artefact.
func (r *Retriever) Name() string { return "towers" }

// Begin implements [system.Trainable]: towers trained on by the objective of the
// configuration, warm-started from those that serve. The newest tenth of the
// rows is first predicted, for the gate, and then learned from.
func (r *Retriever) Begin(data system.Examples) (flops float64, fit func() system.Artefact) {
	start, serving := r.weights.clone(), r.weights
	posts := make([]postOf, len(data.Rows))
	positives := 0
	for i := range data.Rows {
		p := r.catalogue.Post(data.Rows[i].Post)
		posts[i] = inTraining(p)
		start.grow(p.Creator)
		positives += int(data.Rows[i].Labels.Of(system.LongView))
	}
	hold := len(data.Rows) - len(data.Rows)/10
	c := r.config.Towers
	train := r.fitBelief(start, data, posts, hold)
	flops = float64(c.Passes) * float64(hold) * 6 * system.Dim * system.Dim
	judge := func() float64 { return entropy(serving, data.Rows[hold:], posts[hold:]) }
	if c.Objective == Contrast {
		train = r.fitSoftmax(start, data, posts, hold)
		flops = float64((c.Softmax.Passes + 1) * positives * 3 * system.Dim * (c.Softmax.Batch + 2*system.Dim))
		judge = r.judgeSoftmax(serving.clone(), data, posts, hold)
	}
	if r.version == 0 {
		judge = math.NaN // nothing serves yet
	}
	r.trainings++
	training := r.trainings
	return flops, func() system.Artefact {
		a := system.Artefact{Name: r.Name(), Rows: len(data.Rows), Entropy: train(), Baseline: judge()}
		if c.FreshSpace {
			start.turn(r.src, training)
		}
		a.Hash, a.Payload = start.hash(), start
		if !start.finite() {
			a.Entropy = math.NaN() // which no gate lets pass
		}
		return a
	}
}

// fitBelief updates what w believes by one example after the other.
func (r *Retriever) fitBelief(w *weights, data system.Examples, posts []postOf, hold int) func() float64 {
	c := r.config.Towers
	return func() float64 {
		for range c.Passes {
			for i := range data.Rows[:hold] {
				w.step(&data.Rows[i], &posts[i], c)
			}
		}
		judged := entropy(w, data.Rows[hold:], posts[hold:])
		for i := hold; i < len(data.Rows); i++ {
			w.step(&data.Rows[i], &posts[i], c)
		}
		return judged
	}
}

// postOf is what training needs of a post.
type postOf struct {
	content vector
	creator system.CreatorID
	length  int
}

// inTraining returns what training needs of a post.
func inTraining(p *system.Post) postOf {
	return postOf{p.Content, p.Creator, lengthOf(p.Duration)}
}

// lengths is the number of classes of length. What a long view is depends on
// the length of the post, so each class has its own bias; else the towers would
// take for taste what is only the clock.
const lengths = 4

// lengthOf returns the class of a length.
func lengthOf(d time.Duration) int {
	switch {
	case d < 7*time.Second:
		return 0
	case d < 18*time.Second:
		return 1
	case d < 40*time.Second:
		return 2
	}
	return 3
}

// score is the log-odds of a long view.
func (w *weights) score(person system.PersonID, p *postOf) (logit float32, tower vector) {
	tower = w.tower(p)
	return num.Dot(w.people[person][:], tower[:]) + w.creator(p.creator) + w.bias[p.length], tower
}

// step learns from one example. A person's vector is a Gaussian belief with a
// full covariance, updated as a Kalman filter would after the log-loss has been
// replaced by its parabola at the present mean (recursive Laplace): bold about
// somebody just met, careful about somebody known well, and in every direction
// of taste apart. The other parameters have one precision a group.
func (w *weights) step(e *system.Example, p *postOf, c Towers) {
	logit, tower := w.score(e.Person, p)
	predicted := num.Sigmoid32(logit)
	g := predicted - e.Labels.Of(system.LongView)
	information := float32(predicted * (1 - predicted))
	before := w.people[e.Person]
	w.believe(e.Person, &tower, g, information, float32(c.Forget))

	squares := num.Dot(before[:], before[:]) / (system.Dim * system.Dim)
	step := learn(&w.contentKnown, float32(information*squares), c.ContentSpread)
	for i, u := range before {
		num.Axpy(-float32(step*float32(g*u)), p.content[:], w.content[i*system.Dim:(i+1)*system.Dim])
	}
	w.creators[p.creator] -= float32(learn(&w.creatorKnown[p.creator], information, c.CreatorSpread) * g)
	w.bias[p.length] -= float32(learn(&w.biasKnown[p.length], information, 1) * g)
}

// believe updates the mean and covariance of a person's vector u after an
// example with input t, gradient g and information i = p(1-p):
//
//	k = doubt t        gain direction
//	doubt -= k k' i / (1 + i t'k)
//	u     -= k g / (1 + i t'k)
func (w *weights) believe(person system.PersonID, t *vector, g, information, forget float32) {
	doubt := w.doubt[person][:]
	for i := range system.Dim {
		doubt[i*system.Dim+i] += forget // tastes drift
	}
	var k vector
	num.DotRows(k[:], doubt, system.Dim, t[:])
	scale := 1 / (1 + float32(information*num.Dot(t[:], k[:])))
	num.Axpy(-float32(g*scale), k[:], w.people[person][:])
	for i := range system.Dim {
		num.Axpy(-float32(float32(information*scale)*k[i]), k[:], doubt[i*system.Dim:(i+1)*system.Dim])
	}
}

// learn adds information to what is known and returns the step size: one over
// the precision, that of a prior of this spread included.
func learn(known *float32, information float32, spread float64) float32 {
	*known += information
	return 1 / (*known + float32(1/(spread*spread)))
}

// entropy is the normalised entropy of the towers on rows.
func entropy(w *weights, rows []system.Example, posts []postOf) float64 {
	var ne evaluate.Entropy
	for i := range rows {
		logit, _ := w.score(rows[i].Person, &posts[i])
		ne.Add(num.Sigmoid(float64(logit)), rows[i].Labels.Has(system.LongView))
	}
	return ne.Normalized()
}

// Deploy implements [system.Trainable]: the towers serve at once for people and
// for features, and an index in their space is built, unless that waits for its time.
func (r *Retriever) Deploy(a *system.Artefact) {
	back := a.Version < r.version
	r.weights, r.version = a.Payload.(*weights), a.Version
	if r.config.Towers.Follow > 0 {
		r.following.deploy(r, r.weights, a.DataTo)
	}
	first, end := r.catalogue.Live(r.kernel.Now())
	for id := first; id < end; id++ {
		of := inTraining(r.catalogue.Post(id))
		r.vectors[id] = r.weights.tower(&of)
	}
	if back {
		r.restore()
	}
	if r.config.Index.OnPublish || back || r.index.version == 0 {
		r.build()
	}
}
