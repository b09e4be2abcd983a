package run

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/simtest"
)

// A world without chance from outside agrees with itself, and what is said of
// the ends of a stretch is what a trace of everything shows there.
func TestTwiceTheSame(t *testing.T) {
	s := parse(t, small, "clock.run=1d")
	shown := map[uint64]string{}
	first(t, s, sim.Options{}).watched(func(n uint64, event string) { shown[n] = event }).grow(s.Clock.Run)
	a, err := Twice(context.Background(), s, "main", 0, 1001, 1100)
	require.NoError(t, err)
	assert.Equal(t, Again{First: shown[1001], Last: shown[1100]}, a)
	beyond := uint64(len(shown)) + 1
	a, err = Twice(context.Background(), s, "main", 0, beyond-1, beyond)
	require.NoError(t, err)
	assert.Equal(t, Again{First: shown[beyond-1], Last: "the end"}, a)
	_, err = Twice(context.Background(), s, "main", 3, 1, 2)
	assert.ErrorContains(t, err, "no world main with a replicate 4")
}

// watched shows every event of a world before it is handled.
func (w *world) watched(f func(n uint64, event string)) *world {
	w.kernel.Trace(0, 1<<63, func(e sim.Event) { f(w.kernel.Delivered(), w.kernel.Show(e)) })
	return w
}

// The planted defect is an order of ties that two runs draw differently. The
// event that is named is the first in which a trace of everything differs, and
// stays a difference of these two runs only.
func TestTwiceFindsTheFirstEventThatDiffers(t *testing.T) {
	s := parse(t, small, "clock.run=1d")
	tasks := [2]task{{world: s.Worlds[0]}, {world: s.Worlds[0], kernel: sim.Options{TieShuffle: 1}}}
	var shown [2][]string
	for i, x := range tasks {
		w := first(t, s, x.kernel)
		w.watched(func(_ uint64, event string) { shown[i] = append(shown[i], event) }).grow(s.Clock.Run)
	}
	want := simtest.Difference{}
	for n := range shown[0] {
		if shown[0][n] != shown[1][n] {
			want = simtest.Difference{Number: uint64(n) + 1, A: shown[0][n], B: shown[1][n]}
			break
		}
	}
	require.NotZero(t, want.Number, "no tie was shuffled: the test shows nothing")
	a, err := twice(context.Background(), s, tasks, 1, 2)
	require.NoError(t, err)
	assert.Equal(t, Again{Difference: want.String()}, a)
}
