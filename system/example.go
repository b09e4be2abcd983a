package system

import "feedloop/sim"

// Example is a row of training data: an impression as it was served, joined
// with what the person did within the label window.
type Example struct {
	// Served is when the page left; Closed is when the label window ended.
	Served, Closed sim.Time
	Person         PersonID
	Post           PostID
	Labels         Labels
	// Position is the rank on the page, from 0.
	Position uint8
	// Watch is how many seconds the person watched, of Length seconds.
	Watch, Length float32
	// ModelVersion and Predictions are those that ranked the impression.
	ModelVersion uint32
	Predictions  [Heads]float32
}

// Examples is a sealed run of training data: nothing in it changes any more, so
// it may be read beside the loop.
type Examples struct {
	Rows []Example
	// Features is row-major, len(Rows) x Width, as served.
	Features []float32
	Width    int
	// Visits are those whose outcome became known while the rows closed; empty
	// where nobody asks for them.
	Visits []Visit
}

// Slice returns rows i to j, without visits.
func (e Examples) Slice(i, j int) Examples {
	return Examples{Rows: e.Rows[i:j], Features: e.Features[i*e.Width : j*e.Width], Width: e.Width}
}

// Row returns the features of row i.
func (e Examples) Row(i int) []float32 { return e.Features[i*e.Width : (i+1)*e.Width] }
