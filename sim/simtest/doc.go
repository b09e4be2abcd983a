// Package simtest is what tests of simulated worlds share, and what `verify` uses to find out where two runs part.
//
// # What it offers
//
//	DigestTwice, SameDigest   the same world twice, and on 1, 2 and 4 processors: the same digests
//	Bisect                    where two runs part: the first event that differs
//	Transcripts               behaviour as a readable log: a command, and what came of it
//	Seeds                     the same test under many seeds
//	Invariants                what holds always, sometimes (or the test is too weak) and eventually
//	Agrees                    a formula against the mean of a sample, inside the sample's own interval
//
// Bisect needs no log of a run and no run that repeats itself. It lets both worlds live once, each in turn for a stretch
// of events, and compares what they deliver:
//
//	run a   ──1── ──3── ──5──         the worlds are coroutines:
//	run b        2     4     6        only one of them runs at a time
//	             =     =     └ event 70,001 differs
//
// # What it leaves out
//
// Other assertions (testify has them), random inputs (rapid has them), and shrinking of fault plans, which comes later.
//
// # Reading order
//
// world.go, digest.go, bisect.go, invariant.go, agree.go, golden.go, seeds.go,
// transcript.go.
package simtest
