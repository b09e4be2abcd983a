package scenarios

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"

	"feedloop/agents/content"
)

// Load reads a scenario from a file or the library, applies the assignments
// of --set, and validates it. The error is a [Problems] with all that is
// wrong.
func Load(name string, set []string, vocabulary Vocabulary) (*Scenario, error) {
	src, problem := openSource(name)
	if problem != nil {
		return nil, Problems{*problem}
	}
	return load(src, set, vocabulary)
}

// Parse is Load for a text at hand. A `from:` in it is found from the working
// directory, and name is what errors call it.
func Parse(name string, text []byte, set []string, vocabulary Vocabulary) (*Scenario, error) {
	return load(newSource(name, text), set, vocabulary)
}

// Check loads several scenarios and returns all that is wrong with any.
func Check(names []string, set []string, vocabulary Vocabulary) error {
	var all Problems
	for _, name := range names {
		_, err := Load(name, set, vocabulary)
		var found Problems
		if errors.As(err, &found) {
			all = append(all, found...)
		}
	}
	return all.err()
}

// load decodes the layers of a scenario one over the other.
func load(src *source, set []string, vocabulary Vocabulary) (*Scenario, error) {
	d := newDecoder(reflect.TypeFor[Scenario](), vocabulary)
	s := Default()
	file, problems := parse(src)
	sets, wrong := setTrees(set)
	d.problems = append(problems, wrong...)
	if file == nil {
		return nil, d.problems.err()
	}
	if file.kind != mapping {
		d.misfit(file, "", "a mapping of keys", "a scenario begins with its name: `name: my-question`")
		return nil, d.problems.err()
	}
	if base := d.base(src, file); base != nil {
		d.shared(&s, base)
	}
	d.origin[""] = file
	d.shared(&s, file)
	var worlds []worldText
	if n, ok := file.find("worlds"); ok {
		worlds = d.worldTexts(n)
	}
	before := len(d.leaves)
	worlds = d.assign(&s, worlds, sets)
	assigned := d.leaves[before:]
	if len(worlds) == 0 {
		worlds = []worldText{{name: &node{kind: scalar, text: "main", at: file.at}}}
	}
	d.validateShared(&s)
	d.decodeWorlds(&s, worlds)
	d.checkAssigned(&s, assigned)
	for i := range s.Expect {
		if s.Expect[i].World == "" && len(s.Worlds) == 1 {
			s.Expect[i].World = s.Worlds[0].Name
		}
	}
	d.checkExpectations(&s)
	if err := d.problems.err(); err != nil {
		return nil, err
	}
	return &s, nil
}

// private are the keys that make a scenario this scenario: a file does not
// inherit them from its base.
var private = []string{"name", "question", "from", "worlds", "expect"}

// base opens the file named by `from:` and returns what is inherited from it,
// nil when there is nothing.
func (d *decoder) base(src *source, file *node) *node {
	from, ok := file.find("from")
	if !ok || from.kind != scalar {
		return nil // decoding the key reports a wrong kind
	}
	name := filepath.Join(filepath.Dir(src.name), from.text)
	baseSource, problem := openSource(name)
	if problem != nil {
		baseSource, problem = openSource(from.text)
	}
	if problem != nil {
		d.complain(from.at, "from", fmt.Sprintf("%s: %s", written(from.text), problem.What), problem.Try)
		return nil
	}
	tree, problems := parse(baseSource)
	d.problems = append(d.problems, problems...)
	if tree == nil {
		return nil
	}
	if tree.kind != mapping {
		d.misfit(tree, "", "a mapping of keys", "")
		return nil
	}
	if deeper, ok := tree.find("from"); ok {
		d.complain(deeper.at, "from", "a base inherits from no other file",
			fmt.Sprintf("%s inherits from it; one file deep keeps a scenario readable", filepath.Base(src.name)))
	}
	return tree.without(private...)
}

// without is a mapping less some of its keys.
func (n *node) without(keys ...string) *node {
	rest := *n
	rest.pairs = slices.DeleteFunc(slices.Clone(n.pairs), func(p pair) bool { return slices.Contains(keys, p.key.text) })
	return &rest
}

// shared decodes the part of a tree that all worlds share.
func (d *decoder) shared(s *Scenario, tree *node) {
	d.structure(reflect.ValueOf(s).Elem(), tree.without("worlds"), "")
}

// validateShared validates what worlds cannot change.
func (d *decoder) validateShared(s *Scenario) {
	d.adopt("", s.Validate())
	for _, f := range fieldsOf(reflect.TypeFor[Scenario]()) {
		switch f.name {
		case "agents", "system", "events", "worlds":
		default:
			d.validate(reflect.ValueOf(s).Elem().FieldByIndex(f.index), f.name)
		}
	}
}

// placed is what an event's arguments implement that only some worlds can grant.
type placed interface {
	Within(content.Config) error
}

// checkEvents reports events that would never happen, or that name what the
// world does not have.
func (d *decoder) checkEvents(s *Scenario, w *World) {
	for i, e := range w.Events {
		if with, ok := e.With.(placed); ok {
			d.adopt(fmt.Sprintf("events[%d].with", i), with.Within(w.Agents.Posts))
		}
		if _, fault := e.With.(FaultArguments); fault && w.System.Feed != Stack {
			path := fmt.Sprintf("events[%d].do", i)
			at, _ := d.written(path)
			d.complain(at.at, path, fmt.Sprintf("%s is a fault of the stack, and system.feed: %s has none", e.Do, w.System.Feed), "`events: []` leaves a world in peace")
		}
		if end := s.Clock.Run; e.At.Sub(0) >= end && end > 0 {
			d.faulty(fmt.Sprintf("events[%d].at", i), e.At, "a time before the end of the run, "+FormatDuration(end))
		}
	}
}
