package simtest

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// Vector is a known answer: a value that nobody here made up.
type Vector[In, Out any] struct {
	Name     string  `json:"name"`
	Source   string  `json:"source"` // who says so: an upstream's test, a paper, a formula
	Input    In      `json:"input"`
	Expected Out     `json:"expected"`
	Atol     float64 `json:"atol"` // by how much numbers may differ; 0 is not at all
}

// Golden runs a test for each vector of a file, which is a list of them in JSON.
// Every vector has a name of its own and a source, and no key that is not read.
func Golden[In, Out any](t *testing.T, path string, test func(t *testing.T, v Vector[In, Out])) {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	in := json.NewDecoder(file)
	in.DisallowUnknownFields()
	var all []Vector[In, Out]
	require.NoError(t, in.Decode(&all), path)
	require.NotEmpty(t, all, path)
	names := map[string]bool{}
	for _, v := range all {
		require.True(t, v.Name != "" && v.Source != "" && !names[v.Name], "%s: a name of its own and a source: %+v", path, v)
		names[v.Name] = true
		t.Run(v.Name, func(t *testing.T) { test(t, v) })
	}
}
