package features

import (
	"time"

	"feedloop/sim"
)

// load is what readers ask of the online store in the running second. A row is
// on one shard, with all that the views of its entity show of a member; reads of
// it come to that shard, on any of its replicas. Beyond what a shard or a row can
// serve in a second, reads take longer in proportion, or have no answer.
//
// Simplification: seconds do not overlap, what is too much in one is forgotten in
// the next; and what a person was shown of each topic of late is read for free.
type load struct {
	perShard, perKey float64 // reads that can be served in a second; 0 is no bound
	giveUp           bool
	entities         []int // of which rows are read
	second           sim.Time
	shards           []float64        // reads in the running second, by shard
	rows             map[uint64]asked // and by row
	reads, beyond    float64          // since the start
	requests         uint64
}

// asked is what is known of one row in the running second.
type asked struct {
	reads    float64
	request  uint64  // that read it last
	pressure float64 // that it found
}

// newLoad returns the load of a store that is read from shelves; nil where nothing
// bounds it.
func newLoad(c *OnlineConfig, shelves []*shelf) *load {
	if !c.Bounded() {
		return nil
	}
	l := &load{
		perShard: float64(c.Replicas) * c.ShardReadsPerSec, perKey: float64(c.Replicas) * c.KeyReadsPerSec,
		giveUp: c.GiveUp, shards: make([]float64, c.Shards), rows: map[uint64]asked{},
	}
	var has [entities]bool
	for _, shelf := range shelves {
		if !has[shelf.entity] {
			has[shelf.entity] = true
			l.entities = append(l.entities, shelf.entity)
		}
	}
	return l
}

// take counts the reads of a request, whose members are given by entity, and
// returns how many times as long as usual they take: as much as the slowest.
// Members whose reads are given up have no number afterwards.
func (l *load) take(members *[entities][]uint32, now sim.Time) float64 {
	if second := now / sim.Time(time.Second); second != l.second {
		l.second = second
		clear(l.shards)
		clear(l.rows)
	}
	l.requests++
	longest := 1.0
	for _, entity := range l.entities {
		for i, member := range members[entity] {
			if member == nowhere {
				continue // there is no row to ask for
			}
			pressure := l.read(entity, member)
			if pressure <= 1 {
				continue
			}
			if l.giveUp {
				members[entity][i] = nowhere
			} else {
				longest = max(longest, pressure)
			}
		}
	}
	return longest
}

// read returns how many times as many reads there have been in this second, of a
// row or its shard, as can be served. A request reads a row once, however many of
// its candidates need it.
func (l *load) read(entity int, member uint32) (pressure float64) {
	key := uint64(entity)<<32 | uint64(member)
	row := l.rows[key]
	if row.request == l.requests {
		return row.pressure
	}
	l.reads++
	row.reads++
	row.request, row.pressure = l.requests, 0
	if l.perKey > 0 {
		row.pressure = row.reads / l.perKey
	}
	if l.perShard > 0 {
		n := &l.shards[member%uint32(len(l.shards))]
		*n++
		row.pressure = max(row.pressure, *n/l.perShard)
	}
	if row.pressure > 1 {
		l.beyond++
	}
	l.rows[key] = row
	return row.pressure
}

// Pressed returns how many reads found their shard or their row beyond what it
// can serve, and how many there were.
func (s *Store) Pressed() (beyond, all float64) {
	if s.load == nil {
		return 0, 0
	}
	return s.load.beyond, s.load.reads
}
