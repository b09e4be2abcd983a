package monitoring

import "feedloop/sim/record"

// followed is a share of two running counts, which the monitor reads whenever a
// window closes.
type followed struct {
	share            *record.Ratio
	now              func() (part, all float64)
	partWas, allWere float64 // when they were last read
}

// Follow makes the monitor record a share of two counts that run on.
func (m *Monitor) Follow(rec *record.Recorder, share record.Metric, now func() (part, all float64)) {
	m.followed = append(m.followed, &followed{share: rec.Ratio(share), now: now})
}

func (f *followed) tick() {
	part, all := f.now()
	f.share.Num(part - f.partWas)
	f.share.Den(all - f.allWere)
	f.partWas, f.allWere = part, all
}
