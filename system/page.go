package system

import "feedloop/sim"

// Rung is a step of the degradation ladder: how a page was made.
type Rung uint8

// The rungs, best first. Every page counts for its rung; none but Full is
// called a success.
const (
	Full       Rung = iota // retrieved, ranked by the model, re-ranked
	Heuristic              // retrieved, ordered by popularity: there is no model, or no time for it
	NewestOnly             // newest first: retrieval did not answer in time
	EmptyPage              // nothing to show
	Rungs                  // their number
)

// String returns the rung's name in tables.
func (r Rung) String() string {
	return [...]string{"full", "heuristic", "newest", "empty", "none"}[min(r, Rungs)]
}

// Item is one post of a page with its lineage: why it is there.
type Item struct {
	Post PostID
	From SourceSet
	// Explored and Propensity are those of the [Candidate].
	Explored   bool
	Propensity float32
	// Score is the value model's, Predictions the heads' probabilities, Watch the
	// expected watch as in [Query]; 0 where there is none.
	Score, Watch float32
	Predictions  [Heads]float32
	// FeatureAge is the age in seconds of the post's counters when they were read,
	// as in [Query]; 0 on a page made without features.
	FeatureAge float32
}

// Positions is how many places of a page an [Event] or an [Example] can name.
const Positions = 256

// Page is the answer to a request.
type Page struct {
	Request
	// Items in the order in which they are shown.
	Items []Item
	// Features is row-major, len(Items) x the featurizer's width: the very
	// values that the ranker saw, logged so that training sees them too. Empty
	// where the page was made without features.
	Features []float32
	// FeatureAge is the age in seconds of the streaming counters as a whole.
	FeatureAge float32
	// IndexVersion and ModelVersion name the artefacts, ValueVersion the value model
	// that made one score of the predictions; 0 is none.
	IndexVersion, ModelVersion, ValueVersion uint32
	Rung                                     Rung
	// Partial tells that a source had not answered in time and is missing.
	Partial bool
	// Served is when the page left the gateway.
	Served sim.Time
}
