package features

import (
	"feedloop/sim"
	"feedloop/system/features/view"
)

// shelf keeps what the views of one entity and one path count, and the rows of
// it that readers see: all columns of a member side by side, so that a read is
// one copy.
type shelf struct {
	entity   int // index among view.Entities
	path     path
	names    []string
	live     *view.Live
	defaults []float32 // what is read where there is no row

	rows    []float32 // visible: member x width
	dirty   []uint32  // members that moved since the last refresh
	isDirty []bool

	staged  []uint32  // members of the refresh that is being written
	written []float32 // and their rows
	archive *archive  // every version of the rows; nil where nobody joins
}

// newShelf returns an empty shelf for views of one entity and path.
func newShelf(names []string, views map[string]view.View, smoothing float64) *shelf {
	s := &shelf{}
	var all []view.View
	for _, name := range names {
		v := views[name]
		all = append(all, v)
		s.names = append(s.names, v.Names(name)...)
		for range v.Shows {
			s.defaults = append(s.defaults, float32(v.Default))
		}
		s.entity = v.Entity.Index()
		if v.IsBatch() {
			s.path = batch
		}
	}
	s.live = view.NewLive(all, smoothing)
	for len(s.defaults) < s.live.Width() { // a faded volume takes two numbers
		s.defaults = append(s.defaults, 0)
	}
	return s
}

// width is the number of features of a row.
func (s *shelf) width() int { return s.live.Width() }

// add counts an event of a member, to be seen at the next refresh.
func (s *shelf) add(member uint32, d *view.Delta, at sim.Time) {
	if int(member) >= s.live.Members() {
		s.live.Grow(member)
		for len(s.isDirty) <= int(member) {
			s.isDirty = append(s.isDirty, false)
			s.rows = append(s.rows, s.defaults...)
		}
	}
	if !s.isDirty[member] {
		s.isDirty[member] = true
		s.dirty = append(s.dirty, member)
	}
	s.live.Add(member, d, at)
}

// row returns the visible features of a member; nil where it has none yet.
func (s *shelf) row(member uint32) []float32 {
	w := s.width()
	if i := int(member) * w; i < len(s.rows) {
		return s.rows[i : i+w]
	}
	return nil
}

// read copies the visible features of a member; the defaults where it has none.
func (s *shelf) read(dst []float32, member uint32) {
	from := s.defaults
	if w := len(from); int(member) < len(s.isDirty) {
		from = s.rows[int(member)*w:][:w]
	}
	//lint:ignore S1001 a few numbers, thousands of times a request: the loop saves the call
	for i, x := range from {
		dst[i] = x
	}
}

// refresh computes the rows of all members that moved. They stay invisible until
// publish.
func (s *shelf) refresh(p *view.Priors, now sim.Time) {
	for _, member := range s.dirty {
		s.isDirty[member] = false
		s.staged = append(s.staged, member)
		s.written, _ = s.live.Show(s.written, member, now, p)
	}
	s.dirty = s.dirty[:0]
}

// publish makes the refreshed rows visible; stamp is their event time.
func (s *shelf) publish(stamp, now sim.Time) {
	w := s.width()
	for i, member := range s.staged {
		row := s.written[i*w : (i+1)*w]
		copy(s.rows[int(member)*w:], row)
		if s.archive != nil {
			s.archive.offline.Append(uint64(member), stamp, now, row)
		}
	}
	s.staged, s.written = s.staged[:0], s.written[:0]
}
