// Package ann finds the nearest of many vectors: a graph that answers most questions
// right by comparing few of them, and a scan that compares all.
//
//	            +-- Scan: the k best of all scores ----------+
//	vector ---> |                                            | ---> k nearest ids, with scores
//	            +-- HNSW: a walk from neighbour to neighbour +
//
// It knows vectors, their ids and the version of the towers that made them, and
// nothing of people and posts.
//
// # Why our own graph
//
// No Go library will do. Measured on 100,000 clustered vectors of 64 numbers,
// M 16, efConstruction 200, one thread, ten nearest at ef 64:
//
//	                build s  queries/s  recall
//	hnswlib (C++)      17.5     12,925    .978   the yardstick; cgo
//	usearch (C++)      27.1      8,790    .978   cgo
//	fogfish/hnsw       62.5      3,742    .866   cannot delete
//	coder/hnsw           18     14,000    .08    entry point from the order of a map
//
// Equal seeds must give equal graphs here, since a run is repeatable to the bit:
// coder/hnsw's differ from run to run (its pull request 17) and hardly find
// anything, and hann is C behind cgo and not deterministic either. A walk
// spends its time on scalar products far apart in memory; with one call into
// assembly for all neighbours of a node, rows fetched ahead, Go keeps up with
// hnswlib: side by side on other vectors of that kind, in processor time, 12,200
// against 10,000 queries/s at recall .978 and .979, built in 25 against 29
// seconds (BenchmarkHNSW).
//
// # What it leaves out
//
// Shards, quantised vectors, distances other than the scalar product, and links
// that are mended when vectors are deleted: those only disappear from answers until
// the index is rebuilt.
//
// # Reading order
//
// scan.go; hnsw.go (nodes, insertion), search.go (walks), beam.go (what a walk
// carries along), link.go (which neighbours), recall.go, snapshot.go.
package ann
