package view

import (
	"slices"
	"time"

	"feedloop/sim"
)

// Live is the state of several views of one entity, which the same events feed:
// what is counted of each of its members, ready to be shown.
type Live struct {
	views  []compiled
	smooth float32
	width  int

	decaying, sliding int     // how many of the views are which
	tallies           []Tally // member x decaying views
	windows           []tiles // member x sliding views
	members           int
}

// compiled is a view made ready to count.
type compiled struct {
	halfLife    time.Duration
	window, hop time.Duration
	columns     []column
}

// NewLive returns the state of views over no members. Rates are smoothed by so
// many impressions at everybody's rate.
func NewLive(views []View, smoothing float64) *Live {
	l := &Live{smooth: float32(smoothing)}
	for _, v := range views {
		v = v.whole()
		c := compiled{halfLife: v.HalfLife, window: v.Window, hop: v.Hop}
		for _, name := range v.Shows {
			made, _ := name.find() // the view has been checked
			c.columns = append(c.columns, made)
			l.width += made.width()
		}
		l.views = append(l.views, c)
		if v.Window > 0 {
			l.sliding++
		} else {
			l.decaying++
		}
	}
	return l
}

// Width is how many numbers [Live.Show] shows of a member.
func (l *Live) Width() int { return l.width }

// Members is how many members there are: numbers below it have a state.
func (l *Live) Members() int { return l.members }

// Grow makes room for a member and all with lower numbers.
func (l *Live) Grow(member uint32) {
	for ; l.members <= int(member); l.members++ {
		for range l.decaying {
			l.tallies = append(l.tallies, Tally{})
		}
		for _, v := range l.views {
			if v.window > 0 {
				l.windows = append(l.windows, newTiles(v.window, v.hop))
			}
		}
	}
}

// Add counts an event of a member, which has room, at a moment.
func (l *Live) Add(member uint32, d *Delta, at sim.Time) {
	tallies := l.tallies[int(member)*l.decaying:]
	windows := l.windows[int(member)*l.sliding:]
	for i := range l.views {
		if v := &l.views[i]; v.window == 0 {
			tallies[0].Add(d, at, v.halfLife)
			tallies = tallies[1:]
		} else {
			windows[0].Add(d, at)
			windows = windows[1:]
		}
	}
}

// Show appends to dst what the views show of a member at a moment, and returns
// with it the views that have nothing to show, a bit each. By the definition,
// rates are smoothed once as much; another factor is another definition.
func (l *Live) Show(dst []float32, member uint32, at sim.Time, p *Priors, smoothing float32) (row []float32, nulls uint32) {
	tallies := l.tallies[int(member)*l.decaying:]
	windows := l.windows[int(member)*l.sliding:]
	var t Tally
	for i := range l.views {
		v := &l.views[i]
		if v.window == 0 {
			t, tallies = tallies[0], tallies[1:]
			t.advance(at, v.halfLife)
		} else {
			t, windows = windows[0].Sum(at), windows[1:]
		}
		if t.N[impressions] == 0 {
			nulls |= 1 << i
		}
		for _, c := range v.columns {
			dst = c.show(dst, &t, p, float32(l.smooth*smoothing))
		}
	}
	return dst, nulls
}

// Clone returns a copy that shares nothing with l.
func (l *Live) Clone() *Live {
	c := *l
	c.tallies, c.windows = slices.Clone(l.tallies), slices.Clone(l.windows)
	for i := range c.windows {
		c.windows[i].ring = slices.Clone(c.windows[i].ring)
	}
	return &c
}
