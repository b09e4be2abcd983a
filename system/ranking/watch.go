package ranking

import (
	"cmp"
	"slices"
	"time"

	"feedloop/sim"
	"feedloop/system"
)

// WatchLabel is the scale on which the watch head learns how long a post is
// watched.
type WatchLabel string

// The scales, all from 0 to 1.
const (
	Seconds WatchLabel = "seconds" // as a share of the cap
	Ratio   WatchLabel = "ratio"   // as a share of the post's length
	Rank    WatchLabel = "rank"    // among views of posts of about the same length
)

// Values lists the scales.
func (WatchLabel) Values() []string { return []string{string(Seconds), string(Ratio), string(Rank)} }

// Watch describes the head for the expected watch. It is learned where the value
// model gives it a weight, because it costs as much to train as the eight
// probabilities together.
//
// The head is a regression with a logistic mean (Papke and Wooldridge, Journal of
// Applied Econometrics 1996): a label between 0 and 1 takes the place of an
// outcome in the log-loss, whose minimum is the label's mean. The value model
// adds up means, and the mean of the logarithm of the watch, the usual
// alternative, is not the logarithm of its mean: it values a post that few watch
// for a minute below one that all watch for ten seconds.
type Watch struct {
	// Label is the scale. Seconds say what a view brings; long posts then rank
	// high for their length alone. A ratio favours short posts instead. The rank
	// is fair to both: 0.9 is a view that was longer than nine tenths of those of
	// posts of about the same length (Zhan et al., KDD 2022). Default seconds.
	Label WatchLabel `yaml:"label"`
	// Cap is the watch that counts as 1 on the scale of seconds. Default 60s,
	// more than 0.
	Cap time.Duration `yaml:"cap"`
	// Buckets is into how many groups of equal size views are divided by the
	// post's length for their rank. Default 10, range 1 to 1,000.
	Buckets int `yaml:"buckets"`
}

func (c Watch) check() error {
	var v sim.Check
	v.That(c.Label == Seconds || c.Label == Ratio || c.Label == Rank, "label", c.Label, "seconds, ratio or rank")
	v.That(c.Cap > 0 && c.Cap <= sim.Day, "cap", c.Cap, "more than 0s, at most 1d")
	v.That(c.Buckets >= 1 && c.Buckets <= 1000, "buckets", c.Buckets, "1 to 1,000")
	return v.Err()
}

// labels returns the label of every row.
func (c Watch) labels(rows []system.Example) []float32 {
	if c.Label == Rank {
		return ranks(rows, c.Buckets)
	}
	out := make([]float32, len(rows))
	limit := float32(c.Cap.Seconds())
	for i := range rows {
		e := &rows[i]
		whole := limit
		if c.Label == Ratio {
			whole = e.Length
		}
		if e.Watch > 0 {
			out[i] = min(e.Watch/whole, 1)
		}
	}
	return out
}

// ranks returns the rank of every row's watch within its bucket of posts of about
// the same length, from 0 to 1, ties sharing theirs. Posts of one length are in
// one bucket. A row without a view has rank 0.
func ranks(rows []system.Example, buckets int) []float32 {
	out := make([]float32, len(rows))
	var order []int
	for i := range rows {
		if rows[i].Watch > 0 {
			order = append(order, i)
		}
	}
	by := func(key func(*system.Example) float32) func(i, j int) int {
		return func(i, j int) int {
			return cmp.Or(cmp.Compare(key(&rows[i]), key(&rows[j])), cmp.Compare(i, j))
		}
	}
	slices.SortFunc(order, by(func(e *system.Example) float32 { return e.Length }))
	for from, n := 0, 1; from < len(order); n++ {
		to := max(len(order)*n/buckets, from)
		for to > from && to < len(order) && rows[order[to]].Length == rows[order[to-1]].Length {
			to++
		}
		bucket := order[from:to]
		slices.SortFunc(bucket, by(func(e *system.Example) float32 { return e.Watch }))
		rank(out, rows, bucket)
		from = to
	}
	return out
}

// rank sets the ranks of one bucket, whose rows come in order of their watch.
func rank(out []float32, rows []system.Example, bucket []int) {
	for i := 0; i < len(bucket); {
		j := i
		for j < len(bucket) && rows[bucket[j]].Watch == rows[bucket[i]].Watch {
			j++
		}
		for _, row := range bucket[i:j] {
			out[row] = float32(i+j) / 2 / float32(len(bucket))
		}
		i = j
	}
}
