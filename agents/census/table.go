package census

import "feedloop/sim/record"

// Table is the name of the table that holds all marginals.
const Table = "marginals"

// NewTable returns the table without rows. A row is a point of a marginal: where,
// what was observed, what the formula expects (empty where there is none), and on
// how many observations it rests.
func NewTable() record.Table {
	return record.Table{Name: Table, Columns: []string{"marginal", "x", "observed", "expected", "weight"}}
}
