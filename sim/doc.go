// Package sim is the kernel of the simulator: a clock, a queue of events and the loop that delivers them in order. It
// knows nothing about feeds.
//
// # What it models
//
// A world is a set of tables (people, posts, servers) and a sequence of events that change them. An event is 32 bytes:
// when, which handler, and two words that tell the handler what about. The kernel removes the earliest event, moves
// the clock to it, and calls the handler, which changes the world and schedules more events:
//
//	             At, After, Every, SetTimer, Go
//	    ┌────────────────────────────────────────────┐
//	    ▼                                            │
//	┌────────┐  earliest  ┌───────┐  Event   ┌───────┴──┐
//	│ queue  │ ─────────▶ │ clock │ ───────▶ │ handlers │ ──▶ the world
//	└────────┘            └───┬───┘          └──────────┘
//	                          ▼
//	              digest, checkpoints, trace
//
// What happens at one instant is ordered by rule: by lane (faults, infrastructure, people, observers), and within a
// lane in the order of scheduling. An event may schedule for its own instant, even into an earlier lane: that event
// comes next. Observers, who measure, may schedule into no lane but their own, so that looking changes nothing.
//
// Every delivered event is folded into a digest. The same scenario and seed give the same digest whatever the
// machine does; when they do not, checkpoints and a trace lead to the first event that differs.
//
// Things go wrong by plan: a Fault switches a named Point inside a component on and off. Work that takes the machine
// long (training, an index build) runs on another core beside the loop and is joined when its simulated time is up.
//
// # What it leaves out
//
// Wall time: nothing here reads it, and no outcome depends on it. Processes with a stack of their own: handlers are
// plain functions, and state that lasts longer than an instant lives in tables. Parallelism within a world: one
// goroutine runs it, and Parallel runs many worlds. Chance is in sim/rng, waiting lines are in sim/queue.
//
// # The queue
//
// A heap that holds a million events pays three to four cache misses, one waiting for the other, to find the next.
// The wheel (wheel.go) throws events into buckets by time, as one sorts mail by street, and sorts a bucket only when
// the clock comes to it, when it fits the first-level cache. The heap (heap.go) is still here: it takes the few events
// that are scheduled into the bucket being delivered, and as Options.Queue it is the twin that the wheel must agree
// with, event by event.
//
// # Reading order
//
// time.go, event.go, kernel.go (the loop), pending.go, timer.go, job.go; then how events wait: queue.go, heap.go,
// bucket.go, ring.go, run.go, wheel.go, tune.go; how runs are compared: digest.go, checkpoint.go; how things go wrong:
// fault.go, point.go, swarm.go; and what every configured component uses: share.go, check.go, near.go, parallel.go.
package sim
