// Package monitoring is what operators see: numbers that a real platform could
// measure about itself, and nothing else.
//
//	served pages ──▶ requests, latency, rungs, feature age, who is served how often, how popular it was
//	event log    ──▶ impressions, rates (late, because the log is); accounts by window of event time
//	examples     ──▶ calibration, entropy, area, by head, slice and position (later still: labels wait)
//	trainings    ──▶ hold-out entropy, training against serving features
//	re-ranking   ──▶ what filters left out, and pages that stayed short
//	gauges       ──▶ ages of index and models, lag, utilisation
//
// What it leaves out: objectives and burn rates, drift tests, alert rules.
// Reading order: config.go, metrics.go, monitor.go, total.go, followed.go,
// survey.go, quality.go, reliability.go, positions.go, skew.go, partitions.go,
// ledger.go, arranged.go, exposure.go, coverage.go, popularity.go.
package monitoring
