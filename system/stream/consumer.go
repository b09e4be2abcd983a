package stream

import (
	"time"

	"feedloop/sim"
)

// Guarantee is what a group promises about records when it crashes.
type Guarantee string

// The guarantees.
const (
	AtMostOnce  Guarantee = "at_most_once"  // offsets are committed before processing: a crash loses records
	AtLeastOnce Guarantee = "at_least_once" // offsets are committed after processing: a crash repeats records
	ExactlyOnce Guarantee = "exactly_once"  // offsets and state are one checkpoint: a crash goes back to both
)

// Values lists the guarantees.
func (Guarantee) Values() []string {
	return []string{string(AtMostOnce), string(AtLeastOnce), string(ExactlyOnce)}
}

// Reset is where a group goes on whose next record is gone.
type Reset string

// The resets, Kafka's auto.offset.reset.
const (
	Earliest Reset = "earliest" // at the oldest record that is left
	Latest   Reset = "latest"   // at the next one to come: fresh at once, with a larger hole
)

// Values lists the resets.
func (Reset) Values() []string { return []string{string(Earliest), string(Latest)} }

// Consumer describes the members of every group, and what they promise.
type Consumer struct {
	// Members of a group, among whom partitions and the group's rate are divided.
	// Default 1, range 1 to 1,000; those without a partition are of no use.
	Members int `yaml:"members"`
	// Fetch is how many records of a partition a member takes at a time. Default
	// 500. It shows only where a crash or a zombie has them in hand.
	Fetch int `yaml:"fetch"`
	// Delivery is what a crash costs: at_most_once, at_least_once or exactly_once.
	// Under exactly_once the feature counters go back to a checkpoint; groups
	// without state of their own repeat, which changes nothing where an effect is
	// had once however often it comes. Default at_least_once.
	Delivery Guarantee `yaml:"delivery"`
	// Commit is the time between commits of offsets under at_least_once. Default 5s.
	Commit time.Duration `yaml:"commit"`
	// Checkpoint is the time between checkpoints under exactly_once. Default 1m.
	Checkpoint time.Duration `yaml:"checkpoint"`
	// Write is how long a checkpoint takes to be safe; a crash before that goes
	// back to the one before it. Default 1s.
	Write time.Duration `yaml:"write"`
	// Pause is how long a rebalance stops a group. Default 3s.
	Pause time.Duration `yaml:"pause"`
	// Session is how long a member may be silent before it counts as gone.
	// Default 45s.
	Session time.Duration `yaml:"session"`
	// Fencing refuses what a member brings that counts as gone. Default true.
	Fencing bool `yaml:"fencing"`
	// Reset is where a group goes on when retention has overrun it: earliest or
	// latest. Default earliest.
	Reset Reset `yaml:"reset"`
}

func defaultConsumer() Consumer {
	return Consumer{
		Members: 1, Fetch: 500, Delivery: AtLeastOnce, Commit: 5 * time.Second,
		Checkpoint: time.Minute, Write: time.Second,
		Pause: 3 * time.Second, Session: 45 * time.Second, Fencing: true, Reset: Earliest,
	}
}

func (c Consumer) check() error {
	var v sim.Check
	v.That(c.Members >= 1 && c.Members <= 1000, "members", c.Members, "1 to 1,000")
	v.That(c.Fetch >= 1, "fetch", c.Fetch, "1 or more")
	known := c.Delivery == AtMostOnce || c.Delivery == AtLeastOnce || c.Delivery == ExactlyOnce
	v.That(known, "delivery", c.Delivery, "at_most_once, at_least_once or exactly_once")
	v.That(c.Commit > 0, "commit", c.Commit, "a positive duration")
	v.That(c.Checkpoint > 0, "checkpoint", c.Checkpoint, "a positive duration")
	v.That(c.Write >= 0 && c.Write < c.Checkpoint, "write", c.Write, "0 or more, and less than checkpoint")
	v.That(c.Pause >= 0, "pause", c.Pause, "0 or more")
	v.That(c.Session > 0, "session", c.Session, "a positive duration")
	v.That(c.Reset == Earliest || c.Reset == Latest, "reset", c.Reset, "earliest or latest")
	return v.Err()
}
