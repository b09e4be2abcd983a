package stream

import (
	"time"

	"feedloop/sim"
)

// Lag is the number of records that wait to be read.
func (g *Group[T]) Lag() int64 {
	lag := int64(0)
	for part := range g.position {
		lag += g.PartitionLag(part)
	}
	return lag
}

// PartitionLag is the number of records of a partition that wait to be read.
func (g *Group[T]) PartitionLag(part int) int64 { return g.log.parts[part].end - g.position[part] }

// Fullest is the number of records that wait in the partition in which most do.
func (g *Group[T]) Fullest() int64 {
	most := int64(0)
	for part := range g.position {
		most = max(most, g.PartitionLag(part))
	}
	return most
}

// LagTime is how long the oldest unread record has waited.
func (g *Group[T]) LagTime() time.Duration {
	lag := time.Duration(0)
	for part := range g.position {
		lag = max(lag, g.PartitionLagTime(part))
	}
	return lag
}

// PartitionLagTime is how long the oldest unread record of a partition has
// waited.
func (g *Group[T]) PartitionLagTime(part int) time.Duration {
	if g.PartitionLag(part) == 0 {
		return 0
	}
	return g.log.kernel.Now().Sub(g.log.parts[part].appendedAt(g.position[part]))
}

// WatermarkLag is how far the watermark is behind the clock, and whether there
// is one yet. Who watches changes nothing: the group's own stays where it is.
func (g *Group[T]) WatermarkLag() (time.Duration, bool) {
	seen := &g.seen
	seen.current = g.watermark.current
	for part := range g.position {
		seen.Inputs[part] = g.input(part)
	}
	seen.Advance(g.now(), g.log.config.Disorder, g.log.config.Idle)
	return g.now().Sub(seen.current), seen.current != NoWatermark
}

// input is the watermark of a partition as of now: one with records to read is
// never idle.
func (g *Group[T]) input(part int) Watermark {
	w := g.watermark.Inputs[part]
	if g.PartitionLag(part) > 0 {
		w.last = g.now()
	}
	return w
}

// PartitionWatermarkLag is how far the watermark of one partition is behind the
// clock; it says false where the partition has none, or is idle and holds
// nobody back.
func (g *Group[T]) PartitionWatermarkLag(part int) (time.Duration, bool) {
	now, w := g.now(), g.input(part)
	if !w.some || w.Idle(now, g.log.config.Idle) {
		return 0, false
	}
	return now.Sub(w.Value(g.log.config.Disorder)), true
}

// EventTimeLag is how far the newest event that the group has read is behind the
// clock, in the partition where it is furthest behind; it says false where all
// partitions are idle. It is negative where devices whose clock is fast are
// believed.
func (g *Group[T]) EventTimeLag() (lag time.Duration, some bool) {
	for part := range g.position {
		behind, speaks := g.PartitionWatermarkLag(part)
		if behind -= g.log.config.Disorder + 1; speaks && (!some || behind > lag) {
			lag, some = behind, true
		}
	}
	return lag, some
}

// Waiting calls f for every record that waits to be read.
func (g *Group[T]) Waiting(f func(*T)) {
	for part := range g.position {
		p := &g.log.parts[part]
		p.each(g.position[part], p.end, f)
	}
}

// overrun is the log's warning that it deletes the records of a partition
// before an offset. Whoever had not read them has lost them.
func (g *Group[T]) overrun(part int, end int64) {
	g.checkpoints.deleted(g, part, end)
	if g.position[part] >= end {
		return
	}
	g.overran[part] = true
	g.skip(part, end)
}

// reset is a group finding that its next record is gone: it goes on at the
// oldest that is left, or at the next to come.
func (g *Group[T]) reset(part int, end int64) {
	g.overran[part] = false
	if g.log.config.Consumer.Reset == Latest {
		g.skip(part, max(end, g.position[part]))
	}
}

// skip moves past records that the group will never read.
func (g *Group[T]) skip(part int, to int64) {
	g.log.parts[part].each(g.position[part], to, func(record *T) { g.fate(record, Overrun, &g.Skipped) })
	g.position[part] = to
}

// fate counts what became of a record.
func (g *Group[T]) fate(record *T, fate Fate, count *uint64) {
	*count++
	if g.Fated != nil {
		g.Fated(record, fate)
	}
}

// now is the simulated clock.
func (g *Group[T]) now() sim.Time { return g.log.kernel.Now() }
