// Package audit recomputes a sample of what the feature store has served and
// says why values differ.
//
//	log ──────────▶ what happened      ┐
//	store counted ▶ what it knew, when ├─▶ member: two histories ─▶ judge ─▶ table
//	reader found ─▶ what was served    ┘          (after settling)
//
// Members of entities (posts, people, pairs) are sampled by a hash. Of a sampled
// one the audit keeps the events that the log holds and, for each, whether and
// when the store counted it. Some time after a value was served, when late events
// have come, it recomputes what an undisturbed store would have served at that
// moment (the declared view, over the log, as of the last refresh that should
// have been visible) and compares.
//
// The cause of a difference is inferred from what operators can see: statuses,
// event times, when the log and the store had an event, how often, how far the
// store's reader has come, which definition made a row and when it landed. The
// audit never sees the plan of faults.
//
// Memory is bounded: events older than a horizon are folded into both histories.
//
// What it leaves out: features of context, which no store holds. Reading order:
// config.go, cause.go, member.go, audit.go, judge.go, table.go.
package audit
