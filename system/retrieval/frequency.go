package retrieval

import "feedloop/system"

// frequency estimates how often each post is in a batch, from a stream of
// batches and without a count of anything (Yi et al., Sampling-bias-corrected
// neural modeling, 2019): the gap between two appearances, as a moving average.
//
//	gap  = (1 - alpha) gap + alpha (step - last)
//	last = step
//
// One over the gap is the probability that a batch holds the post. There every
// post was last in batch 0; here one that is new was last in the batch that
// brings it, because a post that is published in the thousandth batch is not one
// of those that come every thousandth.
type frequency struct {
	alpha, initial float64
	step           int
	gap            []float64 // batches, by post
	last           []int     // the batch in which the post was last
}

// hit notes that a post is in the batch at step.
func (f *frequency) hit(post system.PostID) {
	for int(post) >= len(f.gap) {
		f.gap, f.last = append(f.gap, f.initial), append(f.last, f.step)
	}
	f.gap[post] += f.alpha * (float64(f.step-f.last[post]) - f.gap[post])
	f.last[post] = f.step
}

// clone copies the estimates.
func (f *frequency) clone() frequency {
	c := *f
	c.gap, c.last = append([]float64(nil), f.gap...), append([]int(nil), f.last...)
	return c
}
