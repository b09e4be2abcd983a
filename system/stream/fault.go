package stream

import (
	"time"

	"feedloop/sim"
)

// The fault points. The counter-measure of each is a knob, named beside it.
const (
	// Stall stops consumer groups; its target is a group's name. Longer
	// retention keeps what they miss.
	Stall = "stream.stall"
	// Slow divides the rate of groups by the parameter; its target is a group's
	// name. A higher rate_per_sec helps.
	Slow = "stream.slow"
	// Crash stops groups and takes from them what their members held in memory;
	// its target is a group's name. consumer.delivery says what that costs.
	Crash = "stream.crash"
	// Rebalance takes a member out of groups and brings it back at its end; the
	// group pauses for both. Its target is a group's name. consumer.pause is
	// how long.
	Rebalance = "stream.rebalance"
	// Zombie freezes a member of groups that comes back after the others took
	// over; its target is a group's name. consumer.fencing keeps its late work out.
	Zombie = "stream.zombie"
	// BrokerLoss stops brokers; its target is a broker's number.
	// replication.replicas and acks decide what that costs.
	BrokerLoss = "stream.broker_loss"
	// HotPartition gives the parameter's share of all records one key.
	// producer.salt spreads it.
	HotPartition = "stream.hot_partition"
	// IdlePartition keeps records away from a partition; its target is the
	// partition's number, 0 if empty. idle lets watermarks go on without it.
	IdlePartition = "stream.idle_partition"
	// RetentionCut divides the retention by the parameter, as a disk that runs
	// full does. consumer.reset says where an overrun group goes on.
	RetentionCut = "stream.retention_cut"
)

// Groups are the names of the consumer groups of the event log.
var Groups = []string{"features", "joiner", "monitoring", "follows"}

// Faults lists the fault points with the bounds within which the components
// keep their promises.
func Faults() []sim.FaultSpec {
	often := [2]float64{0.1, 2}
	hours, minutes := [2]time.Duration{time.Minute, 12 * time.Hour}, [2]time.Duration{10 * time.Second, time.Hour}
	return []sim.FaultSpec{
		{Kind: Stall, Targets: Groups, PerDay: often, For: hours,
			Promise: "the group reads on where it stopped, as far as retention reaches"},
		{Kind: Slow, Targets: Groups, PerDay: often, For: hours, Parameter: [2]float64{10, 1e5},
			Promise: "the group lags and catches up; `parameter` is how many times slower it is"},
		{Kind: Crash, Targets: Groups, PerDay: often, For: minutes,
			Promise: "what is lost or processed twice is counted; nothing is, where a group keeps checkpoints"},
		{Kind: Rebalance, Targets: Groups, PerDay: often, For: minutes,
			Promise: "the group pauses twice and loses nothing"},
		{Kind: Zombie, Targets: Groups, PerDay: often, For: minutes,
			Promise: "the others take over, and what the zombie brings is refused and counted"},
		{Kind: BrokerLoss, Targets: []string{"0", "1", "2"}, PerDay: often, For: minutes,
			Promise: "what is lost or comes twice is counted; with acks of all replicas nothing is"},
		{Kind: HotPartition, PerDay: often, For: hours, Parameter: [2]float64{0.1, 0.9},
			Promise: "one partition lags; `parameter` is the share of records on one key"},
		{Kind: IdlePartition, Targets: []string{"0", "1"}, PerDay: often, For: hours,
			Promise: "watermarks go on without the silent partition"},
		{Kind: RetentionCut, PerDay: often, For: minutes, Parameter: [2]float64{10, 1e4},
			Promise: "records deleted before a group read them are counted; `parameter` is how many times shorter the retention is"},
	}
}
