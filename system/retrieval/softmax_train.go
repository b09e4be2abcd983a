package retrieval

import (
	"math"
	"slices"

	"feedloop/sim/rng"
	"feedloop/system"
)

var shufflePurpose = rng.NewPurpose("retrieval.softmax_shuffle")

// longViews are the pairs of some rows, in an order that a pass draws by
// impression: in the order of the log, those beside one another would be of one
// page, and people would be told from themselves.
func longViews(rows []system.Example, posts []postOf, order []float64) []pair {
	var out []pair
	var at []float64
	for i := range rows {
		if rows[i].Labels.Has(system.LongView) {
			out = append(out, pair{rows[i].Person, rows[i].Post, &posts[i]})
			at = append(at, order[i])
		}
	}
	places := make([]int, len(out))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(a, b int) int {
		if at[a] != at[b] {
			return 1 - 2*boolean(at[a] < at[b])
		}
		return a - b
	})
	shuffled := make([]pair, len(out))
	for i, place := range places {
		shuffled[i] = out[place]
	}
	return shuffled
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

// shuffle draws where the rows of a training stand in a pass.
func (r *Retriever) shuffle(rows []system.Example, pass int) []float64 {
	order := make([]float64, len(rows))
	for i := range rows {
		n := rng.Join(r.keys[rows[i].Person], uint64(pass), 8)
		order[i] = r.src.Uniform(shufflePurpose, r.catalogue.Post(rows[i].Post).Key, n)
	}
	return order
}

// fitSoftmax trains w: passes over the older rows, a judgement of the newest
// tenth, and one pass over that.
func (r *Retriever) fitSoftmax(w *weights, data system.Examples, posts []postOf, hold int) func() (entropy float64) {
	c := r.config.Towers
	orders := make([][]float64, c.Softmax.Passes)
	for pass := range orders {
		orders[pass] = r.shuffle(data.Rows, pass)
	}
	return func() float64 {
		for _, order := range orders {
			w.epoch(longViews(data.Rows[:hold], posts[:hold], order[:hold]), c.Softmax, true)
		}
		newest := longViews(data.Rows[hold:], posts[hold:], orders[0][hold:])
		entropy := w.epoch(newest, c.Softmax, false)
		w.epoch(newest, c.Softmax, true)
		w.softmax.serve(w.people, float32(c.Softmax.Temperature))
		w.softmax.batch = batch{}
		return entropy
	}
}

// judgeSoftmax returns the loss of w, which may be scribbled on, on the newest tenth.
func (r *Retriever) judgeSoftmax(w *weights, data system.Examples, posts []postOf, hold int) func() float64 {
	newest := longViews(data.Rows[hold:], posts[hold:], r.shuffle(data.Rows[hold:], 0))
	return func() float64 { return w.epoch(newest, r.config.Towers.Softmax, false) }
}

// epoch goes over pairs a batch at a time, learning or only judging, and returns
// the loss as a share of that of towers that know nothing.
func (w *weights) epoch(pairs []pair, c Softmax, learn bool) float64 {
	var loss, base float64
	for rows := range slices.Chunk(pairs, c.Batch) {
		if len(rows) == 1 {
			continue // nothing to be told from
		}
		w.load(rows)
		w.softmax.correct(learn)
		l, b := w.softmax.predict(float32(c.Temperature))
		loss, base = loss+l, base+b
		if learn {
			w.descend(c)
		}
	}
	if base == 0 {
		return math.NaN()
	}
	return loss / base
}
