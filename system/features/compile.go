package features

import (
	"slices"

	"feedloop/system/features/view"
)

// The entities by their index.
const (
	post = iota
	creator
	person
	personTopic
	personCreator
	topic
	entities
)

// path is how the rows of a shelf come to be visible.
type path int

const (
	streaming path = iota
	batch
	paths
)

// compile makes shelves of the views, one for each entity and path, and numbers
// the features.
func (s *Store) compile() {
	c := &s.config
	for names := view.Ordered(c.Views); len(names) > 0; {
		first := c.Views[names[0]]
		n := 1
		for n < len(names) && together(first, c.Views[names[n]]) {
			n++
		}
		every := c.Counters.Refresh + c.Counters.WriteDelay
		if first.IsBatch() {
			every = c.Batch.Every + c.Batch.Lands
		}
		shelf := newShelf(names[:n], c.Views, c.Smoothing, every, &s.tables)
		shelf.checked = c.Online.CheckVersion
		if c.Training == Joined {
			shelf.archive = newArchive(shelf, c.Offline.Retention)
		}
		if first.Fades() {
			s.faded, s.fadedHalfLife = shelf, first.HalfLife
		} else {
			s.shelves = append(s.shelves, shelf)
			s.names = append(s.names, shelf.names...)
		}
		if shelf.entity == post && shelf.path == streaming {
			s.posts = shelf
		}
		s.all = append(s.all, shelf)
		names = names[n:]
	}
	s.counts = len(s.names)
	s.creatorLong, s.topicLong = s.column("creator.long_view"), s.column("person_topic.long_view")
	s.hourVolume, s.dayVolume = s.column("post_hour.volume"), s.column("post.volume")
	for i, outcome := range []string{"long_view", "like", "hide"} {
		s.popular[i] = [2]place{s.find("post." + outcome), s.find("creator." + outcome)}
	}
	s.context = possible(c.Context, func(column string) bool { return s.find(column).shelf != nil })
	for _, i := range s.context {
		s.names = append(s.names, string(contexts[i]))
	}
}

// together tells whether two views share a shelf.
func together(a, b view.View) bool {
	return a.Entity == b.Entity && a.IsBatch() == b.IsBatch() && !a.Fades() && !b.Fades()
}

// place is where a column stands.
type place struct {
	shelf *shelf // nil: no view shows it
	at    int    // in a row of the shelf
}

// find returns the place of a column.
func (s *Store) find(name string) place {
	for _, shelf := range s.all {
		if i := slices.Index(shelf.names, name); i >= 0 {
			return place{shelf, i}
		}
	}
	return place{}
}

// of returns the visible value of a member; 0 where there is none.
func (p place) of(member uint32) float32 {
	if p.shelf == nil {
		return 0
	}
	if row := p.shelf.row(member); row != nil {
		return row[p.at]
	}
	return 0
}

// column returns the place of a column in a vector; -1 if no view shows it.
func (s *Store) column(name string) int { return slices.Index(s.names, name) }
