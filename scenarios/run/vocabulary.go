package run

import (
	"feedloop/scenarios"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system/features"
	"feedloop/system/ingestion"
	"feedloop/system/reranking"
	"feedloop/system/retraining"
	"feedloop/system/retrieval"
	"feedloop/system/stream"
)

// Faults lists the fault points of every component.
func Faults() []sim.FaultSpec {
	var all []sim.FaultSpec
	for _, faults := range [][]sim.FaultSpec{
		ingestion.Faults(), stream.Faults(), features.Faults(), retrieval.Faults(), reranking.Faults(), retraining.Faults(),
	} {
		all = append(all, faults...)
	}
	return all
}

// Vocabulary returns what a scenario may name: metrics, and the faults and
// actions of its events.
func Vocabulary() scenarios.Vocabulary {
	v := scenarios.Vocabulary{Metrics: &record.Known}
	for _, f := range Faults() {
		v.Actions = append(v.Actions, scenarios.Fault(f))
	}
	v.Actions = append(v.Actions, interventions()...)
	return v
}
