package features

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/features/view"
)

// twin is a shelf as its documentation has it: what readers see of an entity is
// what its tally showed at the last refresh that has been published.
type twin struct {
	live, staged, visible map[uint32]float32
}

func (w *twin) publish() {
	for entity, n := range w.staged {
		w.visible[entity] = n
	}
	w.staged = map[uint32]float32{}
}

func TestShelfAgainstAMap(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		shelf := newShelf([]string{"t"}, map[string]view.View{"t": {
			Entity: view.PersonTopic, HalfLife: time.Hour << 20, Shows: []view.Column{view.Faded}, // decays too slowly to matter
		}}, 8, time.Minute, &[entities]table{})
		w := twin{map[uint32]float32{}, map[uint32]float32{}, map[uint32]float32{}}
		var p view.Priors
		viewed := view.DeltaOf(&system.Event{Kind: system.Viewed})
		for now := range sim.Time(rapid.IntRange(1, 60).Draw(rt, "steps")) {
			switch rapid.SampledFrom([]string{"touch", "touch", "touch", "refresh", "publish"}).Draw(rt, "step") {
			case "touch":
				entity := rapid.Uint32Range(0, 9).Draw(rt, "entity")
				shelf.add(entity, &viewed, now)
				w.live[entity]++
			case "refresh":
				w.publish()
				shelf.publish(0, 0, 0)
				shelf.refresh(&p, now)
				for entity, n := range w.live {
					w.staged[entity] = n
				}
			case "publish":
				shelf.publish(0, 0, 0)
				w.publish()
			}
			for entity := range uint32(12) {
				row := shelf.row(entity)
				if row == nil {
					assert.Zero(rt, w.visible[entity])
					continue
				}
				assert.Equal(rt, w.visible[entity], row[0], "entity %d", entity)
			}
			assert.LessOrEqual(rt, len(shelf.dirty), 10, "each entity stands in line once")
			assert.LessOrEqual(rt, len(shelf.staged), 10)
		}
	})
}
