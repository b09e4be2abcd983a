package view

import "slices"

// Entity is what the events of a view are grouped by.
type Entity string

// The entities, in the order in which their columns stand in a vector.
const (
	Post          Entity = "post"
	Creator       Entity = "creator"
	Person        Entity = "person"
	PersonTopic   Entity = "person_topic"
	PersonCreator Entity = "person_creator"
	Topic         Entity = "topic"
)

// Entities lists them.
var Entities = []Entity{Post, Creator, Person, PersonTopic, PersonCreator, Topic}

// Values lists the entities' names.
func (Entity) Values() []string { return spelled(Entities) }

// Index is the entity's place among [Entities]; -1 for an unknown one.
func (e Entity) Index() int { return slices.Index(Entities, e) }

// Path is how a view's rows come to be visible.
type Path string

// The paths.
const (
	Streaming Path = "streaming" // refreshed by the clock, visible after the write
	Batch     Path = "batch"     // made by a job every night, visible when it lands
)

// Values lists the paths.
func (Path) Values() []string { return []string{string(Streaming), string(Batch)} }

// Source is where a view's events come from.
type Source string

// Events is the behaviour log: impressions and reactions. It is the only source.
const Events Source = "events"

// Values lists the sources.
func (Source) Values() []string { return []string{string(Events)} }

// spelled returns named strings as plain ones.
func spelled[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, x := range all {
		out[i] = string(x)
	}
	return out
}
