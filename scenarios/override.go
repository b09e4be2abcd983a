package scenarios

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// worldText is a world as written: its name and, in order of precedence, the
// trees that change it.
type worldText struct {
	name   *node
	layers []*node
}

// worldTexts reads the `worlds:` mapping.
func (d *decoder) worldTexts(n *node) []worldText {
	if n.kind != mapping {
		d.misfit(n, "worlds", "a mapping from names to the keys that they change",
			"such as {main: {}}")
		return nil
	}
	if len(n.pairs) > maxWorlds {
		d.complain(n.at, "worlds", fmt.Sprintf("got %d worlds, want at most %d", len(n.pairs), maxWorlds), "to vary a number, see `feedloop sweep`")
		return nil
	}
	var out []worldText
	for _, p := range n.pairs {
		if !nameForm.MatchString(p.key.text) {
			d.misfit(p.key, "worlds", "lower-case words joined by hyphens", kebabHint(p.key.text))
			continue
		}
		out = append(out, worldText{p.key, d.overrides(p.value, "worlds."+p.key.text)})
	}
	return out
}

// kebabHint turns a name into a legal one, if little is missing.
func kebabHint(name string) string {
	kebab := strings.ToLower(strings.NewReplacer("_", "-", " ", "-", ".", "-").Replace(name))
	if nameForm.MatchString(kebab) {
		return fmt.Sprintf("did you mean `%s`?", kebab)
	}
	return ""
}

// maxWorlds is how many worlds a scenario may compare: more would not fit any
// table, and are a mistake.
const maxWorlds = 50

// overrides turns the changes of a world into trees, one a key. A key may be
// a path.
func (d *decoder) overrides(n *node, path string) []*node {
	if n.kind == empty {
		return nil
	}
	if n.kind != mapping {
		d.misfit(n, path, "a mapping from paths to values", "such as {system.feed: newest}")
		return nil
	}
	var layers []*node
	for _, p := range n.pairs {
		layers = append(layers, nest(p.key, p.value))
	}
	return layers
}

// nest turns a dotted key and its value into nested mappings of one key each,
// every one placed at its part of the dotted key.
func nest(key, value *node) *node {
	first, rest, more := strings.Cut(key.text, ".")
	width := len([]rune(first))
	head := &node{kind: scalar, text: first, plain: "str", at: key.at}
	head.at.width = width
	if !more {
		head.at = key.at
		return &node{kind: mapping, at: key.at, pairs: []pair{{head, value}}}
	}
	tail := &node{kind: scalar, text: rest, plain: "str", at: key.at}
	tail.at.column += width + 1
	tail.at.width = max(1, key.at.width-width-1)
	return &node{kind: mapping, at: key.at, pairs: []pair{{head, nest(tail, value)}}}
}

// world decodes what a world changes over the shared scenario.
func (d *decoder) world(s *Scenario, text worldText) World {
	w := World{Name: text.name.text, Agents: s.Agents, System: s.System, Events: s.Events}
	fields := fieldsOf(reflect.TypeFor[World]())
	first := map[string]place{}
	own := fieldsOf(reflect.TypeFor[Scenario]())
	for _, layer := range text.layers {
		key := layer.pairs[0].key
		if slices.Contains(names(own), key.text) && !slices.Contains(names(fields), key.text) {
			d.complain(key.at, key.text, "all worlds share this key", "a world may change agents, system and events")
			continue
		}
		before := len(d.leaves)
		d.structure(reflect.ValueOf(&w).Elem(), layer, "")
		for _, path := range d.leaves[before:] {
			at := d.origin[path].at
			if earlier, twice := first[path]; twice && at.src == earlier.src {
				d.complain(at, path, "the world changes this key twice", fmt.Sprintf("first on line %d: keep one", earlier.line))
			}
			first[path] = at
		}
	}
	w.Changes = changes(s, &w, d.leaves)
	return w
}

// decodeWorlds decodes and validates the worlds. What is wrong with all of
// them is wrong with the shared part and told once; the rest names its world.
func (d *decoder) decodeWorlds(s *Scenario, worlds []worldText) {
	type finding struct {
		problem Problem
		worlds  []string
	}
	var findings []finding
	for _, text := range worlds {
		own := d.branch()
		w := own.world(s, text)
		own.validate(reflect.ValueOf(w), "")
		own.checkEvents(s, &w)
		own.checkUploads(s, &w)
		s.Worlds = append(s.Worlds, w)
		for _, p := range own.problems {
			i := slices.IndexFunc(findings, func(f finding) bool { return f.problem == p })
			if i < 0 {
				findings = append(findings, finding{problem: p})
				i = len(findings) - 1
			}
			if !slices.Contains(findings[i].worlds, w.Name) {
				findings[i].worlds = append(findings[i].worlds, w.Name)
			}
		}
	}
	for _, f := range findings {
		if len(f.worlds) < len(worlds) {
			f.problem.What += fmt.Sprintf(" (in world %s)", strings.Join(f.worlds, ", "))
		}
		d.problems = append(d.problems, f.problem)
	}
}
