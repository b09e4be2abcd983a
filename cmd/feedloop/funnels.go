package main

import (
	"fmt"
	"math"
	"strings"

	"feedloop/scenarios/score"
)

// funnels say what became of the value that the best page would have had.
func funnels(s score.Summary) []string {
	if len(s.Funnels) == 0 {
		return nil
	}
	header := []string{"Of the best page's true value", "kept"}
	for _, l := range s.Funnels[0].Lost {
		header = append(header, strings.ReplaceAll(l.Step, "_", " "))
	}
	t := newTable(header...)
	for i := range header {
		t.right[i] = i > 0
	}
	for _, f := range s.Funnels[:min(funnelRows, len(s.Funnels))] {
		row := []string{"  " + shortened(f.World, 24), percent(f.Kept)}
		for _, l := range f.Lost {
			row = append(row, percent(l.Share))
		}
		t.row(row...)
	}
	return t.lines()
}

// percent is a share to a tenth of a percent.
func percent(v score.Value) string {
	if math.IsNaN(v.Estimate) {
		return "–"
	}
	return strings.Replace(fmt.Sprintf("%.1f %%", 100*v.Estimate), "-0.0", "0.0", 1)
}
