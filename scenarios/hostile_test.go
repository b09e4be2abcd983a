package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestHostileInputIsRefusedAtOnce gives the loader the worst that fits in a
// file: each must be answered within a second of the processor.
func TestHostileInputIsRefusedAtOnce(t *testing.T) {
	const room = maxBytes - 200
	fill := func(head, piece string) string { return head + strings.Repeat(piece, (room-len(head))/len(piece)) }
	distinct := func(head, format string) string {
		var b strings.Builder
		b.WriteString(head)
		for i := 0; b.Len() < room; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	worlds := "worlds:\n"
	for i := range maxWorlds {
		worlds += fmt.Sprintf("  w%d: {agents.users.taste: {topics: 99, tpics: 3}, agents.users.cuont: 1}\n", i)
	}
	bomb := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'j'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.Repeat(fmt.Sprintf("*%c, ", c-1), 10))
	}
	for name, text := range map[string]string{
		"brackets":         fill("", "["),
		"braces":           fill("", "{a: "),
		"dashes":           fill("", "- "),
		"questions":        fill("", "? "),
		"closed brackets":  strings.Repeat("[", 9000) + strings.Repeat("]", 9000),
		"unknown keys":     distinct("", "key%d: 1\n"),
		"typos":            distinct("", "versoin%d: 1\n"),
		"keys in worlds":   distinct("worlds:\n  a:\n", "    agents.users.key%d: 1\n"),
		"worlds":           distinct("worlds:\n", "  w%d: {}\n"),
		"many worlds":      "name: x\n" + worlds,
		"bad events":       distinct("events:\n", "  - {at: %dd, do: nothing}\n"),
		"bad expectations": distinct("expect:\n", "  - {metric: m%d, world: w, is: x}\n"),
		"late syntax":      distinct("", "key%d: 1\n") + " ]",
		"open quote":       fill("a: \"", "x\n"),
		"open bracket":     distinct("a: [", "x%d,\n"),
		"long key":         fill("", "x") + ": 1",
		"long path":        "worlds:\n  a: {" + fill("", "a.") + "a: 1}",
		"long number":      "seed: " + fill("", "9"),
		"long duration":    "clock: {run: " + fill("", "1h") + "}",
		"long bound":       "expect: [{is: \"" + fill("", "> ") + "\"}]",
		"duplicates":       fill("", "a: 1\n"),
		"bomb":             bomb,
		"comments":         fill("", "# x\n"),
		"documents":        fill("", "---\n"),
		"anchors":          distinct("a:\n", "- &x%d 1\n"),
	} {
		promptly(t, name, func() {
			_, err := Parse("hostile.yaml", []byte(text), []string{text}, words())
			if assert.Error(t, err, name) {
				assert.NotEmpty(t, err.Error())
			}
		})
	}
}
