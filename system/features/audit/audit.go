package audit

import (
	"time"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/features/view"
)

// Shelf is what the audit knows of a shelf of the store.
type Shelf struct {
	Entity    view.Entity
	Names     []string    // of the columns
	Views     []view.View // whose columns they are
	Batch     bool
	Every     time.Duration // how often rows are made
	Delay     time.Duration // until they are visible
	Silence   []time.Duration
	Smoothing float64
}

// Found is what a reader found of one member on one shelf. Its slices are the
// audit's to keep.
type Found struct {
	At       sim.Time
	Shelf    int
	Member   uint32
	Values   []float32
	Present  []bool // by view: a value, not the default
	Expired  []bool // by view: it was older than its TTL, whatever was served
	Answered bool   // the shard answered
	Foreign  bool   // another definition made the row
	shown    version
	made     bool // there is a row
}

// Judgement is the audit's word on a served view.
type Judgement struct {
	At     sim.Time // when it was read
	Made   sim.Time // when its row was made; 0 where there was none
	Entity view.Entity
	Member uint32
	Batch  bool
	// Present and Expired are what the reader found, as in [Found].
	Present, Expired bool
	Values           int // columns that differ
	Cause            Cause
}

// Audit samples, recomputes and compares.
type Audit struct {
	config  Config
	kernel  *sim.Kernel
	shelves []Shelf
	horizon time.Duration
	members []map[uint32]*member // by shelf
	recent  [][]*member          // with rows that are not visible yet, by shelf
	waiting []Found
	head    int
	// Waits tells whether the store's reader may still come to an event that the
	// log has had since a moment.
	Waits func(since sim.Time) bool
	// Judged, if not nil, is told of every view that differs.
	Judged func(Judgement)
	cells  [][]cell // by shelf and column
}

// New returns an audit of shelves.
func New(k *sim.Kernel, c Config, shelves []Shelf) *Audit {
	a := &Audit{config: c, kernel: k, shelves: shelves, recent: make([][]*member, len(shelves))}
	for _, s := range shelves {
		a.members = append(a.members, map[uint32]*member{})
		a.cells = append(a.cells, make([]cell, len(s.Names)))
		a.horizon = max(a.horizon, s.Every+s.Delay)
	}
	a.horizon += 2*c.Settle + 2*time.Hour
	k.Every(sim.Time(time.Minute), time.Minute, k.Register("features.audit", sim.Infrastructure, func(e sim.Event) {
		a.judge(e.At)
		if e.At%sim.Time(time.Hour) == 0 {
			a.foldAll(e.At)
		}
	}))
	return a
}

// Samples tells whether a member of a shelf is audited.
func (a *Audit) Samples(shelf int, id uint32) bool {
	h := (uint64(shelf)<<32 | uint64(id)) + 0x9E3779B97F4A7C15
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>27) * 0x94D049BB133111EB
	return float64((h^h>>31)>>11)*0x1p-53 < float64(a.config.Share)
}

// of returns the entry of a member that is audited.
func (a *Audit) of(shelf int, id uint32) *member {
	m := a.members[shelf][id]
	if m == nil {
		s := &a.shelves[shelf]
		m = &member{places: map[uint64]int{}, log: newBase(s.Views, s.Smoothing), store: newBase(s.Views, s.Smoothing)}
		a.members[shelf][id] = m
	}
	return m
}

// Logged takes an event of a member from the log.
func (a *Audit) Logged(shelf int, id uint32, e *system.Event) {
	now, d := a.kernel.Now(), view.DeltaOf(e)
	m := a.of(shelf, id)
	if h := m.happen(e.ID, min(e.At, now), &d); h != nil && h.logged == 0 {
		h.logged = max(now, 1)
	}
}

// Counted takes note that the store has counted an event of a member.
func (a *Audit) Counted(shelf int, id uint32, e *system.Event) {
	now, d := a.kernel.Now(), view.DeltaOf(e)
	m := a.of(shelf, id)
	switch h := m.happen(e.ID, min(e.At, now), &d); {
	case h == nil: // folded as lost, or once more
		m.store.add(&happening{at: min(e.At, now), delta: d})
		m.lost = max(m.lost-1, 0)
	case h.counted == 0:
		h.counted = max(now, 1)
	default:
		h.again = append(h.again, now)
	}
}

// Undone takes note that a recovery has undone what was counted from a moment on.
func (a *Audit) Undone(since sim.Time) {
	for _, members := range a.members {
		for _, m := range members { // ordered: each by itself
			m.undo(since)
		}
	}
}

// Made takes note that the store has made a row of a member.
func (a *Audit) Made(shelf int, id uint32, p *view.Priors) {
	m := a.of(shelf, id)
	m.versions = append(m.versions, version{made: a.kernel.Now(), priors: *p})
	a.recent[shelf] = append(a.recent[shelf], m)
}

// Visible takes note that the rows made of a shelf can be read, at everybody's
// rates of the moment.
func (a *Audit) Visible(shelf int, p *view.Priors) {
	now := a.kernel.Now()
	for _, m := range a.recent[shelf] {
		for i := range m.versions {
			if m.versions[i].visible == 0 {
				m.versions[i].visible, m.versions[i].landed = max(now, 1), *p
			}
		}
		if n := len(m.versions); n > 2 {
			m.versions = append(m.versions[:0], m.versions[n-2:]...) // readings copy the one they saw
		}
	}
	a.recent[shelf] = a.recent[shelf][:0]
}

// Read takes what a reader found, to be judged later.
func (a *Audit) Read(f Found) {
	f.shown, f.made = a.of(f.Shelf, f.Member).shown(f.At)
	a.waiting = append(a.waiting, f)
}
