package main

import (
	"context"

	"feedloop/plots"
	"feedloop/scenarios"
	"feedloop/scenarios/run"
	"feedloop/scenarios/score"
	"feedloop/sim/record"
)

// An engine is what the verbs drive: the packages that simulate, judge and draw. Tests drive a small one of their own, to reach
// every ending of a run without waiting for it.
type engine struct {
	vocabulary func() scenarios.Vocabulary
	simulate   func(context.Context, *scenarios.Scenario, run.Options) (*record.Run, error)
	twice      func(ctx context.Context, s *scenarios.Scenario, world string, replicate int, first, last uint64) (run.Again, error)
	judge      func(*scenarios.Scenario, *record.Run) score.Summary
	draw       func(r *record.Run, figure, path string, width, height float64) error
	drawAll    func(r *record.Run, folder string) ([]*plots.Missing, error)
}

// realEngine is the program's own.
var realEngine = engine{
	vocabulary: run.Vocabulary,
	simulate:   run.Run,
	twice:      run.Twice,
	judge:      score.Judge,
	draw:       plots.Draw,
	drawAll:    plots.All,
}

// figures lists what can be drawn.
func figures() []string {
	var names []string
	for _, f := range plots.Figures() {
		names = append(names, f.Name)
	}
	return names
}
