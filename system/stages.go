package system

// The stages of the request path. Each call does its work at once and returns
// how much it did, in the unit that its station charges for; how long that
// takes is the station's affair.

// Retriever finds candidates.
type Retriever interface {
	// Source appends one source's candidates for q to dst and returns them with
	// the number of rows scanned. It does not touch q.
	Source(s Source, q *Query, dst []Candidate) (found []Candidate, rows int)
	// Union merges the sources' lists into q.Candidates: one entry a post with
	// all its provenance, within the quotas; posts already seen are left out.
	Union(q *Query, lists *[Sources][]Candidate)
}

// Featurizer describes candidates to the ranker.
type Featurizer interface {
	// Width is the number of features of a candidate; Names are theirs.
	Width() int
	Names() []string
	// Describe fills q.Features, q.FeatureAge and q.Ages and returns the values read.
	Describe(q *Query) (values int)
}

// Ranker predicts every head for every candidate and values them.
type Ranker interface {
	// Ready tells whether a model has been published.
	Ready() bool
	// Rank fills q.Predictions and q.Scores and returns the multiply-adds.
	Rank(q *Query) (flops int)
	// Fallback fills q.Scores from popularity alone.
	Fallback(q *Query)
}

// Reranker turns scores into a page.
type Reranker interface {
	// Arrange fills q.Order with at most n rows of q.
	Arrange(q *Query, n int)
	// Discard takes back the page that Arrange has made of q, if it has made one:
	// nobody will see it.
	Discard(q *Query)
	// Admits tells whether the post may be shown to the person at all: what makes
	// a page without Arrange has to ask.
	Admits(person PersonID, post PostID) bool
}

// Embedder holds a version of the two towers.
type Embedder interface {
	// Person and Post return vectors of length [Dim], or nil where there is
	// none; their dot product is a log-odds of engagement.
	Person(PersonID) []float32
	Post(PostID) []float32
	// Version is 0 before the first training.
	Version() uint32
}

// Popularity is what recent counters say of a post's appeal to everybody.
type Popularity interface {
	// Popularity returns a log-odds of engagement relative to the average post;
	// 0 for a post that nobody has seen.
	Popularity(PostID) float32
}
