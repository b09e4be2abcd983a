package run

import (
	"context"
	"errors"
	"feedloop/scenarios"
	"feedloop/scenarios/score"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system/recommender"
	"fmt"
	"runtime/debug"
)

// Options steer a run; they change nothing that it finds.
type Options struct {
	// Workers is how many worlds live at once; 0: one a processor.
	Workers int
	// Only is the one world to run; empty runs all.
	Only string
	// FailFast stops starting worlds once one has failed.
	FailFast bool
	// Progress is called from time to time, from one goroutine at a time; nil
	// is allowed.
	Progress func(Progress)
}

// Progress says how far a run is.
type Progress struct {
	Done          float64 // share of all simulated time
	Requests      int64   // pages asked for, over all worlds and replicates
	Day           float64 // simulated days of the world that reports
	Headline      string  // name of a metric
	HeadlineValue float64 // its value in that world's last window
}

// task is one replicate of one world.
type task struct {
	world     scenarios.World
	replicate int
	kernel    sim.Options // no outcome may depend on them; tests try
}

// Run lives every world of a scenario and returns what they left. When ctx
// ends, what has finished is returned with the manifest marked incomplete and
// the context's error.
func Run(ctx context.Context, s *scenarios.Scenario, o Options) (*record.Run, error) {
	var tasks []task
	for r := range s.Replicates {
		for _, w := range s.Worlds {
			if o.Only == "" || o.Only == w.Name {
				tasks = append(tasks, task{world: w, replicate: r})
			}
		}
	}
	results := make([]*record.Result, len(tasks))
	board := newBoard(o.Progress, len(tasks), s)
	interrupted := ctx.Err
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	err := sim.Parallel(len(tasks), o.Workers, func(i int) error {
		if ctx.Err() != nil {
			return nil
		}
		result, err := lives(ctx, s, tasks[i], func(*world) {}, func(w *world, now sim.Time) { board.report(i, w, now) })
		if err != nil && o.FailFast {
			cancel()
		}
		results[i] = result
		return err
	})
	run, wrong := assemble(s, o, results)
	return run, errors.Join(err, interrupted(), wrong)
}

// lives builds a world, shows it to built before it begins, and lets it live. A
// panic, which is a broken promise of the program, becomes an error that names
// the world, so that the others finish and are kept.
func lives(ctx context.Context, s *scenarios.Scenario, t task, built func(*world), report func(*world, sim.Time)) (result *record.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("world %s, replicate %d, seed %d: %v\n%s", t.world.Name, t.replicate, s.Seed, p, debug.Stack())
		}
	}()
	w, err := build(s, t)
	if err != nil {
		return nil, err
	}
	built(w)
	return w.live(ctx, func(now sim.Time) { report(w, now) })
}

// assemble puts the finished results together.
func assemble(s *scenarios.Scenario, o Options, results []*record.Result) (*record.Run, error) {
	m := record.Manifest{
		Scenario: s.Name, Question: s.Question, Seed: s.Seed, Replicates: s.Replicates,
		Start: s.Clock.Start, Span: record.Length(s.Clock.Run), Warmup: record.Length(s.Clock.Warmup),
		Window: record.Length(s.Record.Series), Simplified: Simplifications,
	}
	for _, w := range s.Worlds {
		if o.Only == "" || o.Only == w.Name {
			m.Worlds = append(m.Worlds, w.Name)
		}
	}
	var finished []record.Result
	for _, r := range results {
		if r == nil {
			m.Incomplete = true
			continue
		}
		finished = append(finished, *r)
	}
	for _, w := range s.Worlds {
		if w.System.Feed == scenarios.Recommender && w.System.Recommender.Family == recommender.Ideal {
			score.Homogenise(finished, w.Name)
			break
		}
	}
	return record.Assemble(m, s.Effective(), finished)
}

// Simplifications are what the model of this version leaves out, for the
// manifest.
var Simplifications = []string{
	"the served log is read by joiner and monitor without delay",
	"taste has sixteen axes, onto which further attributes are folded; topics beyond sixteen share satiation levels",
	"a page is lived through at the moment it arrives; its events leave the device at their own times",
	"creators know the reach of their posts at once, where they care for it at all",
	"the aggregate load follows the simulated requests, smoothed over an hour",
}
