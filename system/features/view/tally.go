package view

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/system"
)

// count is one of the things a tally counts.
type count int

// The counts. Impressions come first; the others are outcomes, and watched is
// the sum of the shares of the length that were watched.
const (
	impressions count = iota
	plays
	longViews
	likes
	shares
	follows
	hides
	skips
	finishes
	watched
	counts // their number
)

// Delta is what one event adds to every tally that it belongs to.
type Delta struct {
	N      [counts]float32
	viewed bool
}

// skipSeconds is how long a post is looked at that was not worth it.
const skipSeconds = 2

// DeltaOf returns what an event says.
func DeltaOf(e *system.Event) Delta {
	var d Delta
	switch labels := system.LabelsOf(e); e.Kind {
	case system.Viewed:
		d.viewed = true
		d.N[impressions] = 1
		d.N[plays] = labels.Of(system.Play)
		d.N[longViews] = labels.Of(system.LongView)
		whole := e.Watch >= e.Length
		d.N[finishes] = one(whole)
		d.N[skips] = one(e.Watch < skipSeconds && !whole)
		d.N[watched] = 1
		if !whole {
			d.N[watched] = e.Watch / e.Length
		}
	case system.Liked:
		d.N[likes] = 1
	case system.Shared:
		d.N[shares] = 1
	case system.Followed:
		d.N[follows] = 1
	case system.Hid:
		d.N[hides] = 1
	}
	return d
}

func one(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// Tally is a set of exponentially decaying counters that age together.
type Tally struct {
	At   sim.Time // as of
	N    [counts]float32
	Last float32 // share watched of the newest impression
}

// Add counts an event of a moment: it decays the tally to then. Of an event that
// is older than what the tally has seen, it adds what is left by now; so the
// order in which events come makes no difference but rounding.
func (t *Tally) Add(d *Delta, at sim.Time, halfLife time.Duration) {
	passed := at.Sub(t.At)
	if late := -passed; late > halfLife>>10 {
		left := float32(num.Exp2(-float64(late) / float64(halfLife)))
		for i := range t.N {
			t.N[i] += float32(left * d.N[i])
		}
		return
	}
	if passed > halfLife>>10 {
		t.decay(passed, halfLife)
		t.At = at
	}
	for i := range t.N {
		t.N[i] += d.N[i]
	}
	if d.viewed {
		t.Last = d.N[watched]
	}
}

// AsOf returns the tally as of a moment.
func (t Tally) AsOf(at sim.Time, halfLife time.Duration) Tally {
	t.advance(at, halfLife)
	return t
}

// advance brings the tally forward to a moment.
func (t *Tally) advance(at sim.Time, halfLife time.Duration) {
	if passed := at.Sub(t.At); passed > halfLife>>10 {
		t.decay(passed, halfLife)
		t.At = at
	}
}

// decay halves the counters for every half-life that has passed. A tally is
// brought forward at least a thousandth of a half-life at a time, so that a
// burst of events does not pay for an exponential each.
func (t *Tally) decay(passed, halfLife time.Duration) {
	keep := float32(num.Exp2(-float64(passed) / float64(halfLife)))
	for i := range t.N {
		t.N[i] *= keep
	}
}

// rate is an outcome per impression, smoothed by m impressions at the prior.
func (t *Tally) rate(c count, prior, m float32) float32 {
	return (t.N[c] + float32(m*prior)) / (t.N[impressions] + m)
}

// odds returns the smoothed rate as log-odds relative to the prior's.
func (t *Tally) odds(c count, p *Priors, m float32) float32 {
	r := float64(t.rate(c, p.mean[c], m))
	r = min(max(r, 1e-5), 1-1e-5)
	return float32(num.Logit(r) - p.logit[c])
}
