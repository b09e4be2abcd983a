package run

import (
	"cmp"
	"context"
	"fmt"

	"feedloop/scenarios"
	"feedloop/sim"
	"feedloop/sim/simtest"
)

// Again is what two further runs of one replicate have to say about a stretch
// of its events.
type Again struct {
	// Difference says which event is the first that differs between the two; it
	// is empty where the runs agree with one another.
	Difference string
	// First and Last are the events at the ends of the stretch, where the runs
	// do not differ; "the end" where a run has no such event.
	First, Last string
}

// Twice lives one replicate of one world twice more, side by side, and says
// whether the runs agree with one another. Where they do, it says what happens
// at the ends of the stretch of events numbered first to last.
func Twice(ctx context.Context, s *scenarios.Scenario, world string, replicate int, first, last uint64) (Again, error) {
	w, ok := s.World(world)
	if !ok || replicate < 0 || replicate >= s.Replicates {
		return Again{}, fmt.Errorf("the scenario has no world %s with a replicate %d", world, replicate+1)
	}
	t := task{world: w, replicate: replicate}
	return twice(ctx, s, [2]task{t, t}, first, last)
}

func twice(ctx context.Context, s *scenarios.Scenario, tasks [2]task, first, last uint64) (a Again, err error) {
	one, other := another(ctx, s, tasks[0], &err), another(ctx, s, tasks[1], &err)
	d, differ := simtest.Bisect(one, other)
	switch {
	case err != nil || ctx.Err() != nil:
		return a, cmp.Or(err, ctx.Err())
	case differ:
		return Again{Difference: d.String()}, nil
	}
	a.First, a.Last = "the end", "the end"
	one(func(k *sim.Kernel) {
		k.Trace(first-1, last, func(e sim.Event) {
			switch k.Delivered() {
			case first:
				a.First = k.Show(e)
			case last:
				a.Last = k.Show(e)
			}
		})
	})
	return a, err
}

// another is a world as tools that compare runs want it. What goes wrong is noted
// in err, and a world that cannot be built is an empty one.
func another(ctx context.Context, s *scenarios.Scenario, t task, err *error) simtest.World {
	return func(prepare func(*sim.Kernel)) {
		built := false
		_, wrong := lives(ctx, s, t, func(w *world) { built = true; prepare(w.kernel) }, func(*world, sim.Time) {})
		if wrong != nil {
			*err = wrong
		}
		if !built {
			prepare(sim.New(t.kernel))
		}
	}
}
