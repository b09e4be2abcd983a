package retrieval

import (
	"fmt"
	"time"

	"feedloop/sim"
	"feedloop/system"
)

// Config describes how candidates are found.
type Config struct {
	// Candidates is the most that the union passes on to be scored. Default 150.
	Candidates int `yaml:"candidates"`
	// Quotas are how many candidates each source may propose.
	Quotas Quotas `yaml:"quotas"`
	// Index is how the embedding index is kept.
	Index Index `yaml:"index"`
	// Towers is how the embeddings are trained.
	Towers Towers `yaml:"towers"`
	// Engagement is what the sources remember that go by who engaged with what.
	Engagement Engagement `yaml:"engagement"`
	// TrendingRefresh is the period at which the trending list is made. Default 10m.
	TrendingRefresh time.Duration `yaml:"trending_refresh"`
}

// Quotas are candidates by source; 0 turns a source off.
type Quotas struct {
	// InNetwork: newest posts of followed creators. Default 40.
	InNetwork int `yaml:"in_network"`
	// Neighbours: nearest in the towers' space. The
	// more, the less is left for the ranker to know of people. Default 20.
	Neighbours int `yaml:"neighbours"`
	// Trending: most engagement per impression. Default 50.
	Trending int `yaml:"trending"`
	// Fresh: newest of all. Default 40.
	Fresh int `yaml:"fresh"`
	// ItemToItem: what goes with the posts that the person engaged with last,
	// from a table of co-engagement. Default 0.
	ItemToItem int `yaml:"item_to_item"`
	// GraphWalk: a walk from the person over posts and their fans to other posts.
	// Default 0.
	GraphWalk int `yaml:"graph_walk"`
	// SimilarPeople: what the people nearest in the towers' space engaged with
	// last. Default 0.
	SimilarPeople int `yaml:"similar_people"`
}

// Engagement describes the memory of the sources item_to_item, graph_walk and
// similar_people.
type Engagement struct {
	// Memory is how many posts are remembered by person, and how many people by
	// post, the newest. Default 64, range 1 to 10,000.
	Memory int `yaml:"memory"`
	// Seeds is how many of a person's last posts a search starts from. Default
	// 20, range 1 to 10,000.
	Seeds int `yaml:"seeds"`
	// People is how many similar people are asked. Default 20, range 1 to 10,000.
	People int `yaml:"people"`
	// Links is how many similar posts the table of items keeps for a post.
	// Default 50, range 1 to 10,000.
	Links int `yaml:"links"`
	// Shrinkage is how many people two posts must have in common for half of
	// their similarity to be believed. Default 5, 0 or more.
	Shrinkage float64 `yaml:"shrinkage"`
	// Refresh is the period at which the table of items is made. Default 1h.
	Refresh time.Duration `yaml:"refresh"`
	// Build is what that takes, plus BuildPerPost for each post. Defaults 1m and 2ms.
	Build        time.Duration `yaml:"build"`
	BuildPerPost time.Duration `yaml:"build_per_post"`
}

// Kind is a way to search the embedding index.
type Kind string

// The kinds.
const (
	ExactScan Kind = "exact" // compares every post: finds all, and its time grows with the posts
	Graph     Kind = "hnsw"  // walks a graph: misses some, and its time hardly grows
	Auto      Kind = "auto"  // an exact scan as long as that is the quicker one
)

// Values lists the kinds.
func (Kind) Values() []string { return []string{string(ExactScan), string(Graph), string(Auto)} }

// QueryTower is which version of the towers asks an index.
type QueryTower string

// The query towers.
const (
	Paired QueryTower = "paired" // the one that the index was built with: both change in one moment
	Newest QueryTower = "newest" // the newest, which an index of another version refuses to answer
)

// Values lists the query towers.
func (QueryTower) Values() []string { return []string{string(Paired), string(Newest)} }

// Index describes the embedding index.
type Index struct {
	// Kind is how it is searched. Default auto.
	Kind Kind `yaml:"kind"`
	// ExactUpTo is the most live posts at a build for which auto means an exact
	// scan. Default 25,000, 0 or more.
	ExactUpTo int `yaml:"exact_up_to"`
	// Breadth is how many near posts a walk of the graph holds on to (ef), at
	// least as many as it is to find. More finds more of the true neighbours and
	// takes longer. Default 200, range 1 to 100,000.
	Breadth int `yaml:"breadth"`
	// Refresh is the period at which the index is rebuilt. Default 30m.
	Refresh time.Duration `yaml:"refresh"`
	// OnPublish tells whether new towers begin a build at once. Without it the old
	// pair of towers and index answers on until the next refresh. Default true.
	OnPublish bool `yaml:"on_publish"`
	// Insert is the period at which new posts are put into the index, and expired
	// ones taken out, between builds; 0s leaves that to the builds. Default 0s, 0s
	// or 1s to 1d.
	Insert time.Duration `yaml:"insert"`
	// QueryTower is which version of the towers asks. Default paired.
	QueryTower QueryTower `yaml:"query_tower"`
	// Gate is what a finished build must pass to replace the index.
	Gate Gate `yaml:"gate"`
	// Probe is the period at which recall is measured, with ProbePeople people. A
	// period that divides that of the builds always meets an index of one age.
	// Defaults 6h and 4.
	Probe       time.Duration `yaml:"probe"`
	ProbePeople int           `yaml:"probe_people"`
	// Build is what a build takes, plus BuildPerPost for each post. Defaults 1m and 2ms.
	Build        time.Duration `yaml:"build"`
	BuildPerPost time.Duration `yaml:"build_per_post"`
}

// Objective is what the towers are trained for.
type Objective string

// The objectives.
const (
	Belief   Objective = "belief"  // to predict every long view: a Gaussian belief about each person
	Contrast Objective = "softmax" // to tell the post that was watched from the others of a batch
)

// Values lists the objectives.
func (Objective) Values() []string { return []string{string(Belief), string(Contrast)} }

// Softmax describes the training by in-batch softmax with log-Q correction.
type Softmax struct {
	// Batch is how many long views are told from each other. Default 128, range
	// 2 to 10,000.
	Batch int `yaml:"batch"`
	// Temperature divides the cosines: a low one asks for the very post, a high
	// one for its kind. Default 0.2, more than 0, at most 10.
	Temperature float64 `yaml:"temperature"`
	// Passes over the long views of one training. Default 3, range 1 to 100.
	Passes int `yaml:"passes"`
	// Rate is AdaGrad's first step in each number of a person's vector, PostRate
	// that in the post tower, of which every batch moves all. Defaults 0.2 and
	// 0.005, more than 0 and 0 or more, at most 10.
	Rate     float64 `yaml:"rate"`
	PostRate float64 `yaml:"post_rate"`
}

// check says what is wrong with s.
func (s Softmax) check(v *sim.Check) {
	v.That(s.Batch >= 2 && s.Batch <= 10_000, "towers.softmax.batch", s.Batch, "2 to 10,000")
	v.That(s.Temperature > 0 && s.Temperature <= 10, "towers.softmax.temperature", s.Temperature, "more than 0, at most 10")
	v.That(s.Passes >= 1 && s.Passes <= 100, "towers.softmax.passes", s.Passes, "1 to 100")
	v.That(s.Rate > 0 && s.Rate <= 10, "towers.softmax.rate", s.Rate, "more than 0, at most 10")
	v.That(s.PostRate >= 0 && s.PostRate <= 10, "towers.softmax.post_rate", s.PostRate, "0 to 10")
}

// Towers describes the training of the embeddings. The spreads and what is
// forgotten belong to the objective belief.
type Towers struct {
	// Objective is what they are trained for. Default belief.
	Objective Objective `yaml:"objective"`
	// Softmax is how, where the objective is softmax.
	Softmax Softmax `yaml:"softmax"`
	// FreshSpace makes every training end in an orientation of the space of its
	// own, as one from random weights would: scores stay, and vectors of two
	// versions have nothing to do with each other. Default false: a space is only
	// moved a little.
	FreshSpace bool `yaml:"fresh_space"`
	// PersonSpread is how far people's vectors are believed to scatter around
	// zero before any data, per axis, in log-odds: the standard deviation of the
	// prior. A small one trusts data late. Default 1.
	PersonSpread float64 `yaml:"person_spread"`
	// CreatorSpread is the same for the biases of creators. Default 0.5.
	CreatorSpread float64 `yaml:"creator_spread"`
	// ContentSpread is the same for the weights of the content tower around the
	// identity. Default 0.02.
	ContentSpread float64 `yaml:"content_spread"`
	// Follow is the period at which people's vectors are brought up to what they
	// have watched since the last training; 0s leaves them as trained. It needs
	// the objective belief. Default 0s, 0s or 1s to 1d.
	Follow time.Duration `yaml:"follow"`
	// Forget is the variance that an example adds to the belief about each axis
	// of a person's vector, because tastes drift. Default 0.0005.
	Forget float64 `yaml:"forget"`
	// Passes over the data of one training for a belief. Default 1, range 1 to 100.
	Passes int `yaml:"passes"`
}

// DefaultConfig returns four sources and 150 candidates.
func DefaultConfig() Config {
	return Config{
		Candidates: 150,
		Quotas:     Quotas{InNetwork: 40, Neighbours: 20, Trending: 50, Fresh: 40},
		Index: Index{
			Kind: Auto, ExactUpTo: 25_000, Breadth: 200,
			Refresh: 30 * time.Minute, OnPublish: true, Build: time.Minute, BuildPerPost: 2 * time.Millisecond,
			QueryTower: Paired, Probe: 6 * time.Hour, ProbePeople: 4,
			Gate: Gate{MinCount: 0.99, MinRecall: 0.8, Sample: 50, MaxAge: 12 * time.Hour},
		},
		Towers: Towers{
			Objective: Belief, Softmax: Softmax{Batch: 128, Temperature: 0.2, Passes: 3, Rate: 0.2, PostRate: 0.005},
			PersonSpread: 1, CreatorSpread: 0.5, ContentSpread: 0.02, Forget: 0.0005, Passes: 1,
		},
		Engagement: Engagement{
			Memory: 64, Seeds: 20, People: 20, Links: 50, Shrinkage: 5,
			Refresh: time.Hour, Build: time.Minute, BuildPerPost: 2 * time.Millisecond,
		},
		TrendingRefresh: 10 * time.Minute,
	}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	q := c.Quotas
	v.That(c.Candidates >= 1 && c.Candidates <= 100_000, "candidates", c.Candidates, "1 to 100,000")
	sum := 0
	for n := range system.Sources {
		v.That(q.Quota(n) >= 0, "quotas."+n.String(), q.Quota(n), "0 or more")
		sum += max(0, q.Quota(n))
	}
	v.That(sum > 0, "quotas", fmt.Sprint(sum, " in all"), "at least one source with a quota")
	x := c.Index
	v.That(x.Kind == ExactScan || x.Kind == Graph || x.Kind == Auto, "index.kind", x.Kind, "exact, hnsw or auto")
	v.That(x.ExactUpTo >= 0, "index.exact_up_to", x.ExactUpTo, "0 or more")
	v.That(x.Breadth >= 1 && x.Breadth <= 100_000, "index.breadth", x.Breadth, "1 to 100,000")
	v.That(x.Refresh >= time.Second, "index.refresh", x.Refresh, "at least 1s")
	v.That(x.Build > 0, "index.build", x.Build, "a positive duration")
	v.That(x.BuildPerPost >= 0, "index.build_per_post", x.BuildPerPost, "0 or more")
	v.That(x.Insert == 0 || x.Insert >= time.Second && x.Insert <= sim.Day, "index.insert", x.Insert, "0s, or 1s to 1d")
	v.That(x.QueryTower == Paired || x.QueryTower == Newest, "index.query_tower", x.QueryTower, "paired or newest")
	v.That(x.Probe >= time.Minute, "index.probe", x.Probe, "at least 1m")
	v.That(x.ProbePeople >= 1 && x.ProbePeople <= 10_000, "index.probe_people", x.ProbePeople, "1 to 10,000")
	x.Gate.check(&v)
	t := c.Towers
	v.That(t.Objective == Belief || t.Objective == Contrast, "towers.objective", t.Objective, "belief or softmax")
	t.Softmax.check(&v)
	v.That(t.Follow == 0 || t.Follow >= time.Second && t.Follow <= sim.Day, "towers.follow", t.Follow, "0s, or 1s to 1d")
	v.That(t.Follow == 0 || t.Objective == Belief, "towers.follow", t.Follow, "0s where the objective is softmax: only a belief is followed")
	v.That(t.PersonSpread > 0 && t.PersonSpread <= 100, "towers.person_spread", t.PersonSpread, "more than 0, at most 100")
	v.That(t.CreatorSpread > 0 && t.CreatorSpread <= 100, "towers.creator_spread", t.CreatorSpread, "more than 0, at most 100")
	v.That(t.ContentSpread > 0 && t.ContentSpread <= 100, "towers.content_spread", t.ContentSpread, "more than 0, at most 100")
	v.That(t.Forget >= 0 && t.Forget < 1, "towers.forget", t.Forget, "0 to less than 1")
	v.That(t.Passes >= 1 && t.Passes <= 100, "towers.passes", t.Passes, "1 to 100")
	c.Engagement.check(&v)
	v.That(c.TrendingRefresh >= time.Second, "trending_refresh", c.TrendingRefresh, "at least 1s")
	return v.Err()
}

// check says what is wrong with e.
func (e Engagement) check(v *sim.Check) {
	for _, n := range []struct {
		field string
		value int
	}{{"memory", e.Memory}, {"seeds", e.Seeds}, {"people", e.People}, {"links", e.Links}} {
		v.That(n.value >= 1 && n.value <= 10_000, "engagement."+n.field, n.value, "1 to 10,000")
	}
	v.That(e.Shrinkage >= 0 && e.Shrinkage <= 1e6, "engagement.shrinkage", e.Shrinkage, "0 to 1,000,000")
	v.That(e.Refresh >= time.Second, "engagement.refresh", e.Refresh, "at least 1s")
	v.That(e.Build > 0, "engagement.build", e.Build, "a positive duration")
	v.That(e.BuildPerPost >= 0, "engagement.build_per_post", e.BuildPerPost, "0 or more")
}

// Quota returns what a source may propose.
func (q Quotas) Quota(s source) int {
	return [...]int{q.InNetwork, q.Neighbours, q.Trending, q.Fresh, q.ItemToItem, q.GraphWalk, q.SimilarPeople}[s]
}

// remembers tells whether a source is on that needs the history of engagement.
func (q Quotas) remembers() bool { return q.ItemToItem+q.GraphWalk+q.SimilarPeople > 0 }

// graphFor says whether an index of so many posts is searched by its graph.
func (x Index) graphFor(posts int) bool {
	return x.Kind == Graph || x.Kind == Auto && posts > x.ExactUpTo
}
