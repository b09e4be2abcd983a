package run

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"feedloop/sim"
)

// Ninety days of a world that nobody leaves, which trains on joined features and
// audits them. What retention bounds, the log and the versions of features, is no
// more in the last thirty days than in the thirty before. Posts are never forgotten:
// the memory of the whole world grows by them, by less than two kilobytes each,
// and by the series.
func TestMemoryOfAWorldOverNinetyDays(t *testing.T) {
	long(t)
	w := born(t, small, "clock.run=90d", "agents.users.count=15", "agents.creators.count=30", "agents.users.return.churn=-30", "system.retraining.every=1d",
		"system.features.training=joined", "system.features.audit.share=10%")
	type kept struct{ records, versions, posts, heap int }
	most := func(from, to int) (most kept) {
		for day := from; day < to; day++ {
			w.grow(time.Duration(day+1) * sim.Day)
			versions, _ := w.platform.features.OfflineCounts()
			most.records, most.versions = max(most.records, w.platform.log.Len()), max(most.versions, int(versions))
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most.posts, most.heap = w.catalogue.Len(), int(m.HeapAlloc)
		return most
	}
	most(0, 30)
	middle, last := most(30, 60), most(60, 90)
	assert.LessOrEqual(t, last.records, middle.records*11/10)
	assert.LessOrEqual(t, last.versions, middle.versions*11/10)
	series := 30 * 24 * 8 * len(w.rec.Result().Metrics)
	assert.Less(t, last.heap-middle.heap, (last.posts-middle.posts)*2048+series)
}
