package system

import "math"

// Source is one way of finding candidates.
type Source uint8

// The candidate sources.
const (
	InNetwork     Source = iota // recent posts of followed creators
	Neighbours                  // nearest posts in the towers' embedding space
	Trending                    // most engaging posts by recent counters
	Fresh                       // newest posts, whoever made them
	ItemToItem                  // what goes with the posts that the person engaged with last
	GraphWalk                   // what those engaged with who share a post with the person
	SimilarPeople               // what those engaged with who are like the person
	Sources                     // their number
)

// String returns the source's name in YAML and in tables.
func (s Source) String() string {
	return [...]string{
		"in_network", "neighbours", "trending", "fresh", "item_to_item", "graph_walk", "similar_people", "none",
	}[min(s, Sources)]
}

// SourceSet is a set of sources: the provenance of a candidate.
type SourceSet uint8

// With returns the set with s added.
func (s SourceSet) With(x Source) SourceSet { return s | 1<<x }

// Has tells whether x is in the set.
func (s SourceSet) Has(x Source) bool { return s&(1<<x) != 0 }

// Candidate is a post that may be shown.
type Candidate struct {
	Post PostID
	// From are all the sources that proposed the post.
	From SourceSet
	// IndexVersion is that of the embedding index which proposed the post, 0 for
	// other sources.
	IndexVersion uint32
	// Explored marks a post that an exploration slot chose; Propensity is the
	// probability with which it was chosen (1 for a deterministic choice).
	Explored   bool
	Propensity float32
}

// Unscored is the score of a candidate that has none: it goes behind all others.
const Unscored = -math.MaxFloat32

// Query is one request on its way through the stages. Its buffers are reused
// from request to request; row i of every matrix belongs to candidate i.
type Query struct {
	Request
	// Candidates in the order of their union.
	Candidates []Candidate
	// Features is row-major, candidates x [Featurizer.Width].
	Features []float32
	// FeatureAge is the age in seconds of the streaming counters as a whole: how far
	// behind the clock they are.
	FeatureAge float32
	// Ages are, per candidate, the age in seconds of its own post's counters: how
	// far behind the clock the data reach that made their row. It is more than
	// FeatureAge where nothing has moved them since, and -1 where there are none.
	Ages []float32
	// Predictions is row-major, candidates x [Heads], calibrated probabilities.
	Predictions []float32
	// Watch is, per candidate, the expected watch in the unit of the ranker's
	// watch head, 0 to 1; empty where it has none.
	Watch []float32
	// Scores is the value model's output per candidate; [Unscored] where that, or a
	// feature, is not finite.
	Scores []float32
	// Order lists candidate rows in the order in which they are shown.
	Order []int32
	// IndexVersion and ModelVersion are what retrieval and ranking used, ValueVersion
	// the value model, which has versions of its own: its weights name it.
	IndexVersion, ModelVersion, ValueVersion uint32
	// Rung is the step of the degradation ladder that made the page.
	Rung Rung
}

// Reset empties the query for a new request and keeps its buffers.
func (q *Query) Reset(r Request) {
	*q = Query{
		Request: r, Candidates: q.Candidates[:0], Features: q.Features[:0], Ages: q.Ages[:0],
		Predictions: q.Predictions[:0], Watch: q.Watch[:0], Scores: q.Scores[:0], Order: q.Order[:0],
	}
}
