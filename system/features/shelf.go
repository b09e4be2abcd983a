package features

import (
	"math"
	"slices"
	"time"

	"feedloop/sim"
	"feedloop/system/features/view"
)

// shelf keeps what the views of one entity and one path count, and its part of the
// rows that readers see: all columns of a member side by side, so that a read is
// one copy, and behind them how far their data reach and which views are null.
type shelf struct {
	entity   int // index among view.Entities
	path     path
	names    []string // of the columns
	views    []shelved
	declared []view.View // as they were declared
	live     *view.Live
	defaults []float32 // what is read where there is no row

	table   *table   // of the entity
	at      int      // where its part of a row begins
	dirty   []uint32 // members that moved since the last refresh
	isDirty []bool

	staged  []uint32  // members of the refresh that is being written
	written []float32 // and their rows
	fresh   []float32 // a row that nobody is served
	archive *archive  // every version of the rows; nil where nobody joins

	failures  failures
	smoothing float32 // times that of the definition, at which rows are made
	checked   bool    // rows of another version are refused

	limit time.Duration    // a row up to this age is of age in every view
	reads [Statuses]uint64 // what readers found, by view
}

// shelved is a view on a shelf.
type shelved struct {
	from, to int // its columns
	// A value older than ttl is not served. One older than silence has not moved
	// for so long that there is nothing to tell any more. Both are whole.
	ttl, silence time.Duration
}

// extras are the numbers of a row behind its columns, integers in the bits of
// float32: the event time up to which its data reach, in two halves, and a bit
// for every view that is null. A row of which the last has never been set is empty:
// it shows the defaults, of any age.
const extras = 3

// written is set in the last number of every row that has been written.
const written = 1 << 31

// nulls are the bits of the views that are null.
const nulls = foreign - 1

// foreign is set in it when the row was made by another definition.
const foreign = 1 << 30

// never is longer than any run.
const never = time.Duration(math.MaxInt64)

// newShelf returns an empty shelf for views of one entity and path, whose rows
// are made anew and visible every so often, in the entity's table.
func newShelf(names []string, views map[string]view.View, smoothing float64, every time.Duration, tables *[entities]table) *shelf {
	s := &shelf{limit: never, smoothing: 1}
	var all []view.View
	for _, name := range names {
		v := views[name]
		all = append(all, v)
		x := shelved{len(s.names), len(s.names) + len(v.Shows), never, never}
		s.names = append(s.names, v.Names(name)...)
		for range v.Shows {
			s.defaults = append(s.defaults, float32(v.Default))
		}
		s.entity = v.Entity.Index()
		if v.IsBatch() {
			s.path = batch
		}
		if v.TTL > 0 {
			x.ttl = v.TTL
		}
		if !v.Fades() {
			x.silence = v.Silence() + every
		}
		s.views = append(s.views, x)
		s.limit = min(s.limit, x.ttl, x.silence)
	}
	s.declared, s.live = all, view.NewLive(all, smoothing)
	for len(s.defaults) < s.live.Width() { // a faded volume takes two numbers
		s.defaults = append(s.defaults, 0)
	}
	s.table = &tables[s.entity]
	s.at = s.table.reserve(append(slices.Clip(s.defaults), reaching(math.MaxInt64, 0)...))
	return s
}

// width is the number of features of a row, stride the length of its part of one.
func (s *shelf) width() int  { return len(s.defaults) }
func (s *shelf) stride() int { return len(s.defaults) + extras }

// add counts an event of a member, to be seen at the next refresh.
func (s *shelf) add(member uint32, d *view.Delta, at sim.Time) {
	if int(member) >= s.live.Members() {
		s.live.Grow(member)
		s.table.grow(member)
		for len(s.isDirty) <= int(member) {
			s.isDirty = append(s.isDirty, false)
		}
	}
	if !s.isDirty[member] {
		s.isDirty[member] = true
		s.dirty = append(s.dirty, member)
	}
	s.live.Add(member, d, at)
}

// part returns the shelf's part of a member's row.
func (s *shelf) part(member uint32) []float32 { return s.table.row(member)[s.at:][:s.stride()] }

// row returns the visible row of a member, of whatever age; nil where there is
// none yet.
func (s *shelf) row(member uint32) []float32 {
	row := s.part(member)
	if math.Float32bits(row[len(row)-1]) == 0 {
		return nil
	}
	return row
}

// readAll copies the visible features of members to dst, a vector every stride
// numbers. Who asks is the same in all vectors, and read once.
func (s *shelf) readAll(dst []float32, stride int, members []uint32, now sim.Time) {
	if s.entity != person {
		for i, member := range members {
			s.read(dst[i*stride:], member, now)
		}
		return
	}
	s.read(dst, members[0], now)
	for i := 1; i < len(members); i++ {
		copy(dst[i*stride:], dst[:s.width()])
	}
}

// read copies the visible features of a member, with defaults in the place of
// what is not there, null or out of age.
func (s *shelf) read(dst []float32, member uint32, now sim.Time) {
	w, row := len(s.defaults), s.part(member)
	dst = dst[:w]
	for c := range dst { // a call to copy so few takes longer
		dst[c] = row[c]
	}
	reach, marks := reachOf(row[w:])
	if marks&(nulls|foreign) != 0 || now.Sub(reach) > s.limit || s.failures.any {
		if s.failures.any && s.failures.isLost(member) {
			marks = 0
		}
		s.mend(dst, now.Sub(reach), marks)
		return
	}
	there := uint64(marks / written)
	s.reads[Present] += there * uint64(len(s.views))
	s.reads[Absent] += (1 - there) * uint64(len(s.views))
}

// readFresh copies what a reader would find if the next refresh came and were visible
// now, and counts no read.
func (s *shelf) readFresh(dst []float32, member uint32, p *view.Priors, now sim.Time) {
	counted := s.reads
	defer func() { s.reads = counted }()
	if !s.waits(member) {
		s.read(dst, member, now)
		return
	}
	row, marks := s.next(member, p, now)
	if s.failures.any && s.failures.isLost(member) {
		marks = 0
	}
	dst = dst[:s.width()]
	copy(dst, row)
	s.mend(dst, 0, marks)
}

// waits tells whether a member's row may show something else after a refresh.
func (s *shelf) waits(member uint32) bool {
	return int64(member) < int64(s.live.Members()) && (s.isDirty[member] || len(s.staged) > 0)
}

// next returns the row that a refresh would make of a member now, until the next call.
func (s *shelf) next(member uint32, p *view.Priors, now sim.Time) (row []float32, marks uint32) {
	row, nulls := s.live.Show(s.fresh[:0], member, now, p, s.smoothing)
	s.fresh = row
	return row, nulls | s.marks()
}

// marks are those of every row that is written.
func (s *shelf) marks() uint32 {
	if s.smoothing != 1 {
		return written | foreign
	}
	return written
}

// reaching returns the extras of a row.
func reaching(reach sim.Time, marks uint32) []float32 {
	return []float32{math.Float32frombits(uint32(reach)), math.Float32frombits(uint32(uint64(reach) >> 32)), math.Float32frombits(marks)}
}

// reachOf reads the extras of a row.
func reachOf(extras []float32) (reach sim.Time, marks uint32) {
	low, high := math.Float32bits(extras[0]), math.Float32bits(extras[1])
	return sim.Time(uint64(high)<<32 | uint64(low)), math.Float32bits(extras[2])
}

// mend puts defaults in the place of what may not be served of a row.
func (s *shelf) mend(dst []float32, age time.Duration, marks uint32) {
	for i := range s.views {
		v := &s.views[i]
		status := s.status(i, age, marks)
		s.reads[status]++
		if status == Present {
			continue
		}
		for c := v.from; c < v.to; c++ {
			dst[c] = s.defaults[c] + s.failures.wrong
		}
	}
}

// status says what a reader finds in the i-th view of a row.
func (s *shelf) status(i int, age time.Duration, marks uint32) Status {
	v := &s.views[i]
	switch {
	case marks == 0, marks&foreign != 0 && s.checked:
		return Absent
	case marks>>i&1 != 0, age > v.silence:
		return Null
	case age > v.ttl && !s.failures.ttlIgnored:
		return Expired
	}
	return Present
}

// refresh computes the rows of all members that moved. They stay invisible until
// publish.
func (s *shelf) refresh(p *view.Priors, now sim.Time) {
	for _, member := range s.dirty {
		s.isDirty[member] = false
		s.staged = append(s.staged, member)
	}
	s.dirty = s.dirty[:0]
	s.write(p, now)
}

// write computes the rows of the staged members.
func (s *shelf) write(p *view.Priors, now sim.Time) {
	marks := s.marks()
	s.written = s.written[:0]
	for _, member := range s.staged {
		var nulls uint32
		s.written, nulls = s.live.Show(s.written, member, now, p, s.smoothing)
		s.written = append(s.written, reaching(0, nulls|marks)...)
	}
}

// publish makes the refreshed rows visible; their data reach up to a moment, and
// stamp is the event time of the versions in the archive.
func (s *shelf) publish(reach, stamp, now sim.Time) {
	w := s.stride()
	for i, member := range s.staged {
		row := s.written[i*w : (i+1)*w]
		_, marks := reachOf(row[len(s.defaults):])
		copy(row[len(s.defaults):], reaching(reach, marks))
		copy(s.part(member), row)
		if s.archive != nil {
			s.archive.offline.Append(uint64(member), stamp, now, s.withoutNulls(row))
		}
	}
	s.staged, s.written = s.staged[:0], s.written[:0]
}

// withoutNulls returns the columns of a row, which it spoils, as the offline
// store has them: what is null is not a number.
func (s *shelf) withoutNulls(row []float32) []float32 {
	_, marks := reachOf(row[len(s.defaults):])
	for i, v := range s.views {
		if marks>>i&1 != 0 {
			for c := v.from; c < v.to; c++ {
				row[c] = float32(math.NaN())
			}
		}
	}
	return row[:len(s.defaults)]
}
