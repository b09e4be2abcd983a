package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestHelp: the help of every verb fits a terminal of 24 lines and starts with examples.
func TestHelp(t *testing.T) {
	r := newRig(t)
	for _, verb := range newRoot(&r.shell).Commands() {
		require.Zero(t, r.call(verb.Name(), "--help"))
		lines := strings.Split(strings.TrimSuffix(r.out.String(), "\n"), "\n")
		require.LessOrEqual(t, len(lines), 24, verb.Name())
		require.Equal(t, "Examples:", lines[2], verb.Name())
		for _, line := range lines {
			require.LessOrEqual(t, len([]rune(line)), pageWidth, line)
		}
	}
	require.Zero(t, r.call())
	require.Contains(t, r.out.String(), "Verbs:")
}

func TestCheck(t *testing.T) {
	r := newRig(t)
	require.Zero(t, r.call("check", "question.yaml"), r.err.String())
	require.Equal(t, "question.yaml: sound. 2 worlds × 2 replicates of 2d, 0 expectations\n", r.out.String())
}

func TestList(t *testing.T) {
	r := newRig(t)
	require.Zero(t, r.call("list"), r.err.String())
	for _, want := range []string{"Scenarios: ", "  reels", "Metrics: ", "Figures: ", "Faults: "} {
		require.Contains(t, r.out.String(), want)
	}
	require.Zero(t, r.call("list", "figures"))
	require.Regexp(t, `(?m)^  timeline +\S`, r.out.String())
}

func TestPlot(t *testing.T) {
	r := newRig(t)
	require.Zero(t, r.call("run", "question.yaml"))
	folder := r.saved(t)
	require.Zero(t, r.call("plot", folder, "latency"), r.err.String())
	require.FileExists(t, "latency.svg")
	require.Zero(t, r.call("plot", folder, "latency", "-o", "page.pdf"), r.err.String())
	drawn, err := os.ReadFile("page.pdf")
	require.NoError(t, err)
	require.Equal(t, "latency", string(drawn))
	require.Equal(t, exitUsage, r.call("plot", folder, "latency", "-o", "nowhere/page.pdf"))
	require.Contains(t, r.err.String(), "there is no folder nowhere")
}

func TestVersion(t *testing.T) {
	r := newRig(t)
	require.Zero(t, r.call("version"))
	require.Regexp(t, `^feedloop \S+.*, go1\.\S+, \w+/\w+`, r.out.String())
}
