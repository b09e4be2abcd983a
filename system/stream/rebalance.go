package stream

import "feedloop/sim"

// nobody is the owner of a partition that no member reads.
const nobody = -1

// zombie is a member that has stopped to answer with records in its hand, and
// does not know that others have taken its place when it goes on.
type zombie[T any] struct {
	member   int // nobody: there is none
	number   uint64
	expelled bool
	hand     []T
	expire   sim.Kind
}

// onCrash is a change of the crash fault: down at its beginning, up at its end.
func (g *Group[T]) onCrash() {
	down := g.crash.Hits(g.name)
	if down == g.down {
		return
	}
	g.down = down
	if down {
		g.Crash()
		return
	}
	g.wake()
}

// onLeave is a member leaving in good order, or coming back. The last number
// leaves; a lone member comes back at once.
func (g *Group[T]) onLeave() {
	g.commit()
	last := len(g.budget) - 1
	if last == 0 {
		g.coordinator.assign()
	} else if !g.coordinator.Set(last, !g.leave.Hits(g.name)) {
		return
	}
	g.pause()
}

// pause stops the group for as long as its members need to agree.
func (g *Group[T]) pause() {
	g.until = g.now().Add(g.log.config.Consumer.Pause)
	g.wake()
}

// onFreeze is a change of the zombie fault.
func (g *Group[T]) onFreeze() {
	z := &g.frozen
	switch on := g.freeze.Hits(g.name); {
	case on && z.member == nobody:
		z.member, z.expelled = 0, false
		z.number++
		g.fillHand()
		g.log.kernel.After(g.log.config.Consumer.Session, z.expire, 0, z.number)
	case !on && z.member != nobody:
		g.thaw()
	}
}

// fillHand notes what the frozen member had fetched.
func (g *Group[T]) fillHand() {
	z := &g.frozen
	z.hand = z.hand[:0]
	for part := range g.position {
		if g.coordinator.Owner(part) != z.member {
			continue
		}
		end := min(g.log.high(part), g.position[part]+int64(g.log.config.Consumer.Fetch))
		if g.guarantee() == AtMostOnce {
			end = g.fetched[part]
		}
		g.log.parts[part].each(g.position[part], end, func(record *T) { z.hand = append(z.hand, *record) })
	}
}

// onSession is the coordinator losing patience with a member.
func (g *Group[T]) onSession(e sim.Event) {
	z := &g.frozen
	if z.member == nobody || e.Arg != z.number {
		return
	}
	z.expelled = true
	if g.guarantee() == ExactlyOnce {
		g.Crash() // the loss of any member takes the whole group back
	} else {
		for part := range g.position {
			if g.coordinator.Owner(part) == z.member {
				g.rewind(part)
			}
		}
		g.commit()
	}
	g.coordinator.Set(z.member, false)
	g.pause()
}

// thaw is the member going on. If others have taken its place, what it brings
// is refused, or processed a second time; then it joins again.
func (g *Group[T]) thaw() {
	z := &g.frozen
	member := z.member
	z.member = nobody
	if !z.expelled {
		g.wake()
		return
	}
	for i := range z.hand {
		if g.log.config.Consumer.Fencing {
			g.Fenced++
			continue
		}
		g.fate(&z.hand[i], Repeated, &g.Repeated)
		g.Read++
		g.process(&z.hand[i])
	}
	clear(z.hand)
	g.commit()
	g.coordinator.Set(member, true)
	g.pause()
}
