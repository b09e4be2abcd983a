package ranking

import (
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Ranker is the scoring stage of a world.
type Ranker struct {
	config     Config
	src        rng.Source
	width      int
	popularity system.Popularity
	value      valuation
	serving    *predictor // nil before the first deployment
	version    uint32
	valued     uint32 // version of the value model
	scratch    scratch
	wide       []float32 // predictions of more outputs than a query has heads
	zeros      []float32 // as wide as a row
	sound      []float32 // by candidate: 0, or NaN where its row is not finite
	// Unscored counts candidates whose features or score were not all finite; they
	// went to the end of the order without predictions.
	Unscored uint64
}

// predictor is what is trained and deployed: a model and the layer on top, and
// what training came to know besides.
type predictor struct {
	model
	layer  layer
	met    system.Labels // heads that have come true
	looked *examination  // nil where positions are ignored
	visits surrogate     // what acts are worth, where the value model aims at how visits end
}

// NewRanker returns a ranker for vectors of the given width, without a model.
func NewRanker(c Config, src rng.Source, width int, popularity system.Popularity) *Ranker {
	return &Ranker{
		config: c, src: src, width: width, zeros: make([]float32, width),
		popularity: popularity, value: c.Value.valuation(&surrogate{}),
	}
}

// handling is what a candidate costs before the first product, in multiply-adds
// that take as long: its row is fetched, decoded and laid out, and its predictions
// are packed. It is most of what small models cost, so the families differ less
// than their arithmetic does.
const handling = 9000

// predict sets dst, n x outputs, to the calibrated predictions for n rows.
func (p *predictor) predict(dst, rows []float32, n int, s *scratch) {
	p.logits(dst, rows, n, s)
	p.layer.apply(dst, p.outputs())
	num.SigmoidSlice32(dst, dst)
}

// Ready implements [system.Ranker].
func (r *Ranker) Ready() bool { return r.serving != nil && r.config.Family != Popularity }

// Version of the model that serves; 0 is none.
func (r *Ranker) Version() uint32 { return r.version }

// Examined returns the chances with which the positions of a page of n are looked
// at, as the model that serves has learned them; nil where none has.
func (r *Ranker) Examined(n int) []float32 {
	if r.serving == nil || r.serving.looked == nil {
		return nil
	}
	return r.serving.looked.chance[:n]
}

// Rank implements [system.Ranker].
func (r *Ranker) Rank(q *system.Query) int {
	n, outputs := len(q.Candidates), r.serving.outputs()
	q.Predictions = grow(q.Predictions, n*heads)
	q.Scores = grow(q.Scores, n)
	all := q.Predictions
	if outputs > heads {
		all = sized(&r.wide, n*outputs)
	}
	r.serving.predict(all, q.Features, n, &r.scratch)
	r.value.score(q.Scores, all, n, outputs)
	if outputs > heads {
		q.Watch = grow(q.Watch, n)
		for i := range n {
			copy(q.Predictions[i*heads:(i+1)*heads], all[i*outputs:])
			q.Watch[i] = all[i*outputs+watch]
		}
	}
	r.guard(q)
	q.ModelVersion, q.ValueVersion = r.version, r.valued
	score, _ := r.serving.work()
	return n * (handling + score)
}

// Rescore fills q.Scores as [Ranker.Rank] does and leaves no trace: for whoever studies
// what other features would have led to.
func (r *Ranker) Rescore(q *system.Query) {
	unscored := r.Unscored
	r.Rank(q)
	r.Unscored = unscored
}

// guard keeps off the page what is not finite and what was made from it: the
// probability that an infinite feature leads to is a number like all others. The
// product of a row with zeros is zero, or NaN where something in it is not finite.
func (r *Ranker) guard(q *system.Query) {
	sound := sized(&r.sound, len(q.Scores))
	num.DotRows(sound, q.Features, r.width, r.zeros)
	for i, score := range q.Scores {
		if !num.Finite(score + sound[i]) {
			r.Unscored++
			q.Scores[i] = system.Unscored
			clear(q.Predictions[i*heads : (i+1)*heads])
			if len(q.Watch) > 0 {
				q.Watch[i] = 0
			}
		}
	}
}

// Fallback implements [system.Ranker].
func (r *Ranker) Fallback(q *system.Query) {
	q.Scores = grow(q.Scores, len(q.Candidates))
	for i := range q.Candidates {
		q.Scores[i] = r.popularity.Popularity(q.Candidates[i].Post)
		if !num.Finite(q.Scores[i]) {
			r.Unscored++
			q.Scores[i] = system.Unscored
		}
	}
}

// grow returns a slice of length n, in place if it fits.
func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, 2*n)
	}
	return s[:n]
}
