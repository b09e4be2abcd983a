package retraining

import (
	"slices"

	"time"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/stream"
)

// JoinCounts says where every served item is. At any moment
//
//	Served = Waiting + Examples + Unviewed + Spoilt
type JoinCounts struct {
	Served, Waiting, Examples, Unviewed uint64
	// Spoilt counts impressions with a feature that is no finite number. One of
	// them would make every training of its window fail.
	Spoilt uint64
	// Orphans counts events that found no open page: it had been made without
	// features, or its window had ended before they came.
	Orphans uint64
}

// Balanced tells whether every served item is accounted for.
func (c JoinCounts) Balanced() bool { return c.Served == c.Waiting+c.Examples+c.Unviewed+c.Spoilt }

// Joiner joins pages with events into examples.
type Joiner struct {
	config Config
	kernel *sim.Kernel
	width  int
	closed func(e *system.Example)

	pending []pending // in order of service, from head on
	head    int
	byPage  map[uint64]int // page key: index in pending plus dropped
	dropped int            // entries cut off the front of pending
	data    system.Examples
	arrays  system.Examples // of length zero, in which the window slides
	lent    int             // slices of it that are being read
	trimmed int             // examples dropped from the front since the start
	counts  JoinCounts
	visits  *visits // nil where nobody asks how visits end
}

// pending is a page that waits for its labels.
type pending struct {
	key      uint64
	rows     []system.Example
	features []float32
	viewed   uint64 // bit by position
}

// NewJoiner subscribes to the log. closed, if not nil, is called with every
// example as its window ends.
func NewJoiner(k *sim.Kernel, c Config, log *stream.Log[system.Event], width int, closed func(*system.Example)) *Joiner {
	j := &Joiner{
		config: c, kernel: k, width: width, closed: closed,
		byPage: map[uint64]int{}, data: system.Examples{Width: width},
	}
	log.Subscribe("joiner", j.consume)
	k.Every(sim.Time(time.Minute), time.Minute, k.Register("retraining.close_labels", sim.Infrastructure, j.close))
	return j
}

// Counts returns where every served item is.
func (j *Joiner) Counts() JoinCounts { return j.counts }

func pageKey(p system.PersonID, visit, page uint32) uint64 {
	return uint64(p)<<40 | uint64(visit)<<12 | uint64(page)
}

// Served takes a page from the served log. Pages made without features teach
// nothing and are left out.
//
// Simplification: the served log is read without delay; in production it is a
// stream like the events.
func (j *Joiner) Served(p *system.Page) {
	if len(p.Features) == 0 {
		return
	}
	e := j.reuse()
	e.key = pageKey(p.Person, p.Visit, p.Page)
	for i := range p.Items {
		e.rows = append(e.rows, system.Example{
			Served: p.Served, Person: p.Person, Post: p.Items[i].Post, Position: uint8(i),
			ModelVersion: p.ModelVersion, Predictions: p.Items[i].Predictions,
		})
	}
	e.features = append(e.features, p.Features...)
	j.byPage[e.key] = len(j.pending) - 1 + j.dropped
	j.counts.Served += uint64(len(p.Items))
	j.counts.Waiting += uint64(len(p.Items))
}

// reuse appends an entry to pending, with the buffers of a closed one if the
// slice has room for it.
func (j *Joiner) reuse() *pending {
	if j.head > 1024 && 2*j.head > len(j.pending) {
		j.compact()
	}
	n := len(j.pending)
	if n < cap(j.pending) {
		j.pending = j.pending[:n+1]
	} else {
		j.pending = append(j.pending, pending{})
	}
	e := &j.pending[n]
	*e = pending{rows: e.rows[:0], features: e.features[:0]}
	return e
}

// compact moves the open entries to the front and keeps the buffers of the
// closed ones behind them.
func (j *Joiner) compact() {
	open := len(j.pending) - j.head
	for i := range open {
		j.pending[i], j.pending[j.head+i] = j.pending[j.head+i], j.pending[i]
	}
	j.pending = j.pending[:open]
	j.dropped += j.head
	j.head = 0
}

// FollowVisits makes examples come with the visits whose outcome is known.
func (j *Joiner) FollowVisits() { j.visits = newVisits() }

// consume joins one event.
func (j *Joiner) consume(e *system.Event) {
	if j.visits != nil {
		j.visits.consume(e)
	}
	at, ok := j.byPage[pageKey(e.Person, e.Visit, e.Page)]
	if !ok {
		j.counts.Orphans++
		return
	}
	p := &j.pending[at-j.dropped]
	if int(e.Position) >= len(p.rows) || p.rows[e.Position].Post != e.Post {
		j.counts.Orphans++
		return
	}
	row := &p.rows[e.Position]
	row.Labels |= system.LabelsOf(e)
	if e.Kind == system.Viewed {
		p.viewed |= 1 << e.Position
		row.Watch, row.Length = e.Watch, e.Length
	}
}

// close turns the pages whose window has ended into examples.
func (j *Joiner) close(e sim.Event) {
	for ; j.head < len(j.pending); j.head++ {
		p := &j.pending[j.head]
		if len(p.rows) > 0 && p.rows[0].Served.Add(j.config.LabelWindow) > e.At {
			break
		}
		delete(j.byPage, p.key)
		j.finish(p, e.At)
	}
	if j.visits != nil {
		j.visits.close(e.At, j.trimmed+len(j.data.Rows))
	}
	j.trim(e.At)
}

// finish appends the rows of a page that count as impressions to the dataset.
func (j *Joiner) finish(p *pending, now sim.Time) {
	j.counts.Waiting -= uint64(len(p.rows))
	for i := range p.rows {
		if p.viewed>>i&1 == 0 && (j.config.Impressions == ViewedOnly || p.viewed == 0) {
			j.counts.Unviewed++
			continue
		}
		features := p.features[i*j.width : (i+1)*j.width]
		if slices.ContainsFunc(features, func(x float32) bool { return x-x != 0 }) {
			j.counts.Spoilt++
			continue
		}
		p.rows[i].Closed = now
		j.room()
		j.data.Rows = append(j.data.Rows, p.rows[i])
		j.data.Features = append(j.data.Features, features...)
		j.counts.Examples++
		if j.closed != nil {
			j.closed(&p.rows[i])
		}
	}
}

// room makes place for one more example. The window slides through its arrays:
// at their end it goes back to the beginning, or, while somebody still reads it or
// it fills more than half of them, to larger ones.
func (j *Joiner) room() {
	n := len(j.data.Rows)
	if n < cap(j.data.Rows) {
		return
	}
	if j.lent > 0 || 2*n > cap(j.arrays.Rows) {
		size := max(1024, 5*n/2)
		j.arrays.Rows, j.arrays.Features = make([]system.Example, 0, size), make([]float32, 0, size*j.width)
	}
	j.data.Rows = append(j.arrays.Rows, j.data.Rows...)
	j.data.Features = append(j.arrays.Features, j.data.Features...)
}

// trim drops examples older than the training window from the front. Slices
// already lent out keep what they see.
func (j *Joiner) trim(now sim.Time) {
	n := 0
	for n < len(j.data.Rows) && now.Sub(j.data.Rows[n].Closed) > j.config.Window {
		n++
	}
	if n < 1024 && n < len(j.data.Rows) {
		return // not worth it yet
	}
	j.data = j.data.Slice(n, len(j.data.Rows))
	j.trimmed += n
	if j.visits != nil {
		j.visits.trim(j.trimmed)
	}
}

// Lend returns the examples numbered from and up, sealed until they are given
// back, and the number of the next one to come.
func (j *Joiner) Lend(from int) (data system.Examples, next int) {
	j.lent++
	next = j.trimmed + len(j.data.Rows)
	first := min(max(from-j.trimmed, 0), len(j.data.Rows))
	data = j.data.Slice(first, len(j.data.Rows))
	if j.visits != nil {
		data.Visits = j.visits.since(from)
	}
	return data, next
}

// GiveBack says that somebody has done with the examples that they were lent.
func (j *Joiner) GiveBack() { j.lent-- }
