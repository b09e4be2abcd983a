// Package ingestion brings what devices saw to the log: devices, the network,
// the collector. It ends where the log's producer takes over.
//
//	app ─ Report ─▶ device buffer ─(linger, offline)─▶ network ─▶ collector ─ validate ─▶ Producer ─▶ log
//	                  full: lost          ▲      │ loss, no room: retry  └─▶ dead letters ─ Replay ─┘
//	                                      └──────┘ lost acknowledgement: the batch comes twice
//
// Delays, losses, duplicates and wrong clocks are modelled and drawn by (person,
// event) or by device; what is done about them is real: batches, retries, a
// schema, clocks corrected or clamped, copies recognised, dead letters with
// reason, position and attempt that a replay sends once. Every event is
// somewhere, by kind: see [Counts].
//
// What it leaves out: several collectors and their load; versions of a schema
// beyond one field that goes missing; a device's own retry pauses growing;
// acknowledgements to the device before the log has a record, which a crash of
// the collector could break: here the collector's memory is safe.
//
// Reading order: config.go, counts.go, ingestion.go, clock.go, collector.go,
// validate.go, deadletter.go, fault.go.
package ingestion
