package stream

import (
	"time"

	"feedloop/sim"
)

// Outbox describes how a producer writes.
type Outbox struct {
	// Idempotent numbers a producer's records by partition, so that a leader
	// recognises what it has already; without it a record whose acknowledgement
	// was lost is in the log twice. Default true.
	Idempotent bool `yaml:"idempotent"`
	// Buffer is how many records wait at most for a leader; a full producer
	// takes no more, and whoever asks must come again. Default 100000.
	Buffer int `yaml:"buffer"`
	// Timeout is how long a record waits at most before it is given up. Default 2m.
	Timeout time.Duration `yaml:"timeout"`
	// Salt spreads the records of a key over so many partitions: a key that
	// everybody writes to no longer fills one, and the order within a key is
	// given up. Default 1, range 1 to 256.
	Salt int `yaml:"salt"`
}

func defaultOutbox() Outbox {
	return Outbox{Idempotent: true, Buffer: 100_000, Timeout: 2 * time.Minute, Salt: 1}
}

func (c Outbox) check() error {
	var v sim.Check
	v.That(c.Buffer >= 1, "buffer", c.Buffer, "1 or more")
	v.That(c.Timeout > 0, "timeout", c.Timeout, "a positive duration")
	v.That(c.Salt >= 1 && c.Salt <= 256, "salt", c.Salt, "1 to 256")
	return v.Err()
}
