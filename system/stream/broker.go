package stream

import (
	"math/bits"
	"strconv"

	"feedloop/sim"
)

// replicas is who holds a partition: its leader, and the replicas that are in
// sync with it. The zero value has no followers and needs no broker.
type replicas struct {
	leaderless bool
	leader     int
	inSync     uint32 // bit by replica; while there is no leader, who may become it
	// high is the high watermark: every replica in sync has the records before
	// it, and readers see no further.
	high int64
}

// cluster is the state of the brokers.
type cluster struct {
	loss *sim.Point
	down uint32 // bit by broker
	vote sim.Kind
	// Elections counts leaders elected after another was lost.
	elections uint64
}

// raise starts the brokers.
func (l *Log[T]) raise() {
	l.cluster.loss = l.kernel.Point(BrokerLoss)
	l.cluster.vote = l.kernel.Register("stream.election", sim.Infrastructure, l.elect)
	for i := range l.parts {
		l.parts[i].replicas.inSync = 1<<l.config.Replication.Replicas - 1
	}
	l.cluster.loss.Changed(func(bool) { l.roll() })
}

// broker returns where a replica of a partition lies.
func (l *Log[T]) broker(part, replica int) int {
	return (part + replica) % l.config.Replication.Brokers
}

// lives tells whether the broker of a replica is up.
func (l *Log[T]) lives(part, replica int) bool { return l.cluster.down>>l.broker(part, replica)&1 == 0 }

// roll sees which brokers have gone and which are back.
func (l *Log[T]) roll() {
	for b := range l.config.Replication.Brokers {
		down := l.cluster.loss.Hits(strconv.Itoa(b))
		if was := l.cluster.down>>b&1 == 1; down == was {
			continue
		}
		l.cluster.down ^= 1 << b
		for part := range l.parts {
			for r := range l.config.Replication.Replicas {
				if l.broker(part, r) == b {
					l.turn(part, r, down)
				}
			}
		}
	}
}

// turn is a replica's broker going down or coming back.
func (l *Log[T]) turn(part, replica int, down bool) {
	rep, bit := &l.parts[part].replicas, uint32(1)<<replica
	switch {
	case down && !rep.leaderless && rep.leader == replica:
		l.lose(part)
	case down && rep.inSync != bit: // a follower: the others go on without it
		l.high(part)
		rep.inSync &^= bit
	case !down && rep.leaderless:
		l.kernel.After(l.config.Replication.Election, l.cluster.vote, uint32(part), 0)
	case !down:
		// Simplification: it has caught up at once; a real one needs as long as
		// it was away, or more.
		l.high(part)
		rep.inSync |= bit
	}
}

// lose is the death of a partition's leader. What no follower has is gone;
// where there is no follower in sync, everything waits for the leader.
func (l *Log[T]) lose(part int) {
	p := &l.parts[part]
	high := l.high(part)
	p.replicas.leaderless = true
	if others := p.replicas.inSync &^ (1 << p.replicas.leader); others != 0 {
		p.replicas.inSync = others
		l.failover(part, high)
		l.kernel.After(l.config.Replication.Election, l.cluster.vote, uint32(part), 0)
	}
}

// elect gives a partition its next leader: the first replica that is in sync
// and lives. If none does, it goes on waiting: no unclean election.
func (l *Log[T]) elect(e sim.Event) {
	part := int(e.Actor)
	rep := &l.parts[part].replicas
	if !rep.leaderless {
		return
	}
	for in := rep.inSync; in != 0; in &= in - 1 {
		r := bits.TrailingZeros32(in)
		if !l.lives(part, r) {
			continue
		}
		rep.leader, rep.leaderless, rep.inSync = r, false, 0
		for r := range l.config.Replication.Replicas {
			if l.lives(part, r) {
				rep.inSync |= 1 << r
			}
		}
		l.cluster.elections++
		l.reopen(part)
		return
	}
}

// reopen lets writers and readers go on after an election.
func (l *Log[T]) reopen(part int) {
	if l.producer != nil {
		l.producer.flush(part)
	}
	for _, g := range l.groups {
		g.wake()
	}
}

// high returns the high watermark of a partition: what its followers have by now.
func (l *Log[T]) high(part int) int64 {
	p := &l.parts[part]
	rep := &p.replicas
	switch {
	case rep.leaderless:
	case rep.inSync&(rep.inSync-1) == 0: // the leader alone
		rep.high = p.end
	default:
		lag := l.config.Replication.Lag
		rep.high = p.firstAfter(l.kernel.Now().Add(-lag), max(rep.high, p.base))
	}
	return rep.high
}

// Leaderless is the number of partitions that have no leader now.
func (l *Log[T]) Leaderless() int {
	n := 0
	for i := range l.parts {
		if l.parts[i].replicas.leaderless {
			n++
		}
	}
	return n
}

// Elections counts leaders elected after another was lost.
func (l *Log[T]) Elections() uint64 { return l.cluster.elections }
