package simtest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
)

// rewriting tells whether the test flag -rewrite is set. A test package with transcripts declares it; this package is part of
// the program, too, and the program has no such flag.
func rewriting() bool {
	f := flag.Lookup("rewrite")
	return f != nil && f.Value.String() == "true"
}

// Command is one command of a transcript.
type Command struct {
	Name  string
	Args  []string // words after the name
	Input string   // lines between the command and the rule below it
}

// Get returns the value of an argument written key=value, or "".
func (c Command) Get(key string) string {
	for _, arg := range c.Args {
		if value, found := strings.CutPrefix(arg, key+"="); found {
			return value
		}
	}
	return ""
}

// Transcripts runs the commands of every file that matches a pattern ("testdata/*.txt") and compares what they return
// with what stands in the file. For each file, start returns the function that runs its commands one after the other.
// The test flag -rewrite, a bool that the test package declares, writes the files anew; read the difference before you commit it. In a file,
//
//	# comments and blank lines stand between commands
//	schedule kind=tick at=1s
//	further lines of input, if any
//	----
//	what it prints, up to the next blank line
func Transcripts(t TB, pattern string, start func() func(Command) string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts match %s (%v)", pattern, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("%v", err)
		}
		got := replay(t, file, string(text), start())
		if rewriting() && got != string(text) {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatalf("%v", err)
			}
		}
	}
}

// rule separates a command from what it prints.
const rule = "----"

// replay runs the commands of a transcript and returns it with what they really print. Unless that is to be written,
// a difference fails the test.
func replay(t TB, file, text string, run func(Command) string) string {
	t.Helper()
	var out []string
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		out = append(out, lines[i])
		if lines[i] == "" || strings.HasPrefix(lines[i], "#") {
			continue
		}
		first := i
		for i++; i < len(lines) && lines[i] != rule; i++ {
			out = append(out, lines[i])
		}
		if i == len(lines) {
			t.Fatalf("%s:%d: a command without a line of %s below it", file, first+1, rule)
		}
		input := strings.Join(lines[first+1:i], "\n")
		words := strings.Fields(lines[first])
		got := strings.TrimRight(run(Command{Name: words[0], Args: words[1:], Input: input}), "\n")
		if strings.Contains(got, "\n\n") {
			t.Fatalf("%s:%d: a command prints a blank line, which would end what it prints:\n%s", file, first+1, got)
		}
		expected := i + 1
		for i < len(lines)-1 && lines[i+1] != "" {
			i++
		}
		if want := strings.Join(lines[expected:i+1], "\n"); got != want && !rewriting() {
			t.Errorf("%s:%d: %s\n  expected:\n%s\n  got:\n%s\n  (-rewrite accepts what it prints)", file, first+1, lines[first], want, got)
		}
		out = append(out, rule)
		if got != "" {
			out = append(out, got)
		}
	}
	return strings.Join(out, "\n")
}
