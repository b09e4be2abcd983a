package monitoring

import "feedloop/sim/record"

// The metrics of how much of what there is is served at all: aggregate diversity.
var (
	PostCoverage = metric("reranking.coverage.posts", "share", record.Neither, record.Quotient,
		"posts that were served to anybody on a day, as a share of those that were live on it")
	CreatorCoverage = metric("reranking.coverage.creators", "share", record.Neither, record.Quotient,
		"creators of whom anything was served on a day, as a share of those with a live post at its end")
)

// coverage counts what was served, by day.
type coverage struct{ posts, creators *record.Ratio }

// nonzero is how many of the counts are not zero.
func nonzero(counts []uint32) float64 {
	n := 0.0
	for _, c := range counts {
		if c > 0 {
			n++
		}
	}
	return n
}
