package simtest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
)

var rewrite = flag.Bool("rewrite", false, "write what commands in transcripts really print into the transcripts")

// TestKernelTranscripts replays the kernel's behaviour as it stands in testdata: the loop, lanes, timers, faults.
func TestKernelTranscripts(t *testing.T) {
	Transcripts(t, "testdata/*.txt", func() func(Command) string { return newConsole().run })
}

// console drives a kernel by commands. Every kind of event only says that it happened.
type console struct {
	k      *sim.Kernel
	kinds  map[string]sim.Kind
	timers map[string]sim.Timer
	log    strings.Builder
}

func newConsole() *console {
	c := &console{k: sim.New(sim.Options{}), kinds: map[string]sim.Kind{}, timers: map[string]sim.Timer{}}
	for lane := sim.Faults; lane <= sim.Observers; lane++ {
		c.kinds[lane.String()] = c.k.Register(lane.String(), lane, func(e sim.Event) { fmt.Fprintln(&c.log, c.k.Show(e)) })
	}
	for _, lane := range []sim.Lane{sim.Infrastructure, sim.Observers} {
		c.kinds["echo-in-"+lane.String()] = c.k.Register("echo-in-"+lane.String(), sim.People, func(e sim.Event) {
			fmt.Fprintln(&c.log, c.k.Show(e))
			c.k.After(0, c.kinds[lane.String()], e.Actor, e.Arg)
		})
	}
	point := c.k.Point("disk.slow")
	point.Changed(func(on bool) {
		fmt.Fprintf(&c.log, "%v disk.slow on=%t parameter=%v target=%q\n", c.k.Now(), on, point.Parameter(), point.Target())
	})
	return c
}

// run carries out a command and returns what was logged meanwhile; a panic is part of the log.
func (c *console) run(cmd Command) (log string) {
	c.log.Reset()
	defer func() {
		if p := recover(); p != nil {
			log = fmt.Sprintf("%spanic: %v", c.log.String(), p)
		}
	}()
	actor, _ := strconv.ParseUint(cmd.Get("actor"), 10, 32)
	switch cmd.Name {
	case "at":
		c.k.At(moment(cmd.Args[0]), c.kinds[cmd.Args[1]], uint32(actor), 0)
	case "timer":
		c.timers[cmd.Args[0]] = c.k.SetTimer(moment(cmd.Args[1]), c.kinds[cmd.Args[2]], uint32(actor), 0)
	case "cancel":
		fmt.Fprintln(&c.log, c.k.Cancel(c.timers[cmd.Args[0]]))
	case "fault":
		parameter, _ := strconv.ParseFloat(cmd.Get("parameter"), 64)
		length := moment(cmd.Get("for")).Sub(0)
		fault := sim.Fault{At: moment(cmd.Args[0]), Kind: cmd.Args[1], For: length, Target: cmd.Get("target"), Parameter: parameter}
		if err := c.k.Inject(sim.Plan{fault}); err != nil {
			fmt.Fprintln(&c.log, err)
		}
	case "run":
		c.k.Run(moment(cmd.Args[0]))
		fmt.Fprintf(&c.log, "now %v, delivered %d, pending %d\n", c.k.Now(), c.k.Delivered(), c.k.Pending())
	default:
		fmt.Fprintf(&c.log, "unknown command %q\n", cmd.Name)
	}
	return c.log.String()
}

func moment(s string) (t sim.Time) {
	if s != "" {
		if err := t.UnmarshalText([]byte(s)); err != nil {
			panic(err)
		}
	}
	return t
}

// echo prints its arguments and input.
func echo() func(Command) string {
	return func(c Command) string { return strings.Join(append(c.Args, c.Input), "\n") }
}

func TestTranscriptsFailAndRewrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "echo.txt")
	wrong := "# two commands\n\nsay a b\nmore\n----\na\nwrong\n\n# the end\nsay\n----\n"
	right := "# two commands\n\nsay a b\nmore\n----\na\nb\nmore\n\n# the end\nsay\n----\n"
	require.NoError(t, os.WriteFile(file, []byte(wrong), 0o644))
	failure := failureOf(func(tb TB) { Transcripts(tb, file, echo) })
	assert.Contains(t, failure, "echo.txt:3: say a b\n  expected:\na\nwrong\n  got:\na\nb\nmore\n")
	assert.NotContains(t, failure, "echo.txt:10", "the second is right")

	*rewrite = true
	defer func() { *rewrite = false }()
	assert.Empty(t, failureOf(func(tb TB) { Transcripts(tb, file, echo) }))
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, right, string(text))
	*rewrite = false
	assert.Empty(t, failureOf(func(tb TB) { Transcripts(tb, file, echo) }))
}

func TestTranscriptsRefuse(t *testing.T) {
	assert.Contains(t, failureOf(func(tb TB) { Transcripts(tb, "testdata/none*.txt", echo) }), "no transcripts match")
	file := filepath.Join(t.TempDir(), "bad.txt")
	require.NoError(t, os.WriteFile(file, []byte("say\n\n"), 0o644))
	assert.Contains(t, failureOf(func(tb TB) { Transcripts(tb, file, echo) }), "bad.txt:1: a command without a line of ----")
	require.NoError(t, os.WriteFile(file, []byte("say\n----\n"), 0o644))
	blank := func() func(Command) string { return func(Command) string { return "a\n\nb" } }
	assert.Contains(t, failureOf(func(tb TB) { Transcripts(tb, file, blank) }), "prints a blank line")
}
