package monitoring

import (
	"math"

	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system"
	"feedloop/system/evaluate"
)

// quality measures the predictions of a day, in which there are enough of them
// for bins and pairs, and writes them into the window in which the day ends.
type quality struct {
	day    int
	long   *evaluate.Slices // the long-view head, by the post's length
	heads  [system.Heads]*evaluate.Calibration
	auc    *record.Ratio
	bins   *record.Ratio
	byHead *record.Mean
	worst  *record.Mean
}

// lengths are the ends, in seconds, of the slices of posts by length, but for
// the last.
var lengths = [...]float32{18, 40}

func newQuality(rec *record.Recorder) *quality {
	q := &quality{
		long: evaluate.NewSlices(len(lengths)+1, 10),
		auc:  rec.Ratio(AUC), bins: rec.Ratio(CalibrationError),
		byHead: rec.Mean(HeadsError), worst: rec.Mean(SlicesError),
	}
	for h := range q.heads {
		q.heads[h] = evaluate.NewCalibration(1)
	}
	return q
}

// add takes an impression that a model had ranked.
func (q *quality) add(e *system.Example) {
	slice := -1
	if e.Length > 0 {
		for slice = 0; slice < len(lengths) && e.Length >= lengths[slice]; {
			slice++
		}
	}
	q.long.Add(slice, float64(e.Predictions[system.LongView]), e.Labels.Has(system.LongView))
	for h, c := range q.heads {
		c.Add(float64(e.Predictions[h]), e.Labels.Has(system.Head(h)))
	}
}

// tick writes down the day if it is over.
func (q *quality) tick(now sim.Time) {
	day := int(now / sim.Time(sim.Day))
	if day == q.day {
		return
	}
	q.day = day
	all := q.long.All
	won, pairs := all.Separation.Pairs()
	q.auc.Num(won)
	q.auc.Den(pairs)
	gap, n := all.Calibration.Gap()
	q.bins.Num(gap)
	q.bins.Den(n)
	for h, c := range q.heads {
		if off := c.Off(); !math.IsNaN(off) && !math.IsInf(off, 0) {
			q.byHead.Add(off, 1)
		}
		q.heads[h].Reset()
	}
	if _, off := q.long.Worst(); !math.IsNaN(off) && !math.IsInf(off, 0) {
		q.worst.Add(off, 1)
	}
	q.long.Reset()
}
