// Package run puts worlds together and lets them live: a validated scenario in,
// a record.Run out. It is the only place that sees people and stages at once.
//
//	Scenario ─▶ Run ─▶ for every (world, replicate), in parallel:
//	                      build: people ─ ask ─▶ serving ─▶ … ─▶ page ─ people
//	                             people ─ report ─▶ ingestion ─▶ log ─▶ features, joiner, monitor
//	                             posts ─ publish ─▶ catalogue, retriever
//	                             joiner ─▶ trainers ─▶ registry ─▶ ranker, towers
//	                      live:  kernel.Run
//	                      keep:  metrics, moments, funnel, digests
//
// Worlds share nothing but the scenario. Replicate r of every world has the
// same luck, so differences between worlds are paired by replicate.
//
// Reading order: vocabulary.go, intervene.go, run.go, progress.go, world.go,
// platform.go, yardstick.go, accounts.go, causes.go, moments.go, again.go.
package run
