package archtest

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// readingOrder opens the end of a package comment, which names the package's files.
const readingOrder = "eading order"

// named matches a source file's name in prose, below the package's folder.
var named = regexp.MustCompile(`[a-z0-9_/]+\.(go|s)\b`)

// checkReading holds every reading order to the files that there are.
func checkReading(t *Tree, report Report) {
	texts := map[string]bool{}
	for _, text := range t.Texts {
		texts[text.Path] = true
	}
	for _, p := range t.Packages {
		at := slices.IndexFunc(p.Files, func(f *File) bool { return path.Base(f.Path) == "doc.go" })
		if at < 0 {
			continue // docs asks for it
		}
		doc := p.Files[at]
		_, order, found := strings.Cut(doc.Syntax.Doc.Text(), readingOrder)
		if !found {
			report(doc.Path, "the package comment has no reading order; end it with one")
			continue
		}
		listed := map[string]bool{}
		for _, name := range named.FindAllString(order, -1) {
			listed[path.Join(p.Path, name)] = true
			if !texts[path.Join(p.Path, name)] {
				report(doc.Path, "the reading order names %s, which is not there; leave it out", name)
			}
		}
		for _, f := range p.Files {
			if !f.Test && f != doc && !listed[f.Path] {
				report(doc.Path, "the reading order lacks %s; say where it is to be read", path.Base(f.Path))
			}
		}
	}
}
