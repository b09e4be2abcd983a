package monitoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/system"
)

// The definition: half the mean difference of two members over the mean.
func TestGiniIsTheMeanDifference(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		counts := rapid.SliceOfN(rapid.Uint32Range(0, 50), 1, 20).Draw(rt, "counts")
		sum, difference := 0.0, 0.0
		for _, a := range counts {
			sum += float64(a)
			for _, b := range counts {
				difference += max(float64(a), float64(b)) - min(float64(a), float64(b))
			}
		}
		g, some := gini(counts)
		assert.Equal(rt, sum > 0, some)
		if some {
			assert.InDelta(rt, difference/(2*float64(len(counts))*sum), g, 1e-12)
		}
	})
}

// Two posts live for a day, one of which has all the servings.
func TestExposureByDay(t *testing.T) {
	d, catalogue := newDesk(Gauges{}), system.NewCatalogue(sim.Day)
	d.monitor.Exposure(d.rec, catalogue)
	star := system.Post{Creator: 1}
	star.Content[0] = 1
	other := system.Post{Creator: 2}
	other.Content[0], other.Content[1] = .6, .8
	both := []system.Item{{Post: catalogue.Add(star)}, {Post: catalogue.Add(other)}}
	d.monitor.Served(&system.Page{Items: both})
	for range 11 {
		d.monitor.Served(&system.Page{Items: both[:1]})
	}
	for range 12 {
		d.hour()
	}
	catalogue.Add(system.Post{Creator: 2, At: d.kernel.Now()})
	d.monitor.Served(&system.Page{Items: []system.Item{{Post: 2}}})
	for range 36 {
		d.hour()
	}
	r := d.rec.Result()
	assert.InDelta(t, .6, r.Total(Similarity.Name), 1e-6, "one page has two posts")
	assert.InDelta(t, (12-1)/(2*13.), d.column(PostGini)[23], 1e-12, "12 servings and 1")
	assert.Equal(t, .5, d.column(Unmet)[23])
	assert.Equal(t, 1., d.column(Unmet)[47], "on the second day expires what was served once")
	assert.Zero(t, d.column(CreatorGini)[23], "one creator has a live post")
}
