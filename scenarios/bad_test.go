package scenarios

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/record"
)

// burst is the arguments of an intervention in the tests' vocabulary.
type burst struct {
	Topic  string  `yaml:"topic"`
	Factor float64 `yaml:"factor"`
}

// words is a small vocabulary for tests.
func words() Vocabulary {
	var metrics record.Catalogue
	for name, unit := range map[string]string{
		"serving.latency.p99": "ms", "serving.latency.p50": "ms", "events_lost": "1", "serving.degraded_share": "share",
	} {
		metrics.Register(record.Metric{Name: name, Unit: unit, Definition: "A test's.", Of: record.Average})
	}
	metrics.Register(record.Metric{Name: "true_value_per_person_day", Unit: "value/person-day", Definition: "A test's.", Knower: record.Simulator, Of: record.Average})
	return Vocabulary{
		Metrics: &metrics,
		Actions: []Action{
			Fault(sim.FaultSpec{Kind: "ingestion.stall", Targets: []string{"collector", "gateway"}, Parameter: [2]float64{0, 0.5}, Promise: "Nothing is lost."}),
			{Name: "creators.burst", Doc: "Creators post more.", With: burst{Factor: 2}},
			{Name: "catalogue.clear", Doc: "All posts go."},
		},
	}
}

// TestBadInput compares what is said about each bad file with the text beside
// it. A file's `# --set` lines are assignments of the command line.
func TestBadInput(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			var set []string
			for line := range strings.Lines(string(text)) {
				if a, ok := strings.CutPrefix(line, "# --set "); ok {
					set = append(set, strings.TrimSpace(a))
				}
			}
			promptly(t, file, func() { _, err = Load(filepath.ToSlash(file), set, words()) })
			require.Error(t, err)
			compare(t, strings.TrimSuffix(file, ".yaml")+".txt", err.Error()+"\n")
			wellFormed(t, err)
		})
	}
}

// wellFormed demands of every problem that it can be found and read.
func wellFormed(t *testing.T, err error) {
	t.Helper()
	var problems Problems
	require.ErrorAs(t, err, &problems)
	for _, p := range problems {
		assert.NotEmpty(t, p.File)
		assert.NotEmpty(t, p.What)
		assert.NotContains(t, p.Error(), "%!", "a format went wrong")
		if p.Line > 0 {
			assert.Positive(t, p.Column)
			assert.Positive(t, p.width)
		}
	}
}

// compare holds a text against a golden file.
func compare(t *testing.T, golden, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

// TestMissingFile names the library's nearest file.
func TestMissingFile(t *testing.T) {
	_, err := Load("scenarios/base/rels.yaml", nil, words())
	assert.EqualError(t, err, "scenarios/base/rels.yaml: there is no such file, neither here nor in the library\n      did you mean `reels`?")
	_, err = Load("testdata", nil, words())
	assert.EqualError(t, err, "testdata: cannot be read: is a directory")
}

// TestCheckReportsAllFiles expects problems of every file in one error.
func TestCheckReportsAllFiles(t *testing.T) {
	err := Check([]string{"testdata/bad/empty.yaml", "reels", "testdata/bad/octal.yaml"}, nil, words())
	require.Error(t, err)
	assert.Contains(t, err.Error(), "empty.yaml: the file is empty")
	assert.Contains(t, err.Error(), "octal.yaml:2:7")
	assert.NotContains(t, err.Error(), "reels")
}

// TestTooLarge refuses a file before parsing it.
func TestTooLarge(t *testing.T) {
	_, err := Parse("big.yaml", []byte("name: big\nquestion: "+strings.Repeat("x", maxBytes)), nil, words())
	assert.ErrorContains(t, err, "want at most 128 KiB")
}
