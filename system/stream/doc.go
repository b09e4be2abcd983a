// Package stream is the plumbing between stages: a partitioned, replicated,
// append-only log, what writes to it, and the consumer groups that read it.
//
//	Producer ── Send(key) ──hash──▶ partition 0  leader   o o o o o o ──▶ Group "counters"
//	  waits, sends again                         follower o o o o ·          members, offsets,
//	                                partition 1  o o o     ▲                 watermark, state
//	                                                high watermark       ──▶ Group "joiner"
//
//	Group ─ records, watermark ─▶ Windows ─▶ fired, in order      late ─▶ side output
//
// Records of one key stay in order because they share a partition; offsets
// rise by one; a group remembers how far it has read, so groups neither wait
// for nor steal from each other. Partitions lie on brokers, which can die:
// acknowledgements decide what is lost with a leader, idempotence what is
// written twice, and readers see only what cannot be cut off any more.
//
// A group's partitions are divided among members by a [Coordinator], anew in
// each generation; who speaks for an older one is fenced off. What a crash costs
// is chosen: records lost (commit before processing), repeated (after it), or
// neither (offsets and state in one [Manifest]). A group's watermark says up to
// which event time it believes to have seen everything: the newest event time of
// each partition less a bound on disorder, and over the partitions the minimum.
// [Windows] fire on it.
//
// Nothing is dropped silently: whatever does not reach a process function, or
// reaches it twice, has a [Fate] and a counter, and the books balance at every
// moment, by any type of record.
//
// What it leaves out: compaction; unclean elections, a least number of replicas
// in sync, followers that lag by different amounts or need time to catch up;
// transactions over several partitions; several producers; incremental
// rebalancing (all members pause); barriers that travel with the records (a
// checkpoint is one instant for all partitions) and checkpoints of part of a
// state. Records are processed at polls, so a crash hits a batch in the middle
// only where the group's rate is what limits it.
//
// Reading order: config.go, murmur.go, segment.go, log.go; replication.go,
// broker.go, outbox.go, producer.go; consumer.go, coordinator.go, watermark.go,
// group.go, lag.go, recovery.go, rebalance.go; windowing.go, windows.go,
// deadline.go, session.go; dedupe.go, fate.go, fault.go.
package stream
