// Package serving walks a request through the stages under simulated time.
//
//	Ask ─▶ gateway ─▶ sources in parallel ─▶ union ─▶ features ─▶ ranking ─▶ reranking ─▶ Page
//	                   a box each
//
// Every box is a station with finite servers. It reads and computes at the
// start of service and publishes at its end, so a slow box reads newer state,
// and what it costs follows from the work that was really done: rows scanned,
// values read, multiply-adds. Requests carry a deadline, which holds whatever a
// box is busy with. A source that misses its part of it is left out of the
// union; when the ranker cannot answer in time the page goes down the ladder:
// popularity order, then newest first, then an empty page. Every rung is counted
// and none but the first is a success.
//
// In a learning run one simulated person stands for many. The others' requests
// load the same stations as an aggregate, in proportion to those simulated.
//
// What it leaves out: batching, caches, hedging, retries, breakers, regions.
// Reading order: config.go, server.go, box.go, flow.go, deadline.go, ladder.go,
// load.go.
package serving
