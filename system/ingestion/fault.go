package ingestion

import (
	"time"

	"feedloop/sim"
)

// The fault points. The counter-measure of each is a knob, named beside it.
const (
	// Outage makes every attempt to reach the collector fail. More attempts, or
	// longer pauses between them, outlive it.
	Outage = "ingestion.outage"
	// Loss makes attempts fail with the parameter's probability; attempts.
	Loss = "ingestion.loss"
	// Duplication makes acknowledgements get lost with the parameter's
	// probability, so that batches come twice; dedupe here or at the readers.
	Duplication = "ingestion.duplication"
	// FutureClock sets the clocks of the parameter's share of devices ahead by a
	// day; future, correct_clocks, and the readers' stream.clamp.
	FutureClock = "ingestion.future_clock"
	// FieldDropped is a client release on the parameter's share of devices that
	// writes a field, its target, under a name nobody knows; strict, and a replay
	// when the schema knows the name.
	FieldDropped = "ingestion.field_dropped"
	// Replayed makes operators send the dead letters again, as many times as the
	// parameter says; replay_once.
	Replayed = "ingestion.replay"
)

// fields are what a release can drop.
var fields = []string{"watch", "length", "position"}

// Faults lists the fault points with the bounds within which the component
// promises to lose no event silently.
func Faults() []sim.FaultSpec {
	const promise = "every event is appended, rejected, or counted as lost"
	often, long := [2]float64{0.1, 2}, [2]time.Duration{time.Minute, 6 * time.Hour}
	return []sim.FaultSpec{
		{Kind: Outage, PerDay: often, For: long, Promise: promise},
		{Kind: Loss, PerDay: often, For: long, Parameter: [2]float64{0.01, 0.9}, Promise: promise},
		{Kind: Duplication, PerDay: often, For: long, Parameter: [2]float64{0.01, 0.9}, Promise: promise},
		{Kind: FutureClock, PerDay: often, For: long, Parameter: [2]float64{0.001, 0.3},
			Promise: "no watermark moves past the clock; `parameter` is the share of devices that are a day ahead"},
		{Kind: FieldDropped, Targets: fields, PerDay: often, For: long, Parameter: [2]float64{0.01, 0.9},
			Promise: "strict collectors keep the events as dead letters; `parameter` is the share of devices with the release"},
		{Kind: Replayed, PerDay: often, For: [2]time.Duration{time.Second, time.Minute}, Parameter: [2]float64{1, 3},
			Promise: "each dead letter arrives once; `parameter` is how many times they are sent"},
	}
}
