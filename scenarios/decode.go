package scenarios

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// decoder fills Go values from trees. It goes on after a problem, so that one
// pass finds them all.
//
// A value is filled over what it held before: keys that the tree does not
// mention stay as they are, so defaults, a base, a file and a world are
// decoded one over the other. Lists are replaced whole. Nothing that the old
// value points to is changed, so copies of it stay valid.
type decoder struct {
	root       reflect.Type // the type that paths begin at
	paths      []string     // all paths of root, to find where a misplaced key belongs; made when needed
	vocabulary Vocabulary
	problems   Problems
	origin     map[string]*node // where each path was last written
	leaves     []string         // the paths of values written, in order
	unread     []string         // the paths of values that could not be read, of which no more need be said
}

func newDecoder(root reflect.Type, vocabulary Vocabulary) *decoder {
	return &decoder{root: root, vocabulary: vocabulary, origin: map[string]*node{}}
}

// branch returns a decoder that knows what this one knows and reports apart.
func (d *decoder) branch() *decoder {
	return &decoder{root: d.root, vocabulary: d.vocabulary, origin: maps.Clone(d.origin), unread: slices.Clone(d.unread)}
}

func (d *decoder) complain(at place, path, what, try string) {
	d.problems = append(d.problems, problemAt(at, path, what, try))
}

func (d *decoder) misfit(n *node, path, want, try string) {
	d.unread = append(d.unread, path)
	d.problems = append(d.problems, misfit(n.at, path, n.said(), want, try))
}

// custom is implemented by types whose YAML form depends on more than the Go
// type: an event's arguments depend on what it does.
type custom interface {
	decode(d *decoder, n *node, path string)
}

// value fills v from n.
func (d *decoder) value(v reflect.Value, n *node, path string) {
	d.origin[path] = n
	if c, ok := v.Addr().Interface().(custom); ok {
		c.decode(d, n, path)
		return
	}
	if l, ok := leafOf(v.Type()); ok {
		d.leaf(v, l, n, path)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		fresh := reflect.New(v.Type().Elem())
		if !v.IsNil() {
			fresh.Elem().Set(v.Elem())
		}
		v.Set(fresh)
		d.value(fresh.Elem(), n, path)
	case reflect.Struct:
		if isOneOf(v.Type()) {
			d.oneOf(v, n, path)
			return
		}
		d.structure(v, n, path)
	case reflect.Slice:
		d.list(v, n, path)
	case reflect.Map:
		d.mapping(v, n, path)
	default:
		panic(fmt.Sprintf("scenarios: %s has the type %s, which no YAML value fills", path, v.Type()))
	}
}

// leaf reads a scalar.
func (d *decoder) leaf(v reflect.Value, l leaf, n *node, path string) {
	d.leaves = append(d.leaves, path)
	if n.kind != scalar {
		d.misfit(n, path, l.want, leaveOut(n))
		return
	}
	if l.json != "string" && n.plain == "str" {
		if unquoted := resolve(n.text); unquoted != "str" {
			d.misfit(n, path, l.want, fmt.Sprintf("without quotes: %s", n.text))
			return
		}
	}
	value, try := l.read(n)
	if value == nil {
		d.misfit(n, path, l.want, try)
		return
	}
	v.Set(reflect.ValueOf(value))
}

// leaveOut is the advice for a key without a value.
func leaveOut(n *node) string {
	if n.kind == empty {
		return "leave the key out to keep its default"
	}
	return ""
}

// structure reads a mapping with known keys.
func (d *decoder) structure(v reflect.Value, n *node, path string) {
	fields := fieldsOf(v.Type())
	if n.kind != mapping {
		d.misfit(n, path, "a mapping with keys such as "+enumerate(names(fields), 4), leaveOut(n))
		return
	}
	for _, p := range n.pairs {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == p.key.text })
		if i < 0 {
			d.unknown(p.key, path, names(fields))
			continue
		}
		d.value(v.FieldByIndex(fields[i].index), p.value, join(path, p.key.text))
	}
}

// oneOf reads a mapping with exactly one of the known keys. Another key than
// before starts from nothing; the same key keeps what it does not mention.
func (d *decoder) oneOf(v reflect.Value, n *node, path string) {
	fields := fieldsOf(v.Type())
	if n.kind != mapping || len(n.pairs) != 1 {
		d.misfit(n, path, "exactly one of "+either(names(fields)), example(fields))
		return
	}
	p, before := n.pairs[0], len(d.leaves)
	i := slices.IndexFunc(fields, func(f field) bool { return f.name == p.key.text })
	if i < 0 {
		d.unknown(p.key, path, names(fields))
		return
	}
	kept := v.FieldByIndex(fields[i].index).Interface()
	v.SetZero()
	chosen := v.FieldByIndex(fields[i].index)
	chosen.Set(reflect.ValueOf(kept))
	d.value(chosen, p.value, join(path, p.key.text))
	d.leaves = append(d.leaves[:before], path)
}

// example shows how a one-key mapping is written.
func example(fields []field) string {
	inner := fields[0].typ.Elem()
	if inner.Kind() != reflect.Struct {
		return ""
	}
	keys := names(fieldsOf(inner))
	return fmt.Sprintf("such as {%s: {%s: …}}", fields[0].name, strings.Join(keys, ": …, "))
}

// list reads a list; what the value held before is forgotten.
func (d *decoder) list(v reflect.Value, n *node, path string) {
	if n.kind != list {
		try := ""
		if n.kind == scalar {
			try = fmt.Sprintf("in brackets: [%s]", written(n.text))
		}
		d.misfit(n, path, "a list", try)
		return
	}
	before := len(d.leaves)
	v.SetZero()
	if len(n.items) > 0 {
		v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	}
	for i, item := range n.items {
		d.value(v.Index(i), item, fmt.Sprintf("%s[%d]", path, i))
	}
	d.leaves = append(d.leaves[:before], path)
}

// mapping reads a mapping whose keys are free, over what was there.
func (d *decoder) mapping(v reflect.Value, n *node, path string) {
	if n.kind != mapping {
		d.misfit(n, path, "a mapping", "")
		return
	}
	fresh := reflect.MakeMap(v.Type())
	for _, key := range v.MapKeys() {
		fresh.SetMapIndex(key, v.MapIndex(key))
	}
	v.Set(fresh)
	keyType := v.Type().Key()
	for _, p := range n.pairs {
		key := reflect.New(keyType).Elem()
		if l, _ := leafOf(keyType); len(l.values) > 0 && !slices.Contains(l.values, p.key.text) {
			d.unknown(p.key, path, l.values)
			continue
		}
		key.SetString(p.key.text)
		element := reflect.New(v.Type().Elem()).Elem()
		if old := fresh.MapIndex(key); old.IsValid() {
			element.Set(old)
		}
		d.value(element, p.value, join(path, p.key.text))
		fresh.SetMapIndex(key, element)
	}
}

// unknown reports a key that does not exist, with the keys that its writer
// may have meant: a neighbour by spelling, or the same word elsewhere.
func (d *decoder) unknown(key *node, path string, known []string) {
	try := didYouMean(key.text, known)
	if name, _, element := strings.Cut(key.text, "["); element && slices.Contains(known, name) {
		try = fmt.Sprintf("a list is set whole: %s: [...]", name)
	}
	if outer, inner, dotted := strings.Cut(key.text, "."); dotted && slices.Contains(known, outer) {
		depth := strings.Count(inner, ".") + 1
		nested := strings.ReplaceAll(inner, ".", ": {") + ": …" + strings.Repeat("}", depth)
		try = fmt.Sprintf("paths are for worlds; here write %s: {%s", outer, nested)
	}
	if strings.HasPrefix(try, "known: ") && d.root != nil {
		if d.paths == nil {
			d.paths = paths(d.root, "")
		}
		if found := homes(key.text, path, d.paths); len(found) > 0 {
			try = fmt.Sprintf("did you mean `%s`?", found[0])
		}
	}
	d.complain(key.at, join(path, written(key.text)), "unknown key", try)
}
