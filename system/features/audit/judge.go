package audit

import (
	"math"

	"feedloop/sim"
	"feedloop/system/features/view"
)

// judge compares what was served long enough ago, and folds what is older still.
func (a *Audit) judge(now sim.Time) {
	for ; a.head < len(a.waiting) && a.waiting[a.head].At.Add(a.config.Settle) <= now; a.head++ {
		a.compare(&a.waiting[a.head])
		a.waiting[a.head] = Found{}
	}
	if a.head > 1024 && 2*a.head > len(a.waiting) {
		a.waiting = append(a.waiting[:0], a.waiting[a.head:]...)
		a.head = 0
	}
}

// truth is what an undisturbed store would have served.
type truth struct {
	values  []float32
	present []bool
	made    sim.Time
}

// foldAll folds what is old of every member, those too that nobody reads any more,
// or that have had their time.
func (a *Audit) foldAll(now sim.Time) {
	for _, members := range a.members {
		for _, m := range members { // ordered: each by itself
			m.fold(now.Add(-a.horizon))
			if len(m.events) == 0 {
				m.events = nil
			}
		}
	}
}

// expect recomputes what should have been found: the row of the first refresh
// after the newest event that a refresh, visible by then, should have known.
func (a *Audit) expect(f *Found, m *member) truth {
	s := &a.shelves[f.Shelf]
	t := truth{present: make([]bool, len(s.Views))}
	for _, v := range s.Views {
		for range v.Shows {
			t.values = append(t.values, float32(v.Default))
		}
	}
	every := int64(s.Every)
	last := sim.Time((int64(f.At) - int64(s.Delay)) / every * every)
	newest, some := m.log.newest, m.log.some
	for i := range m.events {
		if h := &m.events[i]; h.logged > 0 && h.at <= last {
			newest, some = max(newest, h.at), true
		}
	}
	if !some || last <= 0 {
		return t
	}
	t.made = min(sim.Time((int64(newest)+every-1)/every*every), last)
	live := m.log.live.Clone()
	for i := range m.events {
		if h := &m.events[i]; h.logged > 0 && h.at <= t.made {
			live.Add(0, &h.delta, h.at)
		}
	}
	a.show(&t, s, live, f)
	return t
}

// show fills in the values that are of age.
func (a *Audit) show(t *truth, s *Shelf, live *view.Live, f *Found) {
	priors := f.shown.priors
	if !f.made {
		priors = view.PriorsOf(&view.Tally{})
	}
	row, nulls := live.Show(nil, 0, t.made, &priors, 1)
	column := 0
	for i, v := range s.Views {
		n, age := len(v.Shows), f.At.Sub(t.made)
		if nulls>>i&1 == 0 && age <= s.Silence[i] && (v.TTL == 0 || age <= v.TTL) {
			t.present[i] = true
			copy(t.values[column:column+n], row[column:column+n])
		}
		column += n
	}
}

// compare judges what a reader found, view by view.
func (a *Audit) compare(f *Found) {
	m := a.of(f.Shelf, f.Member)
	s := &a.shelves[f.Shelf]
	t := a.expect(f, m)
	column := 0
	for i, v := range s.Views {
		differ := 0
		for c := column; c < column+len(v.Shows); c++ {
			if !a.alike(f.Values[c], t.values[c]) {
				differ++
			}
		}
		cause := None
		if differ > 0 {
			cause = a.cause(f, m, &t, i, column)
			if a.Judged != nil {
				a.Judged(Judgement{
					At: f.At, Made: f.shown.made, Entity: s.Entity, Member: f.Member, Batch: s.Batch,
					Present: f.Present[i], Expired: f.Expired[i], Values: differ, Cause: cause,
				})
			}
		}
		for c := column; c < column+len(v.Shows); c++ {
			a.cells[f.Shelf][c].add(f.Values[c], t.values[c], !a.alike(f.Values[c], t.values[c]), cause)
		}
		column += len(v.Shows)
	}
	m.fold(f.At.Add(-a.horizon))
}

func (a *Audit) alike(served, recomputed float32) bool {
	return math.Abs(float64(served-recomputed)) <= a.config.Tolerance*max(1, math.Abs(float64(recomputed)))
}

// cause infers why a view differs, the surest signs first.
func (a *Audit) cause(f *Found, m *member, t *truth, i, column int) Cause {
	s := &a.shelves[f.Shelf]
	declared := a.alike(f.Values[column], float32(s.Views[i].Default))
	switch {
	case !f.Present[i] && !declared:
		return Default
	case !f.Answered:
		return Lost
	case f.Foreign && f.made:
		return Version
	case f.Present[i] && f.Expired[i]:
		return TTL
	case s.Batch && a.readOn(f, m, column, column+len(s.Views[i].Shows)):
		return Backfill
	}
	late, lost, doubled := a.differences(f, m, t)
	switch {
	case doubled > late && doubled > lost:
		return Duplicated
	case lost > late:
		return Lost
	case late > 0, f.shown.made != t.made:
		return Late
	case t.present[i] && !f.Present[i]: // its data reached less far than they should have, and it was out of age
		return Late
	case f.Present[i] && !t.present[i]: // its data claimed to reach further than they did
		return TTL
	}
	return Unknown
}

// differences counts the events by which what the store knew when it made the
// row differs from what it should have known.
func (a *Audit) differences(f *Found, m *member, t *truth) (late, lost, doubled int) {
	lost, doubled = m.lost, m.doubled
	for i := range m.events {
		h := &m.events[i]
		if h.at > t.made && h.at > f.shown.made {
			continue
		}
		switch {
		case h.counted == 0 && h.logged > 0 && !a.Waits(h.logged):
			lost++
		case h.counted == 0 || h.counted > f.shown.made:
			late++
		}
		for _, again := range h.again {
			if again <= f.shown.made {
				doubled++
			}
		}
	}
	return late, lost, doubled
}

// readOn tells whether the rows of a batch view are explained by what the store
// had counted when they landed, and not by what it had when their data should have
// ended.
func (a *Audit) readOn(f *Found, m *member, from, to int) bool {
	explains := func(at sim.Time, p *view.Priors) bool {
		live := m.store.live.Clone()
		for i := range m.events {
			if h := &m.events[i]; h.counted > 0 && h.counted <= at {
				live.Add(0, &h.delta, h.at)
			}
		}
		row, _ := live.Show(nil, 0, at, p, 1)
		for c := from; c < to; c++ {
			if !a.alike(f.Values[c], row[c]) {
				return false
			}
		}
		return true
	}
	v := &f.shown
	return f.made && explains(v.visible, &v.landed) && !explains(v.made, &v.priors)
}
