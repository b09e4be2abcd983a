package score

import (
	"feedloop/sim"
	"feedloop/sim/record"
)

// A Summary is what a run has to say: the verdict, the evidence for it, and what to doubt about it. It is plain data, in the
// order in which it is read; the terminal and summary.json both draw from it.
type Summary struct {
	Scenario   string        `json:"scenario"`         // the scenario's name: "reels"
	Question   string        `json:"question"`         // what it asks, in its author's words
	Answer     string        `json:"answer,omitempty"` // what the run found, in one sentence; empty when there is no such sentence
	Verdict    Verdict       `json:"verdict"`          // of all expectations together, see Overall
	Seed       uint64        `json:"seed"`             // the seed that all replicates derive from
	Replicates int           `json:"replicates"`       // how many times each world was lived
	Span       record.Length `json:"span"`             // simulated time of one replicate, warm-up included
	Warmup     record.Length `json:"warmup"`           // the part of Span that no figure below counts
	Requests   int64         `json:"requests"`         // pages asked for, over all worlds and replicates
	Worlds     []string      `json:"worlds"`           // in the scenario's order; the others are compared with the first
	Incomplete bool          `json:"incomplete"`       // the run was interrupted: what follows covers what had finished

	Expectations []Expectation `json:"expectations"` // in the scenario's order
	KeyMetrics   []KeyMetric   `json:"key_metrics"`  // the headline first; a terminal shows eight
	Funnels      []Funnel      `json:"funnels"`      // of worlds whose funnel was watched
	Moments      []Moment      `json:"moments"`      // in order of time
	Warnings     []string      `json:"warnings"`     // reasons for doubt, a sentence each
	Next         []string      `json:"next"`         // commands worth typing now, the best first
}

// Verdict says what became of an expectation.
type Verdict string

// The three verdicts. A metric without data is a failure of its own, never a silent pass.
const (
	Held    Verdict = "held"
	NotHeld Verdict = "not held"
	NoData  Verdict = "no data"
)

// Overall is the verdict on a run: NotHeld when any expectation did not hold, else NoData when any had no data, else Held,
// also when nothing was expected.
func Overall(expectations []Expectation) Verdict {
	verdict := Held
	for _, e := range expectations {
		switch e.Verdict {
		case NotHeld:
			return NotHeld
		case NoData:
			verdict = NoData
		}
	}
	return verdict
}

// An Expectation is one line of the scenario's expect list with what came of it.
type Expectation struct {
	Metric string `json:"metric"`           // "serving.latency.p99"
	World  string `json:"world"`            // the world that is judged
	Beside string `json:"beside,omitempty"` // how other worlds come in, as prose: "against nightly", "of the gap from newest to oracle"
	Is     string `json:"is"`               // the bound as written: "> +3%", "< 200ms"
	Every  string `json:"every,omitempty"`  // the length of the windows that must each meet the bound: "1h"; empty for the whole run
	During string `json:"during,omitempty"` // the stretch that is judged: "from 49d to 56d"; empty for all that follows the warm-up

	Verdict   Verdict `json:"verdict"`
	Undecided bool    `json:"undecided,omitempty"` // NotHeld only because the interval straddles the bound: more replicates may decide
	Value     Value   `json:"value"`               // what was compared with the bound; with Every, the window that came nearest to breaking it or broke it most
	Unit      string  `json:"unit"`                // of Value: the metric's, or "share" when it is relative to another world

	Windows int      `json:"windows,omitempty"` // judged, over all replicates; with Every only
	Broken  int      `json:"broken,omitempty"`  // windows that broke the bound
	First   sim.Time `json:"first,omitempty"`   // when the bound was first broken; meaningful when Broken > 0
	Last    sim.Time `json:"last,omitempty"`    // when it was last broken
}

// A KeyMetric is one row of the closing table: a value for each world, and how each world differs from the first.
type KeyMetric struct {
	Name   string           `json:"name"`
	Unit   string           `json:"unit"`
	Better record.Direction `json:"better"`
	Values []Value          `json:"values"` // by world, as Summary.Worlds
	// Differences are paired, as a share of the first world's value; by world, the first world's own being the zero Value.
	Differences []Value `json:"differences"`
}

// A Moment is something dated that happened in a run: a fault, an alarm, a publish, a rollback.
type Moment struct {
	At         sim.Time `json:"at"` // in the earliest replicate
	World      string   `json:"world"`
	Kind       string   `json:"kind"` // "fault", "alarm", "publish", "rollback"
	Text       string   `json:"text"`
	Replicates int      `json:"replicates"` // in how many replicates it happened
}
