package features

import (
	"fmt"
	"time"

	"feedloop/sim"
	"feedloop/system/features/view"
)

// The faults. The target of a shard's is its name, that of the others an entity.
const (
	// BatchLate keeps batch rows from landing. A TTL is the knob against what
	// readers make of old rows.
	BatchLate = "features.batch_late"
	// Backfill lets the batch job read on until it lands, under the event time at
	// which its data should end. The knob is batch.seal.
	Backfill = "features.backfill"
	// TTLIgnored serves values of any age; the offline store keeps to the TTL.
	// The knob is online.check_age.
	TTLIgnored = "features.ttl_ignored"
	// WrongDefault serves, in place of what is not there, the view's default plus
	// the parameter. The knob is online.shared_defaults.
	WrongDefault = "features.wrong_default"
	// Redefined makes rows by another definition: rates are smoothed by so many
	// times as many impressions. The knob is online.check_version.
	Redefined = "features.redefined"
	// ShardLost leaves the reads of a shard without an answer. The knob is
	// online.replicas.
	ShardLost = "features.shard_lost"
	// ShardSlow makes a shard take so many times as long. The knob is
	// online.give_up.
	ShardSlow = "features.shard_slow"
)

// OnlineConfig describes the store that is read at request time.
type OnlineConfig struct {
	// Shards is over how many servers rows are spread, by member. Default 4, range
	// 1 to 64.
	Shards int `yaml:"shards"`
	// Replicas is how many servers hold a row: with 2 or more, a lost shard is read
	// elsewhere. Default 1, range 1 to 5.
	Replicas int `yaml:"replicas"`
	// ShardReadsPerSec is how many rows each server of a shard can serve in a second;
	// replicas add up. A request asks once for every row that it needs, for 500
	// candidates some 1,000. Those are the requests of the people who are simulated,
	// whoever they stand for. 0 sets no bound. Default 0.
	ShardReadsPerSec float64 `yaml:"shard_reads_per_sec"`
	// KeyReadsPerSec is how often each server of a shard can serve one row in a
	// second: a post that everybody is shown is a hot key. 0 sets no bound. Default 0.
	KeyReadsPerSec float64 `yaml:"key_reads_per_sec"`
	// GiveUp serves defaults in place of a slow shard's rows, and of those that are
	// asked for beyond what can be served, rather than wait. Default false.
	GiveUp bool `yaml:"give_up"`
	// CheckAge lets readers compare ages with TTLs themselves. Default false: they
	// trust the store.
	CheckAge bool `yaml:"check_age"`
	// CheckVersion lets readers refuse rows of another version than the view's.
	// Default false.
	CheckVersion bool `yaml:"check_version"`
	// SharedDefaults takes defaults from the views rather than from the readers'
	// code. Default false.
	SharedDefaults bool `yaml:"shared_defaults"`
}

// Bounded tells whether shards or rows can be asked for too often.
func (c OnlineConfig) Bounded() bool { return c.ShardReadsPerSec > 0 || c.KeyReadsPerSec > 0 }

// check returns everything that is wrong with c.
func (c OnlineConfig) check() error {
	var v sim.Check
	v.That(c.Shards >= 1 && c.Shards <= 64, "shards", c.Shards, "1 to 64")
	v.That(c.Replicas >= 1 && c.Replicas <= 5, "replicas", c.Replicas, "1 to 5")
	v.That(c.ShardReadsPerSec >= 0, "shard_reads_per_sec", c.ShardReadsPerSec, "0 for no bound, or a positive rate")
	v.That(c.KeyReadsPerSec >= 0, "key_reads_per_sec", c.KeyReadsPerSec, "0 for no bound, or a positive rate")
	return v.Err()
}

// shardName is a shard as faults name it.
func shardName(i int) string { return fmt.Sprintf("shard-%d", i) }

// Faults lists the fault points.
func Faults() []sim.FaultSpec {
	entities := view.Entity("").Values()
	shards := []string{shardName(0), shardName(1), shardName(2), shardName(3)}
	day, hours := [2]float64{0.1, 2}, [2]time.Duration{time.Minute, 12 * time.Hour}
	return []sim.FaultSpec{
		{Kind: BatchLate, PerDay: day, For: [2]time.Duration{time.Hour, sim.Day},
			Promise: "the rows of the night before are served on, and their age says so"},
		{Kind: Backfill, PerDay: day, For: [2]time.Duration{time.Hour, sim.Day},
			Promise: "nothing that is served is younger than its reader"},
		{Kind: TTLIgnored, Targets: entities, PerDay: day, For: hours, Promise: "values are what they were when they were made"},
		{Kind: WrongDefault, Targets: entities, PerDay: day, For: hours, Parameter: [2]float64{0.1, 3},
			Promise: "values that are there are served as they are"},
		{Kind: Redefined, Targets: entities, PerDay: day, For: hours, Parameter: [2]float64{2, 10},
			Promise: "rows say which definition made them"},
		{Kind: ShardLost, Targets: shards, PerDay: day, For: hours, Promise: "its rows are back when it is"},
		{Kind: ShardSlow, Targets: shards, PerDay: day, For: hours, Parameter: [2]float64{2, 50},
			Promise: "requests take longer, or its rows are left out and counted"},
	}
}

// failures are what goes wrong on a shelf now. The zero value is nothing.
type failures struct {
	any        bool
	ttlIgnored bool
	wrong      float32 // added to defaults
	lost       uint64  // a bit by shard
	shards     uint32
}

// isLost tells whether the reads of a member have no answer.
func (f *failures) isLost(member uint32) bool { return f.lost>>(member%f.shards)&1 != 0 }

// register enters the fault points, and has every change of a fault noted on the
// shelves.
func (s *Store) register(k *sim.Kernel) {
	for _, f := range Faults() {
		k.Point(f.Kind).Changed(func(bool) { s.notice(k) })
	}
	k.Point(BatchLate).Changed(func(on bool) {
		if !on && s.held {
			s.held = false
			s.publish(batch)
		}
	})
	for _, shelf := range s.all {
		shelf.failures.shards = uint32(s.config.Online.Shards)
	}
}

// notice works out what goes wrong on every shelf.
func (s *Store) notice(k *sim.Kernel) {
	c := &s.config.Online
	lost, slow := k.Point(ShardLost), k.Point(ShardSlow)
	s.slowness = 1
	bits := uint64(0)
	for i := range c.Shards {
		isSlow := slow.Hits(shardName(i))
		if isSlow && !c.GiveUp {
			s.slowness = max(s.slowness, slow.Parameter())
		}
		if lost.Hits(shardName(i)) && c.Replicas == 1 || isSlow && c.GiveUp {
			bits |= 1 << i
		}
	}
	for _, shelf := range s.all {
		target := string(view.Entities[shelf.entity])
		f := failures{shards: uint32(c.Shards), lost: bits, ttlIgnored: k.Point(TTLIgnored).Hits(target) && !c.CheckAge}
		if wrong := k.Point(WrongDefault); wrong.Hits(target) && !c.SharedDefaults {
			f.wrong = float32(wrong.Parameter())
		}
		f.any = f.lost != 0 || f.ttlIgnored || f.wrong != 0
		shelf.failures = f
		shelf.smoothing = 1
		if redefined := k.Point(Redefined); redefined.Hits(target) {
			shelf.smoothing = max(float32(redefined.Parameter()), 1)
		}
	}
}
