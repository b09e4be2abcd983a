// Package offline is the store that training looks back at: every version of
// every row of a feature table, joined with examples as of their time.
//
//	online rows ─(each time they become visible)─▶ Append ─▶ fresh ─(seal: sort, merge)─▶ sealed
//	                                                                                        │
//	examples: entity, time ──────────────────────────────────────────────▶ Match ─▶ Gather ─┘─▶ columns
//
// A version has the time that its data reach up to (event time) and the time at
// which it could first be read (creation time). A join by event time alone finds
// what was written later, too, and leaks; one of what was available does not.
//
// What it leaves out: files and partitions, a join that is spread over machines,
// and versions of a schema. Reading order: config.go, history.go,
// directory.go, table.go, join.go.
package offline
