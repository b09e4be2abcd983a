package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"feedloop/scenarios/run"
	"feedloop/sim/record"
)

func TestVerify(t *testing.T) {
	r := newRig(t)
	require.Zero(t, r.call("run", "question.yaml"))
	folder := r.saved(t)

	require.Zero(t, r.call("verify", folder), r.err.String())
	require.Equal(t, "verified: 4 replicates and 400,000 events, every digest is equal\n", r.out.String())

	r.luck, r.again = 1, run.Again{First: "1d1h people user.visit actor 3 arg 4", Last: "the end"}
	require.Equal(t, exitDiffers, r.call("verify", folder))
	require.Contains(t, r.out.String(), "differs: 4 of 4 replicates did not repeat")
	require.Contains(t, r.out.String(), "two  replicate 2  first differs between events 65,537 and 100,000, by 2d")
	require.Equal(t, [2]uint64{65_537, 100_000}, r.asked)
	require.Contains(t, r.out.String(), "Run twice more, one, replicate 1 repeats itself")
	require.Contains(t, r.out.String(), "  65,537: 1d1h people user.visit actor 3 arg 4\n  100,000: the end\n")
	require.Contains(t, r.out.String(), "uncommitted changes")

	r.again = run.Again{Difference: "event 70001 is the first that differs"}
	require.Equal(t, exitDiffers, r.call("verify", folder))
	require.Contains(t, r.out.String(), "does not repeat itself either: a defect of feedloop")
	require.Contains(t, r.out.String(), "event 70001 is the first that differs\n")
}

// TestVerifyInterrupted: what an interrupted run had finished can be verified.
func TestVerifyInterrupted(t *testing.T) {
	r := newRig(t)
	require.Zero(t, r.call("run", "question.yaml"))
	folder := r.saved(t)
	left, err := record.Read(folder)
	require.NoError(t, err)
	part, err := record.Assemble(record.Manifest{Scenario: "question", Worlds: []string{"one", "two"}, Incomplete: true},
		left.Scenario, left.Results[:3])
	require.NoError(t, err)
	require.NoError(t, part.Write(folder))
	require.Zero(t, r.call("verify", folder), r.err.String())
	require.Contains(t, r.out.String(), "verified: 3 replicates")
}

// TestVerifyOtherBuild: equal bits are promised for equal builds only, so the difference must name the builds.
func TestVerifyOtherBuild(t *testing.T) {
	then, now := record.Build{Version: "v1.0.0", Go: "go1.26.0", OS: "linux", Arch: "arm64"}, record.ThisBuild()
	text := builds(then, now)
	require.Contains(t, text, "another build")
	require.Contains(t, text, "feedloop v1.0.0, go1.26.0, linux/arm64")
	require.Contains(t, text, describe(now))
	clean := record.Build{Version: "v1.0.0", Revision: "0123", Go: "go1.26.0"}
	require.Contains(t, builds(clean, clean), "the folder was changed since")
	clean.Modified = true
	require.Contains(t, builds(clean, clean), "uncommitted changes")
}

func TestVerifyTamperedScenario(t *testing.T) {
	r := newRig(t)
	require.Zero(t, r.call("run", "question.yaml"))
	folder := r.saved(t)
	file, err := os.OpenFile(filepath.Join(folder, "scenario.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = file.WriteString("# touched\n")
	require.NoError(t, err)
	require.NoError(t, file.Close())
	require.Equal(t, exitUsage, r.call("verify", folder))
	require.Contains(t, r.err.String(), "its hash differs from the manifest's")
}
