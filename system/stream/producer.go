package stream

import "feedloop/sim"

// Producer writes to a log: it waits for leaders, sends again what was not
// acknowledged, and says what became of the rest. A log has at most one; the
// collectors of a world share it.
type Producer[T any] struct {
	log     *Log[T]
	waiting []outbox[T] // by partition
	total   int         // records that wait, over all partitions
	sent    uint64
	hot     *sim.Point
	// Delivered is called just before a record is appended, so that it can be
	// stamped; Fated when one is lost or sent twice. Nil is allowed.
	Delivered func(*T)
	Fated     func(*T, Fate)
	// Recognised counts records that came again and were kept out.
	Recognised uint64
}

// outbox holds what waits for a partition's leader, oldest first.
type outbox[T any] struct {
	records []T
	since   []sim.Time
	head    int
}

// Producer returns the log's producer.
func (l *Log[T]) Producer() *Producer[T] {
	if l.producer == nil {
		l.producer = &Producer[T]{log: l, waiting: make([]outbox[T], len(l.parts)), hot: l.kernel.Point(HotPartition)}
	}
	return l.producer
}

// Room tells whether n more records could wait. Ask before Send: what does not
// fit is the sender's to keep.
func (p *Producer[T]) Room(n int) bool {
	if p.total == 0 {
		return true
	}
	for part := range p.waiting {
		p.giveUp(part)
	}
	return p.total+n <= p.log.config.Producer.Buffer
}

// Waiting is the number of records that wait for a leader.
func (p *Producer[T]) Waiting() int { return p.total }

// Send writes a record, now or when its partition has a leader.
func (p *Producer[T]) Send(key uint64, record *T) {
	p.sent++
	if p.hot.On() && p.lot(key, record) < p.hot.Parameter() {
		key = hotKey
	}
	if salt := uint64(p.log.config.Producer.Salt); salt > 1 {
		key ^= p.sent % salt << 56
	}
	part := p.log.route(key)
	if p.log.parts[part].replicas.leaderless {
		p.giveUp(part)
		p.wait(part, record, p.log.kernel.Now())
		return
	}
	p.deliver(part, record)
}

// hotKey is the key that everybody writes to while the fault lasts: a
// celebrity's post in a log that is partitioned by post.
const hotKey = 0

// lot is a number from 0 to 1 that belongs to a record.
func (p *Producer[T]) lot(key uint64, record *T) float64 {
	return float64(Partition(key^uint64(p.log.eventTime(record))<<20, 1<<20)) / (1 << 20)
}

func (p *Producer[T]) deliver(part int, record *T) {
	if p.Delivered != nil {
		p.Delivered(record)
	}
	p.log.accept(part, record)
}

func (p *Producer[T]) wait(part int, record *T, since sim.Time) {
	w := &p.waiting[part]
	w.records, w.since = append(w.records, *record), append(w.since, since)
	p.total++
}

// giveUp drops the records that have waited too long.
func (p *Producer[T]) giveUp(part int) {
	w, now := &p.waiting[part], p.log.kernel.Now()
	for w.head < len(w.records) && now.Sub(w.since[w.head]) > p.log.config.Producer.Timeout {
		p.fate(&w.records[w.head], TimedOut)
		w.head++
		p.total--
	}
	w.tidy()
}

// tidy gives the room of the records that have left to those that will come.
func (w *outbox[T]) tidy() {
	if w.head > 0 && 2*w.head >= len(w.records) {
		w.records = append(w.records[:0], w.records[w.head:]...)
		w.since = append(w.since[:0], w.since[w.head:]...)
		w.head = 0
	}
}

// flush writes what waits for a partition, which has a leader now.
func (p *Producer[T]) flush(part int) {
	p.giveUp(part)
	w := &p.waiting[part]
	for ; w.head < len(w.records); w.head++ {
		p.deliver(part, &w.records[w.head])
		p.total--
	}
	w.tidy()
}

func (p *Producer[T]) fate(record *T, fate Fate) {
	if p.Fated != nil {
		p.Fated(record, fate)
	}
}

// failover cuts a partition back to what its followers have, and settles what
// becomes of the rest. Of the records that its producer knows to be delivered,
// those that are cut off are lost. The others it sends again, in their order,
// and those among them that survived would be in the log twice, if the next
// leader did not know their numbers.
//
//	… delivered ──▶ acked        high              end
//	  safe            │ come again │ cut off, come again │      acks all: acked <= high
//	  safe                   high │ lost  acked │ come again │  acks leader: high <= acked
func (l *Log[T]) failover(part int, high int64) {
	p, now := &l.parts[part], l.kernel.Now()
	cut := p.end - high
	if w := l.producer; w != nil {
		acked := l.acked(p, now)
		var again outbox[T]
		count := int64(0)
		p.each(min(acked, high), p.end, func(record *T) {
			offset := max(min(acked, high), p.base) + count
			count++
			switch {
			case offset < acked:
				l.counts.Lost++
				w.fate(record, LeaderLost)
			case offset < high && l.config.Producer.Idempotent:
				w.Recognised++
			default:
				fate := Returned
				if offset < high {
					fate = Resent
				}
				w.fate(record, fate)
				again.records, again.since = append(again.records, *record), append(again.since, now)
			}
		})
		w.precede(part, &again)
	} else {
		l.counts.Lost += uint64(cut)
	}
	l.truncate(p, high)
	l.counts.Truncated += uint64(cut)
}

// acked is the offset up to which the producer has heard of delivery.
func (l *Log[T]) acked(p *partition[T], now sim.Time) int64 {
	c := &l.config.Replication
	switch c.Acks {
	case NoAcks:
		return p.end
	case LeaderAcks:
		return p.firstAfter(now.Add(-c.Ack), p.base)
	}
	return p.firstAfter(now.Add(-c.Lag-c.Ack), p.base)
}

// precede puts records in front of those that wait for a partition.
func (p *Producer[T]) precede(part int, again *outbox[T]) {
	w := &p.waiting[part]
	again.records = append(again.records, w.records[w.head:]...)
	again.since = append(again.since, w.since[w.head:]...)
	p.total += len(again.records) - (len(w.records) - w.head)
	*w = *again
}
