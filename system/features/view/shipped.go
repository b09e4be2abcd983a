package view

import (
	"maps"
	"slices"
	"time"

	"feedloop/sim"
)

// named is a view with its name.
type named struct {
	name string
	view View
}

// shipped are the views that come with the program, in the order in which they
// stand in a vector.
var shipped = []named{
	{"post", View{Entity: Post, HalfLife: sim.Day, Shows: []Column{Volume, Play, LongView, Like, Hide}}},
	{"post_engaged", View{Entity: Post, HalfLife: 2 * sim.Day, Shows: []Column{Watch, Skip, Share}}},
	{"post_hour", View{Entity: Post, HalfLife: time.Hour, Shows: []Column{Volume, LongView}}},
	{"creator", View{Entity: Creator, HalfLife: 14 * sim.Day, Shows: []Column{Volume, LongView, Like, Hide}}},
	{"creator_engaged", View{Entity: Creator, HalfLife: 14 * sim.Day, Shows: []Column{Watch, Skip, Finish, Share, Follow}}},
	{"person", View{Entity: Person, HalfLife: 7 * sim.Day, Shows: []Column{Volume, LongView, Like, Hide}}},
	{"person_session", View{Entity: Person, HalfLife: 30 * time.Minute, Shows: []Column{LongView}}},
	{"person_topic", View{Entity: PersonTopic, HalfLife: 7 * sim.Day, Shows: []Column{Volume, LongView, Like}}},
	{"person_topic_day", View{Entity: PersonTopic, HalfLife: sim.Day, Shows: []Column{LongView, Hide}}},
	{"person_topic_engaged", View{Entity: PersonTopic, HalfLife: 14 * sim.Day, Shows: []Column{Watch, Skip, Finish}}},
	{"person_topic_recent", View{Entity: PersonTopic, HalfLife: 4 * time.Hour, Shows: []Column{Faded}}},
	{"person_creator_live", View{Entity: PersonCreator, HalfLife: 14 * sim.Day, Shows: []Column{Volume, LongView, Like}}},
	{"person_creator", View{Entity: PersonCreator, Path: Batch, HalfLife: 30 * sim.Day, Shows: []Column{Volume, LongView}}},
	{"topic", View{Entity: Topic, HalfLife: 3 * sim.Day, Shows: []Column{Volume, LongView}}},
	{"topic_hour", View{Entity: Topic, Window: time.Hour, Shows: []Column{Volume}}},
}

// Shipped returns the views that come with the program, by name.
func Shipped() map[string]View {
	all := make(map[string]View, len(shipped))
	for _, n := range shipped {
		all[n.name] = n.view.whole()
	}
	return all
}

// ChangedInPlace tells whether a view has the name and the version of a shipped
// one, and defines something else.
func ChangedInPlace(name string, v View) bool {
	i := slices.IndexFunc(shipped, func(n named) bool { return n.name == name })
	return i >= 0 && v.whole().Version == shipped[i].view.whole().Version && !v.Same(shipped[i].view)
}

// Ordered returns the names of the views that are not off, in the order in which
// they stand in a vector: by entity, streaming before batch, those that fade last;
// the shipped ones in their own order, then the others by name.
func Ordered(views map[string]View) []string {
	place := func(name string) int {
		if i := slices.IndexFunc(shipped, func(n named) bool { return n.name == name }); i >= 0 {
			return i
		}
		return len(shipped)
	}
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(views)), func(name string) bool { return views[name].Off })
	slices.SortStableFunc(names, func(a, b string) int {
		v, w := views[a], views[b]
		switch {
		case v.Entity != w.Entity:
			return v.Entity.Index() - w.Entity.Index()
		case v.IsBatch() != w.IsBatch() && v.IsBatch():
			return 1
		case v.IsBatch() != w.IsBatch():
			return -1
		case v.Fades() != w.Fades() && v.Fades():
			return 1
		case v.Fades() != w.Fades():
			return -1
		}
		return place(a) - place(b)
	})
	return names
}
