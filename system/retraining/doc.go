// Package retraining makes examples out of what was served and what people did
// with it, and trains on them by the clock.
//
//	page served ──▶ pending ──(events join)──▶ label window closes ──▶ example ──▶ dataset
//	                                                                              │
//	                               registry ◀── artefact ◀── timed job ◀── schedule ┘
//
// An impression waits for its labels: a reaction that comes after the window is
// a missing label, which is counted and not repaired; one that comes twice, after
// a crash of the reader, is the same label. What was served but never
// viewed is no impression and makes no example, unless the platform cannot tell
// (config.go). Training takes as long as its
// work costs; it sees the data up to its start and publishes at its end, so a
// model is born old. It learns from the features that were served, or from what
// a trainer is told to put in their place. Where somebody asks, how visits ended
// comes with the examples: visits.go.
//
// What it leaves out: corrections for late positives, sampling, checkpoints,
// workers. Reading order: config.go, joiner.go, visits.go, trainer.go.
package retraining
