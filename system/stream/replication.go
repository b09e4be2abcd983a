package stream

import (
	"time"

	"feedloop/sim"
)

// Acks is what a producer waits for before it takes a record for delivered.
type Acks string

// The acknowledgements, Kafka's 0, 1 and all.
const (
	NoAcks     Acks = "none"   // nothing: what the leader loses is lost
	LeaderAcks Acks = "leader" // the leader's append: what the leader loses before a follower has it is lost
	AllAcks    Acks = "all"    // every in-sync follower's: nothing is lost, and a record is acknowledged later
)

// Values lists the acknowledgements.
func (Acks) Values() []string { return []string{string(NoAcks), string(LeaderAcks), string(AllAcks)} }

// Replication describes brokers, leaders and followers. Replica r of partition
// p lies on broker (p + r) mod brokers; replica 0 leads at first.
type Replication struct {
	// Brokers over which partitions are spread. Default 1, range 1 to 32.
	Brokers int `yaml:"brokers"`
	// Replicas of a partition, the leader among them. With one there is nothing
	// to fail over to: a partition is gone until its broker is back. Default 1,
	// range 1 to brokers.
	Replicas int `yaml:"replicas"`
	// Acks is what a record must reach before its producer takes it for
	// delivered: none, leader or all. Default all.
	Acks Acks `yaml:"acks"`
	// Lag is how far followers are behind their leader; readers see a record
	// when followers have it. Default 50ms. No effect with one replica.
	Lag time.Duration `yaml:"lag"`
	// Ack is how long an acknowledgement takes to reach the producer. What it
	// had not heard of when a leader died is sent again. Default 5ms.
	Ack time.Duration `yaml:"ack"`
	// Election is how long a partition has no leader after its leader died.
	// Default 10s.
	Election time.Duration `yaml:"election"`
}

func defaultReplication() Replication {
	return Replication{
		Brokers: 1, Replicas: 1, Acks: AllAcks,
		Lag: 50 * time.Millisecond, Ack: 5 * time.Millisecond, Election: 10 * time.Second,
	}
}

func (c Replication) check() error {
	var v sim.Check
	v.That(c.Brokers >= 1 && c.Brokers <= 32, "brokers", c.Brokers, "1 to 32")
	v.That(c.Replicas >= 1 && c.Replicas <= c.Brokers, "replicas", c.Replicas, "1 to the number of brokers")
	v.That(c.Acks == NoAcks || c.Acks == LeaderAcks || c.Acks == AllAcks, "acks", c.Acks, "none, leader or all")
	v.That(c.Lag >= 0, "lag", c.Lag, "0 or more")
	v.That(c.Ack >= 0, "ack", c.Ack, "0 or more")
	v.That(c.Election >= 0, "election", c.Election, "0 or more")
	return v.Err()
}
