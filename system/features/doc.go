// Package features turns the behaviour log into what the ranker sees: counters
// by post, creator, person, person x topic and person x creator.
//
//	log ─▶ state (live) ─▶ refresh ─(write delay)─▶ row (visible) ─▶ Describe
//	          ▲
//	        views: declared once, in Go or YAML (package view)
//
// What is counted of whom is declared in views. The store is compiled from them:
// the views of one entity and one path share a shelf, where all columns of a
// member stand side by side.
//
// The split between live and visible is the point of the package. A consumer
// group keeps counts up to date, but a reader sees the rows of the last
// refresh, as it would in an online store filled by a job. Streaming rows are
// made every minute, batch rows every night, and land two hours later.
// The age of a feature is how far behind the clock the events are that its
// visible rows were made from.
//
// Training reads what was served: the ranker's vectors go into the served log.
// Or it reads what a point-in-time join makes of the offline store (package
// offline), which keeps every version of a row.
//
// A row knows how far its data reach and which of its views are null; a reader
// finds a value, null, nothing, or one older than the view's TTL, and serves the
// view's default in place of all but the first. What a person watched long and
// skipped of late is a sequence, of which the mean content is visible.
//
// What the reader has counted is one state with its offsets where records are
// delivered exactly once: a crash goes back to both, and the rows stay.
//
// The audit (package audit) recomputes a sample of what was served from the log
// and says why it differs.
//
// Rows lie on shards, which can be lost, slow, or asked for more than they can
// serve, all of them or the one row that everybody wants.
//
// What it leaves out: how a shard's servers queue, and caches in front of them.
// Reading order: view/doc.go, config.go, compile.go, status.go, fault.go,
// load.go, table.go, shelf.go, pairs.go, sequence.go, store.go, checkpoint.go,
// context.go, near.go, vector.go; offline/doc.go, recompute.go; audit/doc.go,
// audited.go.
package features
