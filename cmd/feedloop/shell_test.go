package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"feedloop/plots"
	"feedloop/scenarios"
	"feedloop/scenarios/run"
	"feedloop/scenarios/score"
	"feedloop/sim"
	"feedloop/sim/record"
)

// question is a small sound scenario with two worlds.
const question = `
version: 1
name: question
question: Does it matter?
clock: {run: 2d, warmup: 1d}
replicates: 2
worlds:
  one: {}
  two: {system.feed: newest}
`

// A rig is a shell in a folder of its own, with an engine that simulates nothing and ends as it is told to.
type rig struct {
	shell
	out, err  bytes.Buffer
	simulated int           // calls of simulate
	last      run.Options   // of the last call
	verdict   score.Verdict // what judging says
	failure   error         // what simulating returns
	interrupt bool          // the user interrupts the next call
	luck      uint64        // folded into every digest
	again     run.Again     // what running twice more says
	asked     [2]uint64     // of which events
}

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{verdict: score.Held}
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("question.yaml", []byte(question), 0o644))
	clock := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	r.stdout, r.stderr = &r.out, &r.err
	r.now = func() time.Time { clock = clock.Add(time.Second); return clock }
	r.engine = engine{
		vocabulary: run.Vocabulary,
		simulate:   r.simulate,
		twice: func(_ context.Context, _ *scenarios.Scenario, _ string, _ int, first, last uint64) (run.Again, error) {
			r.asked = [2]uint64{first, last}
			return r.again, nil
		},
		judge: r.judge,
		draw: func(_ *record.Run, figure, path string, _, _ float64) error {
			return os.WriteFile(path, []byte(figure), 0o644)
		},
		drawAll: func(_ *record.Run, folder string) ([]*plots.Missing, error) {
			return nil, os.MkdirAll(folder, 0o755)
		},
	}
	return r
}

// call runs a command line and returns its exit code.
func (r *rig) call(args ...string) int {
	r.out.Reset()
	r.err.Reset()
	r.args = args
	ctx, interrupt := context.WithCancel(context.Background())
	defer interrupt()
	if r.interrupt {
		interrupt()
	}
	return r.main(ctx)
}

// simulate leaves two checkpoints a replicate. An interrupted run finished its first replicate only.
func (r *rig) simulate(ctx context.Context, s *scenarios.Scenario, o run.Options) (*record.Run, error) {
	r.simulated++
	r.last = o
	if r.failure != nil {
		return nil, r.failure
	}
	interrupted := ctx.Err() != nil
	m := record.Manifest{Scenario: s.Name, Seed: s.Seed, Replicates: s.Replicates, Incomplete: interrupted}
	var results []record.Result
	for _, w := range s.Worlds {
		if o.Only != "" && o.Only != w.Name {
			continue
		}
		m.Worlds = append(m.Worlds, w.Name)
		for i := range s.Replicates {
			if len(results) == 0 || !interrupted {
				results = append(results, record.Result{World: w.Name, Replicate: i, Trail: r.trail(s, i)})
			}
		}
	}
	for done := 0; done <= 20; done++ {
		o.Progress(run.Progress{Done: float64(done) / 20, Requests: int64(100 * done), Day: float64(done) / 10})
	}
	left, err := record.Assemble(m, s.Effective(), results)
	return left, errors.Join(err, ctx.Err())
}

// trail is two checkpoints, of which luck changes the second.
func (r *rig) trail(s *scenarios.Scenario, replicate int) []sim.Checkpoint {
	first := sim.Digest(s.Seed).Fold(uint64(replicate))
	return []sim.Checkpoint{
		{Delivered: 65_536, At: sim.Time(sim.Day), Events: first, People: first},
		{Delivered: 100_000, At: sim.Time(2 * sim.Day), Events: first.Fold(r.luck), People: first},
	}
}

func (r *rig) judge(s *scenarios.Scenario, left *record.Run) score.Summary {
	return score.Summary{
		Scenario: s.Name, Question: s.Question, Verdict: r.verdict, Seed: s.Seed, Replicates: s.Replicates,
		Worlds: left.Manifest.Worlds, Requests: 2000, Incomplete: left.Manifest.Incomplete,
		Expectations: []score.Expectation{{Metric: "true_value", World: "two", Is: "> 1", Verdict: r.verdict}},
	}
}

// saved is the folder of the only run below runs.
func (r *rig) saved(t *testing.T) string {
	t.Helper()
	folders, err := filepath.Glob("runs/question/*")
	require.NoError(t, err)
	require.Len(t, folders, 1)
	return folders[0]
}

func TestExitCodes(t *testing.T) {
	for _, test := range []struct {
		verdict   score.Verdict
		failure   error
		interrupt bool
		code      int
		saved     bool
	}{
		{verdict: score.Held, code: 0, saved: true},
		{failure: fmt.Errorf("sim: clock moved back"), code: 1},
		{verdict: score.NotHeld, code: 3, saved: true},
		{verdict: score.NoData, code: 4, saved: true},
		{verdict: score.Held, interrupt: true, code: 130, saved: true},
	} {
		t.Run(fmt.Sprint(test.code), func(t *testing.T) {
			r := newRig(t)
			r.verdict, r.failure, r.interrupt = test.verdict, test.failure, test.interrupt
			require.Equal(t, test.code, r.call("run", "question.yaml"), r.err.String())
			if !test.saved {
				require.NoDirExists(t, "runs", "a run that failed leaves nothing")
				require.Empty(t, r.out.String())
				return
			}
			left, err := record.Read(r.saved(t))
			require.NoError(t, err)
			require.Equal(t, test.code == 130, left.Manifest.Incomplete)
			require.Contains(t, r.out.String(), "question: ")
		})
	}
}

// TestBadInput: what is wrong with the command line, a scenario or a folder is said before anything is simulated, and nothing
// is left behind.
func TestBadInput(t *testing.T) {
	r := newRig(t)
	require.NoError(t, os.WriteFile("empty.yaml", nil, 0o644))
	require.NoError(t, os.WriteFile("wrong.yaml", []byte("name: wrong\nseeed: 1\nreplicates: -1\n"), 0o644))
	require.NoError(t, os.MkdirAll("full", 0o755))
	for _, test := range []struct {
		args []string
		want string // in what stderr says
	}{
		{[]string{"simulate"}, "there is no verb simulate; there are "},
		{[]string{"chek"}, "did you mean check?"},
		{[]string{"run"}, "an argument is missing: feedloop run SCENARIO"},
		{[]string{"run", "a", "b"}, `"b" is one argument too many`},
		{[]string{"run", "reels", "--sed", "1"}, "unknown flag: --sed"},
		{[]string{"run", "nowhere.yaml"}, "nowhere.yaml: there is no such file"},
		{[]string{"run", "empty.yaml"}, "empty.yaml"},
		{[]string{"run", "wrong.yaml"}, "did you mean `seed`?"},
		{[]string{"run", "question.yaml", "--set", "system.fed=newest"}, "did you mean `feed`?"},
		{[]string{"run", "question.yaml", "--seed", "many"}, "got many, want a whole number"},
		{[]string{"run", "question.yaml", "--format", "xml"}, `--format is text or json, not "xml"`},
		{[]string{"run", "question.yaml", "--jobs", "-1"}, "--jobs is 1 or more"},
		{[]string{"run", "question.yaml", "--only-world", "tw"}, "did you mean two?"},
		{[]string{"run", "question.yaml", "--out", "question.yaml"}, "cannot write a run to"},
		{[]string{"check", "wrong.yaml", "nowhere.yaml"}, "3 problems"},
		{[]string{"list", "metric"}, "did you mean metrics?"},
		{[]string{"plot", "full", "timelin"}, "did you mean timeline?"},
		{[]string{"plot", "full", "timeline", "-o", "a.gif"}, `not as ".gif"`},
		{[]string{"plot", "full", "timeline"}, "is no run folder"},
		{[]string{"verify", "full"}, "is no run folder"},
		{[]string{"verify", "nowhere"}, "is no run folder"},
	} {
		require.Equal(t, exitUsage, r.call(test.args...), "%q: %s", test.args, &r.err)
		require.Contains(t, r.err.String(), test.want, "%q", test.args)
		require.Empty(t, r.out.String(), "%q", test.args)
	}
	require.Zero(t, r.simulated)
	left, err := filepath.Glob("*")
	require.NoError(t, err)
	require.Len(t, left, 4, "only what the test wrote")
}

// TestPanic: a broken invariant is a failed run. Go would exit with 2, which is the user's fault here.
func TestPanic(t *testing.T) {
	r := newRig(t)
	r.engine.simulate = func(context.Context, *scenarios.Scenario, run.Options) (*record.Run, error) {
		panic("sim: clock moved back from 3h2m to 3h1m")
	}
	require.Equal(t, exitFailed, r.call("run", "question.yaml"))
	require.Contains(t, r.err.String(), "clock moved back from 3h2m to 3h1m")
	require.Contains(t, r.err.String(), "a defect of feedloop")
}
