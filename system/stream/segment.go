package stream

import (
	"sort"
	"time"

	"feedloop/sim"
)

// segmentRecords is the number of records after which a segment is closed.
const segmentRecords = 1024

// segment is a run of consecutive records of a partition. Retention deletes
// whole segments, as files are deleted, and the next segment takes over the
// buffers: a log that runs for ever holds what retention allows and allocates
// nothing.
type segment[T any] struct {
	base     int64 // the offset of its first record
	records  []T
	appended []sim.Time
}

func (s *segment[T]) end() int64 { return s.base + int64(len(s.records)) }

// last is when its newest record was appended.
func (s *segment[T]) last() sim.Time { return s.appended[len(s.appended)-1] }

// partition holds the records of offsets base to end, in segments, oldest
// first; only the last one is written to, and none is empty.
type partition[T any] struct {
	base, end int64
	segments  []*segment[T]
	replicas  replicas
}

// full tells whether the next record belongs into another segment: this one has
// its number of records, or holds a tenth of the retention already. Kafka calls
// the two bounds segment.bytes and segment.ms.
func (s *segment[T]) full(now sim.Time, retention time.Duration) bool {
	return len(s.records) >= segmentRecords || now.Sub(s.appended[0]) > retention/10
}

// append adds a record at the end.
func (l *Log[T]) append(p *partition[T], record *T, now sim.Time) {
	n := len(p.segments)
	if n == 0 || p.segments[n-1].full(now, l.config.Retention) {
		p.segments = append(p.segments, l.fresh(p.end))
		n = len(p.segments)
	}
	s := p.segments[n-1]
	s.records = append(s.records, *record)
	s.appended = append(s.appended, now)
	p.end++
}

// fresh returns an empty segment, with the buffers of a deleted one if there is
// any.
func (l *Log[T]) fresh(base int64) *segment[T] {
	if n := len(l.free); n > 0 {
		s := l.free[n-1]
		l.free = l.free[:n-1]
		s.base, s.records, s.appended = base, s.records[:0], s.appended[:0]
		return s
	}
	return &segment[T]{base: base}
}

// find returns the number of the segment that holds an offset; their number
// when none does.
func (p *partition[T]) find(offset int64) int {
	n := len(p.segments)
	if n > 0 && offset >= p.segments[n-1].base { // who keeps up reads the last
		if offset < p.end {
			return n - 1
		}
		return n
	}
	return sort.Search(n, func(i int) bool { return p.segments[i].end() > offset })
}

// each calls f for every record from offset from to before to, in order.
func (p *partition[T]) each(from, to int64, f func(record *T)) {
	from = max(from, p.base)
	for i := p.find(from); i < len(p.segments) && p.segments[i].base < to; i++ {
		s := p.segments[i]
		for j := max(from, s.base); j < min(to, s.end()); j++ {
			f(&s.records[j-s.base])
		}
	}
}

// appendedAt is when the record at an offset was appended.
func (p *partition[T]) appendedAt(offset int64) sim.Time {
	s := p.segments[p.find(offset)]
	return s.appended[offset-s.base]
}

// firstAfter is the first offset, not before from, whose record was appended
// after a moment. It looks from the end, since those in question are the newest.
func (p *partition[T]) firstAfter(at sim.Time, from int64) int64 {
	offset := p.end
	for i := len(p.segments) - 1; i >= 0; i-- {
		s := p.segments[i]
		if s.end() <= from || s.last() <= at {
			break
		}
		offset = s.base + int64(sort.Search(len(s.appended), func(j int) bool { return s.appended[j] > at }))
	}
	return max(offset, from)
}

// deleteFirst deletes the oldest segment; its buffers go to the pool.
func (l *Log[T]) deleteFirst(p *partition[T]) {
	s := p.segments[0]
	p.base = s.end()
	p.segments = append(p.segments[:0], p.segments[1:]...)
	l.free = append(l.free, s)
}

// truncate forgets every record from an offset on.
func (l *Log[T]) truncate(p *partition[T], to int64) {
	for n := len(p.segments); n > 0 && p.segments[n-1].end() > to; n = len(p.segments) {
		s := p.segments[n-1]
		if s.base >= to {
			p.segments = p.segments[:n-1]
			l.free = append(l.free, s)
			continue
		}
		s.records, s.appended = s.records[:to-s.base], s.appended[:to-s.base]
	}
	p.end = to
}
