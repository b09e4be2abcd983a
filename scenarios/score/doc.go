// Package score draws the conclusions of a run: it joins what operators
// measured with what was true, world by world, and judges the scenario's
// expectations.
//
//	record.Run ─▶ expectations: held, not held, no data
//	           ─▶ key metrics, one column a world, paired differences beside
//	           ─▶ funnels: what became of the best page's value, step by step
//	           ─▶ homogenisation against the world of the ideal recommender
//	           ─▶ moments, gathered over replicates
//	           ─▶ warnings: reasons to doubt the above
//
// Worlds share their luck replicate by replicate, so every comparison is paired:
// an interval is that of Student's t over replicate differences, and of Fieller
// where a ratio is asked for. A comparison holds when its whole 95 % interval
// lies within the bound.
//
// What it leaves out: harm and detection, bias of experiments. Reading order:
// summary.go, value.go, judge.go, expectation.go, windows.go, metrics.go,
// funnel.go, homogenisation.go, moments.go, warnings.go.
package score
