package run

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/rollout"
)

// Every hour every seventh post gets a vector with a number that is none, and with
// it features, scores and rows of the next index. No page does, pages stay whole,
// and what was shown for the sake of exploration does not keep the ranker from
// learning.
func TestNoNumberThatIsNoneReachesAPage(t *testing.T) {
	long(t)
	w := born(t, small, "clock.run=3d",
		"system.retrieval.index.gate.min_count=0.5", "system.reranking={exploration: 20%, diversity: mmr, author_decay: 0.5}",
		"system.ranking.value.watch=1")
	log := w.platform.server.Log
	pages, items := 0, 0
	w.platform.server.Log = func(p *system.Page) {
		if p.Rung == system.Full {
			pages, items = pages+1, items+len(p.Items)
		}
		for i := range p.Items {
			item := &p.Items[i]
			for _, x := range append(item.Predictions[:], item.Score, item.Watch, item.Propensity) {
				require.Zero(t, x-x, "%v at %v", item, p.Served)
			}
		}
		log(p)
	}
	half := 0
	for hour := range 72 {
		w.grow(time.Duration(hour+1) * time.Hour)
		for id := 3; id < w.catalogue.Len(); id += 7 {
			spoilt := []float64{math.NaN(), math.Inf(1), math.Inf(-1)}[id%3]
			w.platform.retriever.Post(system.PostID(id))[id%system.Dim] = float32(spoilt)
		}
		if hour == 36 {
			half = deployed(w, "ranker")
		}
	}
	assert.Greater(t, deployed(w, "ranker"), half, "trainings are not spoilt by what was explored")
	assert.Positive(t, half)
	counts := w.platform.joiner.Counts()
	assert.Positive(t, counts.Spoilt, "or nothing was tried")
	assert.True(t, counts.Balanced())
	assert.Positive(t, w.platform.ranker.Unscored)
	assert.Greater(t, pages, 300)
	assert.Greater(t, float64(items), 9.9*float64(pages), "pages of ten")
	assert.Less(t, w.kernel.Now(), sim.Time(73*time.Hour))
}

// deployed counts the versions of an artefact that were let through.
func deployed(w *world, name string) (n int) {
	for _, v := range w.platform.registry.Versions() {
		if v.Name == name && v.State != rollout.Rejected {
			n++
		}
	}
	return n
}
