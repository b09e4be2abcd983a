package monitoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system"
)

// Popularity against its definition, computed afresh for every serving from the
// list of all that happened.
func TestPopularityIsThatOfADumbCount(t *testing.T) {
	const life = 10
	rapid.Check(t, func(rt *rapid.T) {
		rec, catalogue := record.NewRecorder(sim.Day, 0), system.NewCatalogue(life)
		p := popularity{post: rec.Mean(PostPopularity), creator: rec.Mean(CreatorPopularity)}
		var watched []system.Event
		var posts, creators []float64
		for now := range sim.Time(rapid.IntRange(1, 40).Draw(rt, "length")) {
			catalogue.Add(system.Post{At: now, Creator: system.CreatorID(rapid.IntRange(0, 3).Draw(rt, "creator"))})
			id := system.PostID(rapid.IntRange(0, int(now)).Draw(rt, "post"))
			if rapid.Bool().Draw(rt, "watched") { // late, perhaps: the log has views of posts that have expired
				watched = append(watched, system.Event{Post: id, Creator: catalogue.Post(id).Creator})
				p.watched(&watched[len(watched)-1])
				continue
			}
			first, end := catalogue.Live(now)
			id = max(id, first)
			p.served(&system.Page{Items: []system.Item{{Post: id}}, Served: now}, catalogue)
			live, own, by := 0.0, 0.0, 0.0
			for _, e := range watched {
				if e.Post >= first {
					live++
				}
				if e.Post == id {
					own++
				}
				if e.Creator == catalogue.Post(id).Creator {
					by++
				}
			}
			if live > 0 {
				posts = append(posts, own/(live/float64(end-first)))
			}
			if len(watched) > 0 {
				most := system.CreatorID(0)
				for i := range end {
					most = max(most, catalogue.Post(i).Creator)
				}
				creators = append(creators, by/(float64(len(watched))/float64(most+1)))
			}
		}
		rec.Tick(sim.Time(sim.Day))
		result := rec.Result()
		for metric, want := range map[string][]float64{PostPopularity.Name: posts, CreatorPopularity.Name: creators} {
			if len(want) > 0 {
				sum := 0.0
				for _, x := range want {
					sum += x
				}
				require.InDelta(rt, sum/float64(len(want)), result.Total(metric), 1e-9, metric)
			}
		}
	})
}

// Of three posts by two creators two are served on the first day and one of them
// again on the second.
func TestCoverageByDay(t *testing.T) {
	d, catalogue := newDesk(Gauges{}), system.NewCatalogue(10*sim.Day)
	d.monitor.Exposure(d.rec, catalogue)
	for _, creator := range []system.CreatorID{4, 4, 9} {
		catalogue.Add(system.Post{Creator: creator})
	}
	serve := func(posts ...system.PostID) {
		for _, id := range posts {
			d.monitor.Served(&system.Page{Items: []system.Item{{Post: id}}})
		}
	}
	serve(0, 2, 2, 2)
	for range 24 {
		d.hour()
	}
	serve(2)
	for range 24 {
		d.hour()
	}
	assert.InDelta(t, 2./3, d.column(PostCoverage)[23], 1e-12)
	assert.InDelta(t, 1, d.column(CreatorCoverage)[23], 1e-12)
	assert.InDelta(t, 1./3, d.column(PostCoverage)[47], 1e-12)
	assert.InDelta(t, 1./2, d.column(CreatorCoverage)[47], 1e-12)
}
