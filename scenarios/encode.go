package scenarios

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"
)

// Effective writes the scenario with every default spelled out and nothing
// inherited, keys in the order of the Go structs. Loading it gives the same
// scenario again.
func (s *Scenario) Effective() []byte {
	whole := *s
	whole.From = ""
	tree := encode(reflect.ValueOf(whole))
	for i := 0; i < len(tree.Content); i += 2 {
		if tree.Content[i].Value == "worlds" {
			tree.Content[i+1] = encodeWorlds(s.Worlds)
		}
	}
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(tree); err != nil {
		panic(fmt.Sprintf("scenarios: the effective scenario cannot be written: %v", err))
	}
	return b.Bytes()
}

// encodeWorlds writes worlds as the paths that they change.
func encodeWorlds(worlds []World) *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode}
	for _, w := range worlds {
		changes := &yaml.Node{Kind: yaml.MappingNode}
		if len(w.Changes) == 0 {
			changes.Style = yaml.FlowStyle
		}
		for _, c := range w.Changes {
			v, _ := lookup(reflect.ValueOf(w), c.Path)
			changes.Content = append(changes.Content, text(c.Path), encode(v))
		}
		out.Content = append(out.Content, text(w.Name), changes)
	}
	return out
}

// encode turns a value into the YAML that decodes to it. Nil pointers are
// left out: absent is what they mean.
func encode(v reflect.Value) *yaml.Node {
	if l, ok := leafOf(v.Type()); ok {
		if l.isText {
			return text(l.write(v))
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Value: l.write(v)}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return encode(v.Elem())
	case reflect.Slice:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		if _, ok := leafOf(v.Type().Elem()); ok || v.Len() == 0 {
			n.Style = yaml.FlowStyle
		}
		for i := range v.Len() {
			n.Content = append(n.Content, encode(v.Index(i)))
		}
		return n
	case reflect.Map:
		n := &yaml.Node{Kind: yaml.MappingNode}
		for _, key := range sortedKeys(v) {
			n.Content = append(n.Content, text(key.String()), encode(v.MapIndex(key)))
		}
		return emptyInline(n)
	case reflect.Struct:
		n := &yaml.Node{Kind: yaml.MappingNode}
		if isOneOf(v.Type()) {
			n.Style = yaml.FlowStyle
		}
		for _, f := range fieldsOf(v.Type()) {
			value := v.FieldByIndex(f.index)
			if isNil(value) || f.omitEmpty && value.IsZero() {
				continue
			}
			n.Content = append(n.Content, text(f.name), encode(value))
		}
		return emptyInline(n)
	}
	panic(fmt.Sprintf("scenarios: a %s has no YAML form", v.Type()))
}

// emptyInline writes an empty mapping as {}.
func emptyInline(n *yaml.Node) *yaml.Node {
	if len(n.Content) == 0 {
		n.Style = yaml.FlowStyle
	}
	return n
}

// isNil reports whether a value is a pointer or interface to nothing.
func isNil(v reflect.Value) bool {
	return (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil()
}

// text is a string node, quoted where YAML would read something else.
func text(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	odd := func(r rune) bool { return r != ' ' && !unicode.IsGraphic(r) || r == '\uFEFF' }
	const merge = "<<" // would be read as YAML's merge key
	if strings.ContainsFunc(s, odd) || strings.TrimSpace(s) != s || s == merge {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// flow writes a value on one line, as in {constant: 6h}; "" for no value.
func flow(v reflect.Value) string {
	if !v.IsValid() || isNil(v) {
		return ""
	}
	n := encode(v)
	inline(n)
	out, err := yaml.Marshal(n)
	if err != nil {
		panic(fmt.Sprintf("scenarios: a %s cannot be written: %v", v.Type(), err))
	}
	return strings.TrimSpace(string(out))
}

// inline makes a tree one line.
func inline(n *yaml.Node) {
	if n.Kind != yaml.ScalarNode {
		n.Style = yaml.FlowStyle
	}
	for _, c := range n.Content {
		inline(c)
	}
}
