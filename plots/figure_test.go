package plots

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim/record"
)

var (
	update = flag.Bool("update", false, "rewrite the golden files")
	sample = flag.String("sample", "", "draw the figures of synthetic runs into this folder, to be looked at")
)

// Shapes of synthetic runs that ask different things of a figure.
var shapes = map[string]shape{
	"base": base,
	"four": {worlds: []string{"newest", "counters-nightly", "counters-minutely", "oracle"}, replicates: 5, days: 21, window: 10 * time.Minute, lift: .06},
	"weeks": {
		worlds:     []string{"balanced", "clicks", "watch-time", "satisfaction-survey"},
		replicates: 5, days: 35, window: 7 * 24 * time.Hour, lift: -.02,
	},
	"one": {worlds: []string{"only"}, replicates: 1, days: 6, window: time.Hour, lift: .06},
}

// small is the run of the golden files.
var small = shape{worlds: []string{"nightly", "minutely"}, replicates: 2, days: 4, window: 12 * time.Hour, lift: .06}

func TestSample(t *testing.T) {
	if *sample == "" {
		*sample = t.TempDir()
	}
	for name, shape := range shapes {
		run := synthetic(t, shape)
		for _, f := range Figures() {
			path := filepath.Join(*sample, name+"-"+f.Name+".png")
			err := Draw(run, f.Name, path, 0, 0)
			if _, ok := err.(*Missing); ok {
				continue
			}
			require.NoError(t, err)
			assert.FileExists(t, path)
		}
	}
}

// TestGolden freezes every figure of a small run.
func TestGolden(t *testing.T) {
	run := synthetic(t, small)
	for _, f := range Figures() {
		got, err := f.render(run, "svg", 0, 0)
		require.NoError(t, err)
		golden := filepath.Join("testdata", f.Name+".svg")
		if *update {
			require.NoError(t, os.WriteFile(golden, got, 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		assert.True(t, string(want) == string(got), "figure %s differs from %s; look at both, then rerun with -update", f.Name, golden)
	}
}

// TestSameRunSameBytes: whatever the format, and whether the run comes from
// memory or from its folder.
func TestSameRunSameBytes(t *testing.T) {
	run, folder := synthetic(t, small), filepath.Join(t.TempDir(), "run")
	require.NoError(t, run.Write(folder))
	back, err := record.Read(folder)
	require.NoError(t, err)
	for _, f := range Figures() {
		for _, format := range []string{"svg", "png", "pdf"} {
			a, err := f.render(run, format, 0, 0)
			require.NoError(t, err)
			b, err := f.render(back, format, 0, 0)
			require.NoError(t, err)
			assert.True(t, string(a) == string(b), "%s as %s differs", f.Name, format)
		}
	}
}

// TestFiguresShowTheData: other data, another picture.
func TestFiguresShowTheData(t *testing.T) {
	other := small
	other.lift = .2
	a, b := synthetic(t, small), synthetic(t, other)
	for _, f := range Figures() {
		before, err := f.render(a, "svg", 0, 0)
		require.NoError(t, err)
		after, err := f.render(b, "svg", 0, 0)
		require.NoError(t, err)
		assert.False(t, string(before) == string(after), "figure %s does not show the change", f.Name)
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	empty, err := record.Assemble(record.Manifest{Worlds: []string{"a", "b"}}, nil, nil)
	require.NoError(t, err)
	left, err := All(empty, filepath.Join(t.TempDir(), "figures"))
	require.NoError(t, err)
	require.Len(t, left, len(Figures()))
	for i, f := range Figures() {
		assert.Equal(t, f.Name, left[i].Figure)
		assert.NotEmpty(t, left[i].Why)
	}

	folder := t.TempDir()
	left, err = All(synthetic(t, shapes["one"]), folder)
	require.NoError(t, err)
	require.Len(t, left, 3, "one world alone has no effects, early or late, and nothing fresher; everything else can be drawn")
	assert.Equal(t, "effects", left[0].Figure)
	assert.Equal(t, "horizon", left[1].Figure)
	assert.Equal(t, "freshness", left[2].Figure)
	assert.FileExists(t, filepath.Join(folder, "timeline.svg"))
}

func TestDrawRefuses(t *testing.T) {
	run, folder := synthetic(t, small), t.TempDir()
	assert.ErrorContains(t, Draw(run, "timelime", filepath.Join(folder, "x.svg"), 0, 0), "there are effects, timeline")
	assert.ErrorContains(t, Draw(run, "timeline", filepath.Join(folder, "x.gif"), 0, 0), ".svg, .png or .pdf")
	assert.ErrorContains(t, Draw(run, "timeline", filepath.Join(folder, "x.svg"), 1, 1), "at least")
	assert.Error(t, Draw(run, "timeline", filepath.Join(folder, "no", "x.svg"), 0, 0))
	entries, _ := os.ReadDir(folder)
	assert.Empty(t, entries, "nothing half drawn")
}

// BenchmarkAll draws all figures of a run of the base run's size.
func BenchmarkAll(b *testing.B) {
	run, folder := synthetic(b, base), b.TempDir()
	for b.Loop() {
		_, err := All(run, folder)
		require.NoError(b, err)
	}
}
