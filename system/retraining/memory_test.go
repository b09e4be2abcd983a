package retraining

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"feedloop/sim"
	"feedloop/system"
)

// held is what a desk keeps in memory, in numbers of things for which there is
// room.
type held struct {
	pages, pageRows, pageFeatures int // that wait for labels
	known                         int // pages that events find
	rows, features                int // the log of served features
	records                       int // of the event log
}

func (d *desk) held() held {
	j := d.joiner
	h := held{
		pages: cap(j.pending), known: len(j.byPage), rows: cap(j.data.Rows), features: cap(j.data.Features), records: d.log.Len(),
	}
	for _, p := range j.pending[:cap(j.pending)] {
		h.pageRows, h.pageFeatures = h.pageRows+cap(p.rows), h.pageFeatures+cap(p.features)
	}
	return h
}

// most is the larger of two, thing by thing.
func (h held) most(o held) held {
	return held{
		max(h.pages, o.pages), max(h.pageRows, o.pageRows), max(h.pageFeatures, o.pageFeatures), max(h.known, o.known),
		max(h.rows, o.rows), max(h.features, o.features), max(h.records, o.records),
	}
}

// Ninety days of a page every five minutes, of one to four posts by the hour of
// the day, and an event a post. The training window is four days and the log's
// retention seven: from then on, what is held at most in forty days is what was
// held at most in the forty days before.
func TestMemoryIsFlatOverNinetyDays(t *testing.T) {
	const every = 5 * time.Minute
	d := newDesk(DefaultConfig())
	d.joiner.closed = nil // the desk would keep what it is told
	visit := uint32(0)
	serve := d.kernel.Register("test.serve", sim.People, func(e sim.Event) {
		visit++
		posts := make([]system.PostID, 1+e.At.Sub(0)%sim.Day/(6*time.Hour))
		for i := range posts {
			posts[i] = system.PostID(int(visit)*4 + i)
		}
		d.serve(system.PersonID(visit%50), visit, posts...)
		for i, post := range posts {
			seen := event(system.Viewed, system.PersonID(visit%50), visit, uint8(i), post)
			seen.At = e.At
			d.log.Append(uint64(visit%50), seen)
		}
	})
	d.kernel.Every(sim.Time(every), every, serve)
	span := func(from, to int) (most held) {
		for at := sim.Time(from) * sim.Time(sim.Day); at < sim.Time(to)*sim.Time(sim.Day); at = at.Add(time.Hour) {
			d.kernel.Run(at)
			most = most.most(d.held())
		}
		return most
	}
	span(0, 10)
	middle, last := span(10, 50), span(50, 90)
	assert.InEpsilon(t, middle.records, last.records, .01, "segments close at another hour")
	middle.records = last.records
	assert.Equal(t, middle, last)
	const day = int(sim.Day/every) * 5 / 2
	assert.Greater(t, int(d.joiner.Counts().Served), 89*day, "of which it has forgotten most")
	assert.Less(t, last.rows, 2*6*day, "four days, what is not yet worth trimming, and room to grow")
	assert.Less(t, last.records, 9*day, "seven days, and segments that are not yet whole")
	assert.Less(t, last.pages, 2*(1024+24), "those of an hour, those that are closed and not yet moved away, and room to grow")
}
