package stream

import (
	"strconv"
	"time"

	"feedloop/sim"
)

// Log is a partitioned append-only log of records of one type.
type Log[T any] struct {
	kernel    *sim.Kernel
	config    Config
	eventTime func(*T) sim.Time
	parts     []partition[T]
	free      []*segment[T]
	groups    []*Group[T]
	producer  *Producer[T] // nil: records are appended without one
	cluster   cluster
	silent    *sim.Point
	shortened *sim.Point
	counts    LogCounts
}

// LogCounts says where every record is that was ever appended. At any moment
//
//	Appended = Kept + Expired + Truncated
type LogCounts struct {
	Appended uint64
	// Kept are in the log; Expired were deleted by retention; Truncated were
	// appended by a leader that died before any follower had them.
	Kept, Expired, Truncated uint64
	// Lost is how many of the truncated records nobody will send again.
	Lost uint64
}

// Balanced tells whether every record is accounted for.
func (c LogCounts) Balanced() bool { return c.Appended == c.Kept+c.Expired+c.Truncated }

// NewLog returns an empty log; eventTime tells when a record's event happened.
func NewLog[T any](k *sim.Kernel, c Config, eventTime func(*T) sim.Time) *Log[T] {
	l := &Log[T]{
		kernel: k, config: c, eventTime: eventTime, parts: make([]partition[T], c.Partitions),
		silent: k.Point(IdlePartition), shortened: k.Point(RetentionCut),
	}
	l.raise()
	return l
}

// Append adds a record to its key's partition, whether that has a leader or
// not, and returns where it stands. Use a [Producer] where brokers can fail.
func (l *Log[T]) Append(key uint64, record T) (part int, offset int64) {
	part = l.route(key)
	return part, l.accept(part, &record)
}

// accept appends a record to a partition and wakes the readers.
func (l *Log[T]) accept(part int, record *T) (offset int64) {
	p, now := &l.parts[part], l.kernel.Now()
	l.expire(part, now)
	l.append(p, record, now)
	l.counts.Appended++
	for _, g := range l.groups {
		g.wake()
	}
	return p.end - 1
}

// route is the partitioner.
func (l *Log[T]) route(key uint64) int {
	part := Partition(key, len(l.parts))
	if l.silent.On() && strconv.Itoa(part) == l.silence() {
		part = (part + 1) % len(l.parts)
	}
	return part
}

// silence names the partition that gets no records while the fault lasts.
func (l *Log[T]) silence() string {
	if target := l.silent.Target(); target != "" {
		return target
	}
	return "0"
}

// Groups are the log's consumer groups, in the order in which they subscribed.
func (l *Log[T]) Groups() []*Group[T] { return l.groups }

// Partitions is their number.
func (l *Log[T]) Partitions() int { return len(l.parts) }

// End returns the offset that the next record of a partition will get.
func (l *Log[T]) End(part int) int64 { return l.parts[part].end }

// Len is the number of records that are kept.
func (l *Log[T]) Len() int { return int(l.Counts().Kept) }

// Counts returns where every record is.
func (l *Log[T]) Counts() LogCounts {
	c := l.counts
	for i := range l.parts {
		c.Kept += uint64(l.parts[i].end - l.parts[i].base)
	}
	return c
}

// expire deletes the segments whose newest record is older than the retention,
// and the oldest while the rest alone fills the partition's space. Readers that
// had not come so far learn of it now.
func (l *Log[T]) expire(part int, now sim.Time) {
	p := &l.parts[part]
	for len(p.segments) > 0 && l.expired(p, now) && p.segments[0].end() <= l.high(part) {
		for _, g := range l.groups {
			g.overrun(part, p.segments[0].end())
		}
		l.counts.Expired += uint64(len(p.segments[0].records))
		l.deleteFirst(p)
	}
}

// expired tells whether the oldest segment of a partition is to be deleted.
func (l *Log[T]) expired(p *partition[T], now sim.Time) bool {
	retention, s := l.config.Retention, p.segments[0]
	if l.shortened.On() {
		retention = time.Duration(float64(retention) / max(1, l.shortened.Parameter()))
	}
	keep := int64(l.config.RetainRecords)
	return now.Sub(s.last()) >= retention || keep > 0 && p.end-s.end() >= keep
}
