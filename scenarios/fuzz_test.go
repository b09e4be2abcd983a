package scenarios

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzDecode feeds the loader anything: it never panics, answers within a
// second, and either accepts (then the effective scenario loads again as the
// same) or says what is wrong in problems that can be found.
func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	require.NoError(f, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(text, "system.feed=newest")
	}
	for _, name := range Names() {
		text, _, err := Open(name)
		require.NoError(f, err)
		f.Add(text, "worlds.main.system={feed: oracle}")
	}
	f.Add([]byte(everything), "")
	f.Fuzz(func(t *testing.T, text []byte, set string) {
		var sets []string
		if set != "" {
			sets = []string{set}
		}
		var s *Scenario
		var err error
		promptly(t, "fuzz", func() { s, err = Parse("fuzz.yaml", text, sets, words()) })
		if err != nil {
			wellFormed(t, err)
			return
		}
		effective := s.Effective()
		again, err := Parse("again.yaml", effective, nil, words())
		require.NoError(t, err, string(effective))
		assert.Equal(t, string(effective), string(again.Effective()))
	})
}
