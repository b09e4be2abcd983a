package run

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system/stream"
)

// The reader of the feature store crashes after twelve hours, with up to two
// hours of events since it last committed or saved. Where a crash repeats events,
// their ids keep the copies out; where they are delivered exactly once, the
// counters and the memory of ids have gone back with the offsets, and every event
// is news again.
func TestTheStoreGoesBackToItsCheckpoint(t *testing.T) {
	duplicates := map[string]uint64{}
	for _, x := range []struct {
		name, delivery string
		crashes        bool
	}{
		{"calm", "at_least_once", false}, {"repeats", "at_least_once", true}, {"restores", "exactly_once", true},
	} {
		w := born(t, small, "system.stream.consumer={commit: 2h, checkpoint: 2h, delivery: "+x.delivery+"}",
			"system.features.dedupe=6h", "system.ingestion.duplicates=20%", "system.ingestion.dedupe=0s")
		if x.crashes {
			plan := sim.Plan{{Kind: stream.Crash, Target: "features", At: sim.Time(12*time.Hour + 30*time.Minute), For: time.Minute}}
			require.NoError(t, w.kernel.Inject(plan))
		}
		w.grow(12 * time.Hour)
		w.people.People.Frozen = true
		w.grow(16 * time.Hour)
		store := w.platform.features
		g := store.Group()
		require.Zero(t, g.Lag())
		assert.Equal(t, x.name == "repeats", g.Repeated > 0)
		assert.Equal(t, x.name == "restores", g.Replayed > 0)
		duplicates[x.name] = store.Duplicates() - g.Repeated
		require.NoError(t, w.platform.reconcile())
	}
	assert.Positive(t, duplicates["calm"])
	assert.Equal(t, duplicates["calm"], duplicates["repeats"])
	assert.Equal(t, duplicates["calm"], duplicates["restores"])
}
