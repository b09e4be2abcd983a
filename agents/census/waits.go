package census

import "feedloop/sim/record"

// Waits compares how long people wait until something happens with the chances
// that they wait so long. Waits that are cut off, by the end of a run, count for
// as long as they are known (Kaplan and Meier 1958, by classes).
type Waits struct {
	ends       []float64 // of the classes, in hours
	ended, cut []float64
	left       []float64 // sums of the chances to wait beyond each end
	all, asked float64
}

// NewWaits returns no waits yet, in classes with these ends in hours, ascending.
func NewWaits(ends []float64) Waits {
	n := len(ends)
	return Waits{ends: ends, ended: make([]float64, n+1), cut: make([]float64, n+1), left: make([]float64, n)}
}

// Add counts a wait of so many hours, over or cut off.
func (w *Waits) Add(hours float64, over bool) {
	i := 0
	for i < len(w.ends) && w.ends[i] < hours {
		i++
	}
	w.all++
	if over {
		w.ended[i]++
	} else {
		w.cut[i]++
	}
}

// Expect adds a law, not necessarily one for every wait: left tells the chance
// of a wait longer than so many hours.
func (w *Waits) Expect(left func(hours float64) float64) {
	w.asked++
	for i, end := range w.ends {
		w.left[i] += left(end)
	}
}

// Reset forgets all waits.
func (w *Waits) Reset() {
	clear(w.ended)
	clear(w.cut)
	clear(w.left)
	w.all, w.asked = 0, 0
}

// Rows writes the share that is still waiting at the end of each class.
func (w *Waits) Rows(t *record.Table, marginal string) {
	waiting, left := w.all, 1.0
	for i, end := range w.ends {
		at := waiting - w.cut[i]/2 // those cut off waited, on average, for half of the class
		if at < few {
			return
		}
		left *= 1 - w.ended[i]/at
		waiting -= w.ended[i] + w.cut[i]
		t.Add(marginal, end, left, w.left[i]/w.asked, at)
	}
}
