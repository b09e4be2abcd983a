package audit

import (
	"math"

	"feedloop/sim/record"
)

// cell counts the comparisons of one feature.
type cell struct {
	compared   float64
	mismatched [Causes]float64
	smape      [Causes]float64 // sums, by cause
}

func (c *cell) add(served, recomputed float32, differs bool, cause Cause) {
	c.compared++
	if !differs {
		return
	}
	c.mismatched[cause]++
	if size := math.Abs(float64(served)) + math.Abs(float64(recomputed)); size > 0 {
		c.smape[cause] += 2 * math.Abs(float64(served-recomputed)) / size
	}
}

// Counts returns how many values have been compared, and how many of them
// differed by cause.
func (a *Audit) Counts() (compared float64, mismatched [Causes]float64) {
	for _, shelf := range a.cells {
		for i := range shelf {
			compared += shelf[i].compared
			for cause, n := range shelf[i].mismatched {
				mismatched[cause] += n
			}
		}
	}
	return compared, mismatched
}

// Mismatches returns how many values differed, and how many were compared.
func (a *Audit) Mismatches() (differ, all float64) {
	compared, causes := a.Counts()
	for _, n := range causes {
		differ += n
	}
	return differ, compared
}

// Table returns what was found: a row by feature and cause, with the values that
// were compared, those that differ and the symmetric mean absolute percentage
// error that they add to the feature's (2 |served - recomputed| over the sum of
// both sizes, 0 to 2).
func (a *Audit) Table() record.Table {
	t := record.Table{Name: "audit", Columns: []string{"feature", "cause", "compared", "mismatched", "smape"}}
	for i, shelf := range a.cells {
		for c, cell := range shelf {
			for cause := Late; cause < Causes; cause++ {
				if cell.mismatched[cause] > 0 {
					t.Add(a.shelves[i].Names[c], cause.String(), cell.compared, cell.mismatched[cause], cell.smape[cause]/cell.compared)
				}
			}
		}
	}
	return t
}
