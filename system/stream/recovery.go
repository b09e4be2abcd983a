package stream

import "feedloop/sim"

// State is what an operator knows from the records it has processed. Under
// exactly_once it is saved together with the offsets, and comes back with them.
type State interface {
	// Snapshot returns a copy that nothing changes any more.
	Snapshot() any
	// Restore goes back to a snapshot, which may be asked for again.
	Restore(any)
}

// Manifest is a checkpoint: state and offsets of one instant, in one piece. It
// is there whole or not at all.
type Manifest struct {
	// Taken is when; it is safe one write later.
	Taken     sim.Time
	Offsets   []int64
	watermark Combined
	State     any
}

// checkpoints are a group's: the last that is safe, and the one being written.
type checkpoints[T any] struct {
	state         State
	safe, written *Manifest
	gone          []gone[T]
	// Taken counts checkpoints begun.
	taken uint64
}

// gone is a record that the log deleted after it was processed and before a
// checkpoint had its effect: a recovery cannot replay it.
type gone[T any] struct {
	part   int
	offset int64
	record T
}

// Keep names the state that the group's process function changes. Under
// exactly_once a crash takes it back to the last checkpoint.
func (g *Group[T]) Keep(s State) {
	g.checkpoints.state = s
	if g.guarantee() == ExactlyOnce {
		g.checkpoints.safe = g.manifest()
	}
}

// Checkpoints counts the checkpoints that were begun.
func (g *Group[T]) Checkpoints() uint64 { return g.checkpoints.taken }

// guarantee is what a crash costs: without state there is none to go back to.
func (g *Group[T]) guarantee() Guarantee {
	if d := g.log.config.Consumer.Delivery; d != ExactlyOnce || g.checkpoints.state != nil {
		return d
	}
	return AtLeastOnce
}

// manifest is the present, to come back to.
func (g *Group[T]) manifest() *Manifest {
	m := &Manifest{
		Taken: g.now(), Offsets: append([]int64(nil), g.position...),
		watermark: g.watermark.clone(), State: g.checkpoints.state.Snapshot(),
	}
	return m
}

// settle commits, or takes a checkpoint, when it is time to. What counts is
// what earlier polls have processed.
func (g *Group[T]) settle(now sim.Time) {
	c := &g.log.config.Consumer
	switch g.guarantee() {
	case AtLeastOnce:
		if now.Sub(g.committed) >= c.Commit {
			g.committed = now
			g.commit()
		}
	case ExactlyOnce:
		g.checkpoints.promote(now, c)
		if now.Sub(g.committed) >= c.Checkpoint {
			g.committed = now
			g.checkpoints.taken++
			g.checkpoints.written = g.manifest()
			g.checkpoints.promote(now, c)
		}
	}
}

// promote makes the checkpoint that was being written the one to go back to.
func (k *checkpoints[T]) promote(now sim.Time, c *Consumer) {
	if k.written == nil || now < k.written.Taken.Add(c.Write) {
		return
	}
	k.safe, k.written = k.written, nil
	kept := k.gone[:0]
	for _, r := range k.gone {
		if r.offset >= k.safe.Offsets[r.part] {
			kept = append(kept, r)
		}
	}
	clear(k.gone[len(kept):])
	k.gone = kept
}

// deleted notes the records before an offset that a recovery would want.
func (k *checkpoints[T]) deleted(g *Group[T], part int, end int64) {
	if k.safe == nil || g.guarantee() != ExactlyOnce {
		return
	}
	p := &g.log.parts[part]
	offset := max(k.safe.Offsets[part], p.base)
	p.each(offset, min(end, g.position[part]), func(record *T) {
		k.gone = append(k.gone, gone[T]{part, offset, *record})
		offset++
	})
}

// commit tells the coordinator how far every member has come.
func (g *Group[T]) commit() {
	for part, offset := range g.position {
		if owner := g.coordinator.Owner(part); owner != nobody && owner != g.frozen.member {
			_ = g.coordinator.Commit(owner, g.coordinator.Generation(), part, offset) // the owner's own: never refused
		}
	}
}

// Crash takes from the group what its members hold in memory. What that costs
// is the guarantee's affair.
func (g *Group[T]) Crash() {
	g.crashes++
	now, c := g.now(), &g.log.config.Consumer
	switch g.guarantee() {
	case AtMostOnce, AtLeastOnce:
		if now.Sub(g.polled) >= c.Commit {
			g.commit() // idle members have gone on committing
		}
		for part := range g.position {
			g.rewind(part)
		}
	case ExactlyOnce:
		g.checkpoints.promote(now, c)
		if now.Sub(g.polled) >= c.Checkpoint+c.Write {
			g.checkpoints.safe, g.checkpoints.written = g.manifest(), nil
			g.checkpoints.gone = g.checkpoints.gone[:0]
		}
		g.restore()
	}
	g.wake()
}

// rewind starts a partition from where its next owner finds it.
func (g *Group[T]) rewind(part int) {
	p := &g.log.parts[part]
	switch g.guarantee() {
	case AtMostOnce:
		p.each(g.position[part], g.fetched[part], func(record *T) { g.fate(record, Dropped, &g.Dropped) })
		g.position[part] = max(g.position[part], g.fetched[part])
	case AtLeastOnce:
		// What retention has deleted since was processed, and is not missed.
		from := max(g.coordinator.Committed(part), p.base)
		p.each(from, g.position[part], func(record *T) { g.fate(record, Repeated, &g.Repeated) })
		g.position[part] = min(from, g.position[part])
	}
}

// restore goes back to the last safe checkpoint.
func (g *Group[T]) restore() {
	k := &g.checkpoints
	k.written = nil
	for part, from := range k.safe.Offsets {
		g.log.parts[part].each(from, g.position[part], func(record *T) { g.fate(record, Replayed, &g.Replayed) })
	}
	for i := range k.gone {
		g.fate(&k.gone[i].record, Replayed, &g.Replayed)
		g.fate(&k.gone[i].record, Overrun, &g.Skipped)
	}
	for part, from := range k.safe.Offsets {
		g.position[part] = max(from, g.log.parts[part].base)
	}
	g.watermark.assign(&k.safe.watermark)
	k.state.Restore(k.safe.State)
}
