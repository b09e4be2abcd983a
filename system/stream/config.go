package stream

import (
	"time"

	"feedloop/sim"
)

// Config describes the log, what writes to it and how it is read.
type Config struct {
	// Partitions of the log. Default 4, range 1 to 10,000.
	Partitions int `yaml:"partitions"`
	// Retention is how long records are kept; a group that falls further behind
	// loses what is gone. Default 7d.
	Retention time.Duration `yaml:"retention"`
	// RetainRecords is how many of the newest records a partition has room for,
	// whatever their age, give or take a segment of 1,024; 0 sets no bound.
	// Default 0.
	RetainRecords int `yaml:"retain_records"`
	// Poll is the delay between an append and the fetch that finds it. Default 500ms.
	Poll time.Duration `yaml:"poll"`
	// RatePerSec is how many records one group can process in a second, all its
	// members together; beyond that it lags. Default 20000.
	RatePerSec float64 `yaml:"rate_per_sec"`
	// Disorder is how much older than the newest record another may be and still
	// count as on time. Default 1m.
	Disorder time.Duration `yaml:"disorder"`
	// Idle is how long a partition may be silent before it stops holding back
	// the watermark. Default 1m.
	Idle time.Duration `yaml:"idle"`
	// Clamp holds event times that lie ahead of the reader's clock to that clock
	// before they move a watermark. Without it one device that is a day fast
	// closes every window of the next day. Default true.
	Clamp bool `yaml:"clamp"`
	// Replication describes brokers, leaders and followers.
	Replication Replication `yaml:"replication"`
	// Producer describes how the collector writes.
	Producer Outbox `yaml:"producer"`
	// Consumer describes the members of every group, and what they promise.
	Consumer Consumer `yaml:"consumer"`
}

// DefaultConfig returns a log of four partitions on one broker.
func DefaultConfig() Config {
	return Config{
		Partitions: 4, Retention: 7 * sim.Day, Poll: 500 * time.Millisecond,
		RatePerSec: 20_000, Disorder: time.Minute, Idle: time.Minute, Clamp: true,
		Replication: defaultReplication(), Producer: defaultOutbox(), Consumer: defaultConsumer(),
	}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.That(c.Partitions >= 1 && c.Partitions <= 10_000, "partitions", c.Partitions, "1 to 10,000")
	v.That(c.Retention > 0, "retention", c.Retention, "a positive duration")
	v.That(c.RetainRecords >= 0, "retain_records", c.RetainRecords, "0 for no bound, or a number of records")
	v.That(c.Poll > 0, "poll", c.Poll, "a positive duration")
	v.That(c.RatePerSec > 0, "rate_per_sec", c.RatePerSec, "a positive rate")
	v.That(c.Disorder >= 0, "disorder", c.Disorder, "0 or more")
	v.That(c.Idle > 0, "idle", c.Idle, "a positive duration")
	v.In("replication", c.Replication.check())
	v.In("producer", c.Producer.check())
	v.In("consumer", c.Consumer.check())
	return v.Err()
}
