package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"feedloop/scenarios"
	"feedloop/scenarios/run"
	"feedloop/sim"
	"feedloop/sim/record"
)

func newVerify(s *shell) *cobra.Command {
	var jobs int
	var quiet bool
	c := &cobra.Command{
		Use:   "verify FOLDER [flags]",
		Short: "Run a saved run again, compare every digest, find the first event that differs",
		Example: `  feedloop verify runs/reels/0a1b2c3d4e5f-s42
  feedloop verify runs/reels/0a1b2c3d4e5f-s42 --jobs 1    does the number of processors matter?`,
		Args: arguments(1, 1),
		RunE: func(c *cobra.Command, args []string) error { return verify(c.Context(), s, args[0], jobs, quiet) },
	}
	c.Flags().IntVar(&jobs, "jobs", 0, jobsUsage)
	c.Flags().BoolVar(&quiet, "quiet", false, "no progress on stderr")
	return c
}

// verify repeats the run in a folder from the scenario saved there.
func verify(ctx context.Context, s *shell, folder string, jobs int, quiet bool) error {
	saved, err := record.Read(folder)
	if err != nil {
		return usage(err)
	}
	file := filepath.Join(folder, "scenario.yaml")
	if record.Hash(saved.Scenario) != saved.Manifest.SHA256 {
		return usage(fmt.Errorf("%s is not the scenario that was run: its hash differs from the manifest's", file))
	}
	scenario, err := scenarios.Parse(file, saved.Scenario, nil, s.engine.vocabulary())
	if err != nil {
		return err
	}
	p := newProgress(s, scenario, quiet)
	again, err := s.engine.simulate(ctx, scenario, run.Options{Workers: jobs, Only: onlyWorld(saved, scenario), Progress: p.show})
	p.done()
	if err != nil {
		return unfinished(err, ctx.Err() != nil)
	}
	first, err := s.compare(saved, again)
	if err != nil || first == nil {
		return err
	}
	if first.last > 0 {
		if err := s.explain(ctx, scenario, first, saved.Manifest.Build, again.Manifest.Build); err != nil {
			return unfinished(err, ctx.Err() != nil)
		}
	}
	return &exit{code: exitDiffers}
}

// onlyWorld is the world of a run that simulated just one of several; "" for all other runs.
func onlyWorld(r *record.Run, s *scenarios.Scenario) string {
	if len(s.Worlds) < 2 || len(r.Results) == 0 {
		return ""
	}
	only := r.Results[0].World
	for _, result := range r.Results {
		if result.World != only {
			return ""
		}
	}
	return only
}

// stretch is where a saved replicate and its repetition first differ: events first to last, by their numbers; 0 where there was
// no repetition.
type stretch struct {
	world       string
	replicate   int
	first, last uint64
	text        string
}

// compare prints what became of each replicate that was saved; an interrupted run saved some only. It returns where the first
// that differs does, nil where none does.
func (s *shell) compare(saved, again *record.Run) (found *stretch, err error) {
	t := newTable()
	different, events := 0, uint64(0)
	for i := range saved.Results {
		a := &saved.Results[i]
		b := again.Result(a.World, a.Replicate)
		events += a.End().Delivered
		if d := difference(a, b); d != nil {
			different++
			t.row("  "+a.World, fmt.Sprintf("replicate %d", a.Replicate+1), d.text)
			if found == nil {
				found = d
			}
		}
	}
	if different == 0 {
		_, err := fmt.Fprintf(s.stdout, "verified: %s and %s, every digest is equal\n",
			count(len(saved.Results), "replicate"), count(int(events), "event"))
		return nil, err
	}
	fmt.Fprintf(s.stdout, "differs: %d of %s did not repeat\n", different, count(len(saved.Results), "replicate"))
	return found, t.print(s.stdout)
}

// difference says where two runs of one replicate part; nil when they do not.
func difference(saved, again *record.Result) *stretch {
	if again == nil {
		return &stretch{text: "was not run again"}
	}
	from, to, differ := sim.FirstDifference(saved.Trail, again.Trail)
	if !differ {
		return nil
	}
	d := &stretch{world: saved.World, replicate: saved.Replicate, first: from + 1, last: to}
	d.text = fmt.Sprintf("first differs between events %s and %s", grouped(int64(d.first)), grouped(int64(d.last)))
	for _, c := range saved.Trail {
		if c.Delivered >= to {
			d.text += fmt.Sprintf(", by %v", c.At)
			break
		}
	}
	return d
}

// explain says what the difference may come from. A folder keeps digests and no events, so the event that differs from it is
// known to a stretch. Whether chance from outside is at work is another question: it is asked of two more runs, and where these
// differ from one another the very event is named.
func (s *shell) explain(ctx context.Context, scenario *scenarios.Scenario, d *stretch, then, now record.Build) error {
	again, err := s.engine.twice(ctx, scenario, d.world, d.replicate, d.first, d.last)
	if err != nil {
		return err
	}
	who := fmt.Sprintf("%s, replicate %d", d.world, d.replicate+1)
	if again.Difference != "" {
		fmt.Fprintf(s.stdout, "\nRun twice more, %s does not repeat itself either: a defect of feedloop. In these two runs\n%s\n",
			who, again.Difference)
		return nil
	}
	fmt.Fprintf(s.stdout, "\nRun twice more, %s repeats itself, event by event. Now the stretch begins and ends with\n  %s: %s\n  %s: %s\n%s\n",
		who, grouped(int64(d.first)), again.First, grouped(int64(d.last)), again.Last, builds(then, now))
	return nil
}

// builds says what a run that repeats itself, and not what was saved, owes to the program.
func builds(then, now record.Build) string {
	switch {
	case then != now:
		return fmt.Sprintf("The folder was made by another build, and only equal builds promise equal bits:\n  then  %s\n  now   %s",
			describe(then), describe(now))
	case now.Modified || now.Revision == "":
		return "Both builds call themselves " + describe(now) +
			",\nbut with uncommitted changes or no revision that may stand for two programs."
	}
	return "Both were made by the same build, " + describe(now) +
		":\nthe folder was changed since, or the defect shows only now and then, or on one machine."
}
