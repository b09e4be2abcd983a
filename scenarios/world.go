package scenarios

import (
	"reflect"
	"slices"
	"strings"

	"feedloop/agents/content"
	"feedloop/agents/population"
	"feedloop/sim"
	"feedloop/system/recommender"
)

// World is a counterfactual copy of a scenario: the same people and the same
// luck, with some keys changed.
type World struct {
	Name    string
	Changes []Change          // what it changes, in the order written
	Agents  population.Config `yaml:"agents"`
	System  System            `yaml:"system"`
	Events  []Event           `yaml:"events"`
}

// Validate says what is wrong between people and system; each answers for itself.
func (w World) Validate() error {
	var c sim.Check
	attributes := w.System.Feed == Recommender && w.System.Recommender.Family == recommender.Content
	c.That(!attributes || w.Agents.Posts.Law == content.Simplex, "system.recommender.family", w.System.Recommender.Family,
		"another one where posts have no attributes (agents.posts.law)")
	return c.Err()
}

// Change is one key that a world changes.
type Change struct {
	Path     string // "system.features.counters.refresh"
	From, To string // the values as a scenario writes them: "1d", "1m"
}

// World finds a world by name.
func (s *Scenario) World(name string) (World, bool) {
	i := slices.IndexFunc(s.Worlds, func(w World) bool { return w.Name == name })
	if i < 0 {
		return World{}, false
	}
	return s.Worlds[i], true
}

// worldNames lists the worlds in their order.
func (s *Scenario) worldNames() []string {
	out := make([]string, len(s.Worlds))
	for i, w := range s.Worlds {
		out[i] = w.Name
	}
	return out
}

// changes spells out the keys that a world changes, each once.
func changes(s *Scenario, w *World, paths []string) []Change {
	var out []Change
	for _, path := range paths {
		from, _ := lookup(reflect.ValueOf(s).Elem(), path)
		to, ok := lookup(reflect.ValueOf(w).Elem(), path)
		if !ok || slices.ContainsFunc(out, func(c Change) bool { return c.Path == path }) {
			continue
		}
		out = append(out, Change{Path: path, From: flow(from), To: flow(to)})
	}
	return out
}

// lookup finds the value at a path. Elements of lists have none: a list is
// changed whole.
func lookup(v reflect.Value, path string) (reflect.Value, bool) {
	for path != "" && v.IsValid() {
		for v.Kind() == reflect.Pointer && !v.IsNil() {
			v = v.Elem()
		}
		var key string
		key, path, _ = strings.Cut(path, ".")
		switch v.Kind() {
		case reflect.Struct:
			fields := fieldsOf(v.Type())
			i := slices.IndexFunc(fields, func(f field) bool { return f.name == key })
			if i < 0 {
				return reflect.Value{}, false
			}
			v = v.FieldByIndex(fields[i].index)
		case reflect.Map:
			v = v.MapIndex(reflect.ValueOf(key).Convert(v.Type().Key()))
		default:
			return reflect.Value{}, false
		}
	}
	return v, v.IsValid()
}
