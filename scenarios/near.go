package scenarios

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"feedloop/sim"
)

// longestWord is where guessing what was meant ends; no name is as long.
const longestWord = 80

// didYouMean proposes the candidates that are most like a word, or says what
// there is to choose from.
func didYouMean(word string, candidates []string) string {
	near := nearest(word, candidates)
	if len(near) == 0 {
		return "known: " + enumerate(candidates, 10)
	}
	for i, name := range near {
		near[i] = "`" + name + "`"
	}
	return "did you mean " + either(near) + "?"
}

// nearest returns the candidates with few edits from a word or, failing that,
// with the same letters: swapped neighbours are the commonest slip. A word of
// one or two letters is near to everything, so it is near to nothing.
func nearest(word string, candidates []string) []string {
	if len(word) < 3 || len(word) > longestWord {
		return nil
	}
	word = strings.ToLower(word)
	if near := sim.Near(word, candidates); len(near) > 0 {
		return near
	}
	var near []string
	for _, c := range candidates {
		if slices.Equal(slices.Sorted(slices.Values([]byte(word))), slices.Sorted(slices.Values([]byte(c)))) {
			near = append(near, c)
		}
	}
	return near
}

// enumerate lists names in the order given, at most so many of them.
func enumerate(names []string, limit int) string {
	if len(names) == 0 {
		return "none"
	}
	if len(names) > limit {
		return strings.Join(names[:limit], ", ") + fmt.Sprintf(" and %d more", len(names)-limit)
	}
	return strings.Join(names, ", ")
}

// either lists names as a choice: "a, b or c".
func either(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// homes returns the full paths whose last key is the given one, shortest
// first: where a key belongs that is misplaced in a mapping. Whoever is deep in the
// system does not mean the people, nor the other way round.
func homes(key, in string, paths []string) []string {
	part, _, deep := strings.Cut(in, ".")
	var found []string
	for _, p := range paths {
		if strings.HasSuffix(p, "."+key) && (!deep || strings.HasPrefix(p, part+".")) {
			found = append(found, p)
		}
	}
	slices.SortStableFunc(found, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	return found
}
