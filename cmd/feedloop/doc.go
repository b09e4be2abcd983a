// Command feedloop simulates a feed ranking system together with the people who use it, and answers questions about both.
//
//	feedloop run scenarios/base/reels.yaml     simulate a scenario, check its expectations
//	feedloop check my.yaml                     say all that is wrong with a scenario, without running it
//	feedloop list metrics                      what a scenario may name
//	feedloop plot FOLDER timeline -o age.svg   draw one figure of a run again
//	feedloop verify FOLDER                     run it again, and find the first event that differs
//	feedloop version                           which build this is
//
// It is a terminal around three packages, and knows no more of a feed than they tell it:
//
//	YAML ──▶ scenarios ──▶ scenarios/run ──▶ sim/record ──▶ scenarios/score ──▶ stdout
//	                            │                 └───────▶ plots ──▶ the run's folder
//	                            └── progress ──▶ stderr
//
// Results go to stdout and nothing else does: the same scenario, seed and build write the same bytes there. Progress, wall
// time and where things were saved go to stderr. This is the only package that touches flags, exit codes, the clock on the
// wall and colour, and even here a verb sees them only through its shell, so that tests run whole commands in-process.
//
// It leaves out every decision about the world: that is YAML's, and flags only steer the run.
//
// Reading order: main.go, shell.go, exit.go; root.go and the verbs run.go, check.go, list.go, plot.go, verify.go,
// version.go; engine.go, what they drive; summary.go, funnels.go, table.go and quantity.go, the words they print;
// progress.go.
package main
