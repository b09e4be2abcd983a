package stream

import (
	"time"

	"feedloop/sim"
)

// Group is a consumer group: its members read the partitions that are theirs,
// hand records to the process function in order, and commit how far they have
// come. It polls only while there is something to read.
type Group[T any] struct {
	log         *Log[T]
	name        string
	process     func(record *T)
	coordinator *Coordinator
	position    []int64 // by partition: the next record to process
	fetched     []int64 // by partition: the end of what is in hand, under at_most_once
	overran     []bool  // by partition: retention has deleted what was to be read next
	watermark   *Combined
	seen        Combined // what watchers see of it
	poll        sim.Kind
	scheduled   bool
	first       int       // the partition that is read first
	budget      []float64 // by member: records it may process at its next poll
	refilled    sim.Time
	polled      sim.Time
	committed   sim.Time
	until       sim.Time // a rebalance pauses the group up to here
	down        bool
	crashes     int
	checkpoints checkpoints[T]
	frozen      zombie[T]

	stall, slow, crash, leave, freeze *sim.Point

	GroupCounts
	// Fated is called with every record that is skipped, dropped, repeated or
	// replayed; nil is allowed.
	Fated func(*T, Fate)
}

// GroupCounts says what became of the records that a group could read. At any
// moment, over what the log took less what it truncated,
//
//	Read - Repeated - Replayed + Skipped + Dropped + Lag = Appended - Truncated
type GroupCounts struct {
	// Read counts records processed; Skipped those that retention deleted before
	// they were read; Dropped those committed and never processed.
	Read, Skipped, Dropped uint64
	// Repeated counts records processed once more, Replayed those whose processing
	// a recovery had undone, Fenced those that a zombie brought in vain.
	Repeated, Replayed, Fenced uint64
}

// Subscribe adds a consumer group that starts at the log's beginning.
func (l *Log[T]) Subscribe(name string, process func(record *T)) *Group[T] {
	n, k := len(l.parts), l.kernel
	g := &Group[T]{
		log: l, name: name, process: process, position: make([]int64, n), fetched: make([]int64, n), overran: make([]bool, n),
		coordinator: NewCoordinator(n, l.config.Consumer.Members), budget: make([]float64, l.config.Consumer.Members),
		watermark: NewCombined(n), seen: *NewCombined(n), frozen: zombie[T]{member: nobody},
		stall: k.Point(Stall), slow: k.Point(Slow), crash: k.Point(Crash), leave: k.Point(Rebalance), freeze: k.Point(Zombie),
	}
	for part := range g.position {
		g.position[part] = l.parts[part].base
	}
	g.poll = k.Register("stream.poll."+name, sim.Infrastructure, g.onPoll)
	g.frozen.expire = k.Register("stream.session."+name, sim.Infrastructure, g.onSession)
	g.stall.Changed(func(bool) { g.wake() })
	g.slow.Changed(func(bool) { g.wake() })
	g.crash.Changed(func(bool) { g.onCrash() })
	g.leave.Changed(func(bool) { g.onLeave() })
	g.freeze.Changed(func(bool) { g.onFreeze() })
	l.groups = append(l.groups, g)
	return g
}

// Name is the group's name.
func (g *Group[T]) Name() string { return g.name }

// Balanced tells whether every record is accounted for. The group must have been
// there before the first.
func (g *Group[T]) Balanced() bool {
	c := g.log.Counts()
	return g.Read+g.Skipped+g.Dropped+uint64(g.Lag()) == c.Appended-c.Truncated+g.Repeated+g.Replayed
}

// wake schedules a poll unless one is already due.
func (g *Group[T]) wake() {
	if !g.scheduled {
		g.scheduled = true
		g.log.kernel.After(g.log.config.Poll, g.poll, 0, 0)
	}
}

func (g *Group[T]) onPoll(e sim.Event) {
	g.scheduled = false
	if g.stall.Hits(g.name) || g.down {
		return // the end of the fault wakes the group
	}
	if e.At < g.until {
		g.scheduled = true
		g.log.kernel.At(g.until, g.poll, 0, 0)
		return
	}
	g.settle(e.At)
	g.refill(e.At)
	g.polled = e.At
	for n, crashes := 0, g.crashes; n < len(g.position) && crashes == g.crashes; n++ {
		g.read((g.first+n)%len(g.position), e.At)
	}
	g.Watermark() // it may only move while its inputs speak
	if g.behind() {
		g.first = (g.first + 1) % len(g.position) // who lags still starves no partition
		g.wake()
	}
}

// refill grants the records that each member could have processed since the
// last poll, at most one second's worth; a slow one saves up for a whole record.
func (g *Group[T]) refill(now sim.Time) {
	c := &g.log.config
	rate := c.RatePerSec / float64(len(g.budget))
	if g.slow.Hits(g.name) {
		rate /= max(1, g.slow.Parameter())
	}
	passed := min(now.Sub(g.refilled), max(time.Second, c.Poll))
	for m := range g.budget {
		g.budget[m] = min(g.budget[m]+float64(rate*passed.Seconds()), max(1, rate*max(1, c.Poll.Seconds())))
	}
	g.refilled = now
}

// reads tells whether somebody reads a partition now.
func (g *Group[T]) reads(part int) bool {
	owner := g.coordinator.Owner(part)
	return owner != nobody && owner != g.frozen.member && !g.log.parts[part].replicas.leaderless
}

// behind tells whether there is anything that the group could read, now or
// when followers have it.
func (g *Group[T]) behind() bool {
	for part := range g.position {
		if g.position[part] < g.log.parts[part].end && g.reads(part) {
			return true
		}
	}
	return false
}

// read processes what a partition holds beyond the group's position, as far as
// its owner's budget goes.
func (g *Group[T]) read(part int, now sim.Time) {
	if !g.reads(part) {
		return
	}
	p, end := &g.log.parts[part], g.log.high(part)
	if g.overran[part] {
		g.reset(part, end)
	}
	budget := &g.budget[g.coordinator.Owner(part)]
	for g.position[part] < end && *budget >= 1 {
		s := p.segments[p.find(g.position[part])]
		to := min(end, s.end())
		if g.guarantee() == AtMostOnce {
			to = g.take(part, to)
		}
		if !g.work(part, s, to, budget, now) {
			return
		}
	}
}

// take commits what a member has in hand, and fetches when that is nothing.
func (g *Group[T]) take(part int, end int64) int64 {
	if g.fetched[part] <= g.position[part] {
		g.fetched[part] = min(end, g.position[part]+int64(g.log.config.Consumer.Fetch))
	}
	return min(end, g.fetched[part])
}

// work processes the records of a segment up to an offset. It says false when
// that was cut short: the group crashed, or the log deleted what it read.
func (g *Group[T]) work(part int, s *segment[T], to int64, budget *float64, now sim.Time) bool {
	input, crashes := &g.watermark.Inputs[part], g.crashes
	for offset := g.position[part]; offset < to && *budget >= 1; offset++ {
		record := &s.records[offset-s.base]
		at := g.log.eventTime(record)
		if g.log.config.Clamp {
			at = min(at, now) // a clock ahead of ours moves no watermark past it
		}
		input.Observe(at, now)
		g.Read++
		*budget--
		g.position[part] = offset + 1
		g.process(record)
		if g.crashes != crashes || g.position[part] != offset+1 {
			return false
		}
	}
	return true
}

// Watermark returns the event time up to which the group believes to have seen
// everything. A partition with records to read is never idle, however long the
// group has not come to read it.
func (g *Group[T]) Watermark() sim.Time {
	now := g.log.kernel.Now()
	for part := range g.position {
		if g.position[part] < g.log.parts[part].end {
			g.watermark.Inputs[part].last = now
		}
	}
	return g.watermark.Advance(now, g.log.config.Disorder, g.log.config.Idle)
}
