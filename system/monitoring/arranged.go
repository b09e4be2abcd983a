package monitoring

import "feedloop/sim/record"

// The metrics of what may be on a page.
var (
	Filtered = metric("reranking.filtered.share", "share", record.Neither, record.Quotient,
		"candidates that a filter left out before the page was arranged, as a share of candidates")
	Withheld = metric("reranking.withheld.share", "share", record.Neither, record.Quotient,
		"candidates that policy or safety left out, as a share of candidates")
	Short = metric("reranking.short.share", "share", record.Down, record.Quotient,
		"pages with fewer posts than were asked for, because not enough were left, as a share of pages arranged")
)

// Arranged is a running count of what became of candidates.
type Arranged struct{ Candidates, Filtered, Withheld, Pages, Short float64 }

// arranging follows a running count from window to window.
type arranging struct {
	filtered, withheld, short *record.Ratio
	read                      func() Arranged
	before                    Arranged
}

// Arranging says where the running count of candidates is read.
func (m *Monitor) Arranging(rec *record.Recorder, read func() Arranged) {
	m.arranging = arranging{filtered: rec.Ratio(Filtered), withheld: rec.Ratio(Withheld), short: rec.Ratio(Short), read: read}
}

// tick adds what has become of candidates since the last.
func (a *arranging) tick() {
	if a.read == nil {
		return
	}
	now, last := a.read(), a.before
	candidates := now.Candidates - last.Candidates
	a.filtered.Num(now.Filtered - last.Filtered)
	a.filtered.Den(candidates)
	a.withheld.Num(now.Withheld - last.Withheld)
	a.withheld.Den(candidates)
	a.short.Num(now.Short - last.Short)
	a.short.Den(now.Pages - last.Pages)
	a.before = now
}
