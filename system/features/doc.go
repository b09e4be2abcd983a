// Package features turns the behaviour log into what the ranker sees: counters
// by post, creator, person, person x topic and person x creator.
//
//	log ─▶ tally (live, decaying) ─▶ refresh ─(write delay)─▶ row (visible) ─▶ Describe
//
// The split between live and visible is the point of the package. A consumer
// group keeps tallies up to date, but a reader sees the rows of the last
// refresh, as it would in an online store filled by a job. A streaming table
// refreshes every minute, a batch table every night and lands two hours later.
// The age of a feature is how far behind the clock the events are that its
// visible rows were made from.
//
// Rates are smoothed towards the rate of everybody and stand in the row as
// log-odds relative to it: 0 is average, or unknown. A linear model can add
// them.
//
// Training reads what was served: the ranker's vectors go into the served log.
//
// The offline store keeps every version of a row with the time that its data
// reach up to and the time it could first be read, and joins rows with what was
// known at their time.
//
// What it leaves out: windows, TTLs of what is served, feature versions, the
// audit. Reading order: config.go, tally.go, table.go, pairs.go, store.go,
// vector.go; offline.go, offline_history.go, join.go.
package features
