package run

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/scenarios"
	"feedloop/system"
	"feedloop/system/monitoring"
)

// An offline store that is kept and not read changes nothing, and neither does a
// join of what was available: it finds what was served, but for rows made anew
// between the reading of a page's features and its departure.
func TestAJoinOfWhatWasAvailableTrainsTheSameModel(t *testing.T) {
	long(t)
	w := born(t, small, "system.features.training=joined")
	mismatches, values := 0, 0
	served := w.platform.server.Log
	w.platform.server.Log = func(page *system.Page) {
		served(page)
		if len(page.Features) == 0 {
			return
		}
		data := system.Examples{Features: page.Features, Width: w.platform.features.Width()}
		for i := range page.Items {
			data.Rows = append(data.Rows, system.Example{Served: page.Served, Person: page.Person, Post: page.Items[i].Post})
		}
		for i, x := range w.platform.features.Recompute(data) {
			values++
			// What fades by the reader's clock fades on: by 5e-6 in a tenth of a second
			// and four hours.
			if math.Abs(float64(x-page.Features[i])) > 1e-4 {
				mismatches++
			}
		}
	}
	w.grow(w.run)
	require.Greater(t, values, 100_000)
	// A page takes about a tenth of a second, of the minute that rows live.
	assert.Less(t, float64(mismatches)/float64(values), .005)
}

// A backfill that is joined by event time tells the ranker outcomes: on its own
// hold-out it looks far better than it serves.
func TestABackfillFlattersTheHoldout(t *testing.T) {
	long(t)
	entropy := func(mode string) (holdout, served float64) {
		w := born(t, small, "system.features.training=joined", "system.features.batch={every: 1h, lands: 5m}",
			"system.features.offline={as_of: "+mode+", stamp: start}")
		w.grow(w.run)
		w.tick(w.kernel.Now())
		r := w.rec.Result()
		return r.Total(monitoring.HoldoutEntropy.Name), r.Total(monitoring.NormalizedEntropy.Name)
	}
	holdout, served := entropy("available")
	leaky, leakyServed := entropy("event_time")
	assert.Less(t, leaky, holdout-.1, "the leak shows as skill")
	assert.Greater(t, leakyServed, served, "and people are served worse")
}

func TestJoinedTrainingNeedsRetention(t *testing.T) {
	_, err := scenarios.Parse("test.yaml", []byte(small), []string{
		"system.features.training=joined", "system.features.offline.retention=2d",
	}, Vocabulary())
	require.ErrorContains(t, err, "at least retraining.window and label_window together")
}
