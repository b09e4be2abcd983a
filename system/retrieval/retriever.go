package retrieval

import (
	"slices"
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/retrieval/ann"
)

type source = system.Source

// Retriever is the candidate stage of a world.
type Retriever struct {
	config     Config
	kernel     *sim.Kernel
	src        rng.Source
	catalogue  *system.Catalogue
	seen       *system.Seen
	popularity system.Popularity

	weights   *weights
	version   uint32   // of the towers that serve
	vectors   []vector // of every post, in the space of the towers that serve
	index     index
	previous  index // the last of other towers
	retired   index // that nobody will ask any more: its rows make room for a build's
	builds    sim.Pending[*index]
	begun     uint64 // builds so far
	withdrawn uint64 // builds up to this number are of towers that were rolled back
	broken    *sim.Point
	mixed     *sim.Point
	lost      *sim.Point
	noNumbers *sim.Point
	lastProbe Probe
	probed    []system.Candidate
	counts    Counts

	// Refused hears why a finished index does not serve; it may be nil.
	Refused func(reason string)

	byCreator [][]system.PostID // newest last
	friends   friends
	follows   [][]system.CreatorID
	speaks    []system.Languages // by person; nil where nobody has set any
	keys      []uint64           // of people, for their luck
	trending  []system.PostID    // best first

	history    history
	items      items
	gatherings sim.Pending[*items]
	circles    []circle // by person
	tally      tally
	following  following
	trainings  uint64 // begun so far

	asker  asker
	scores []float32 // reused
	best   ann.Scan
	near   []ann.Neighbour
	found  []num.Ranked
	spare  []num.Ranked
	mark   []uint32 // by post id - markFirst: the row of the union that holds it
	epochs []uint32
	epoch  uint32

	buildKind, trendKind, itemsKind sim.Kind
}

// NewRetriever returns a retriever over the catalogue. Popularity may be set
// later, by SetPopularity, because features and retrieval need each other.
func NewRetriever(k *sim.Kernel, c Config, src rng.Source, catalogue *system.Catalogue, seen *system.Seen, people []system.Person) *Retriever {
	r := &Retriever{
		config: c, kernel: k, src: src, catalogue: catalogue, seen: seen,
		weights: newWeights(len(people), c.Towers), follows: make([][]system.CreatorID, len(people)),
		broken: k.Point(BuildFailure), mixed: k.Point(MixedVersions), lost: k.Point(LostRows),
		noNumbers: k.Point(NoNumbers), lastProbe: unprobed,
	}
	r.asker.hides, r.asker.strange, r.speaks = r.hides, r.strange, settings(people)
	r.friends = befriended(people)
	r.history = history{memory: c.Engagement.Memory, posts: make([][]system.PostID, len(people))}
	r.circles, r.keys = make([]circle, len(people)), make([]uint64, len(people))
	for _, p := range people {
		r.follows[p.ID] = append(r.follows[p.ID], p.Follows...)
		r.keys[p.ID] = p.Key
	}
	r.buildKind = k.Register("retrieval.index_built", sim.Infrastructure, r.onBuilt)
	refresh := k.Register("retrieval.refresh_index", sim.Infrastructure, func(sim.Event) { r.build() })
	r.trendKind = k.Register("retrieval.trending", sim.Infrastructure, func(sim.Event) { r.makeTrending() })
	k.Every(sim.Time(c.Index.Refresh), c.Index.Refresh, refresh)
	k.Every(0, c.TrendingRefresh, r.trendKind)
	if c.Index.Insert > 0 {
		insert := k.Register("retrieval.insert", sim.Infrastructure, func(sim.Event) { r.insert() })
		k.Every(sim.Time(c.Index.Insert), c.Index.Insert, insert)
	}
	k.Every(sim.Time(c.Index.Probe), c.Index.Probe, k.Register("retrieval.probe", sim.Observers, r.probe))
	if c.Towers.Follow > 0 {
		r.follow(c.Towers.Follow)
	}
	if c.Quotas.ItemToItem > 0 {
		r.itemsKind = k.Register("retrieval.items_gathered", sim.Infrastructure, r.onGathered)
		gather := k.Register("retrieval.gather_items", sim.Infrastructure, func(sim.Event) { r.gather() })
		k.Every(sim.Time(c.Engagement.Refresh), c.Engagement.Refresh, gather)
	}
	return r
}

// SetPopularity says where the trending source reads its counters.
func (r *Retriever) SetPopularity(p system.Popularity) { r.popularity = p }

// Published tells the retriever of a new post. It can be found as in-network
// and as fresh at once, as a neighbour when the index is built next.
func (r *Retriever) Published(id system.PostID) {
	post := r.catalogue.Post(id)
	for int(post.Creator) >= len(r.byCreator) {
		r.byCreator = append(r.byCreator, nil)
	}
	r.byCreator[post.Creator] = append(r.byCreator[post.Creator], id)
	of := inTraining(post)
	r.vectors = append(r.vectors, r.weights.tower(&of))
}

// Consume updates the follow lists, the history of engagement and the vectors of
// people from an event of the log, which may bring an event twice.
func (r *Retriever) Consume(e *system.Event) {
	if r.config.Quotas.remembers() {
		r.history.consume(e)
	}
	if r.config.Towers.Follow > 0 {
		r.observe(e)
	}
	switch e.Kind {
	case system.Followed, system.Subscribed:
		if !slices.Contains(r.follows[e.Person], e.Creator) {
			r.follows[e.Person] = append(r.follows[e.Person], e.Creator)
		}
	case system.Unfollowed:
		if i := slices.Index(r.follows[e.Person], e.Creator); i >= 0 {
			r.follows[e.Person] = slices.Delete(r.follows[e.Person], i, i+1)
		}
	}
	r.friends.consume(e)
}

// Person implements [system.Embedder].
func (r *Retriever) Person(id system.PersonID) []float32 {
	if r.version == 0 {
		return nil
	}
	return r.person(id)[:]
}

// Post implements [system.Embedder].
func (r *Retriever) Post(id system.PostID) []float32 { return r.vectors[id][:] }

// Version implements [system.Embedder].
func (r *Retriever) Version() uint32 { return r.version }

// IndexVersion is the version of the towers in whose space the index was built;
// 0 is no index.
func (r *Retriever) IndexVersion() uint32 { return r.index.version }

// IndexAge is how long ago the catalogue was read that the index holds.
func (r *Retriever) IndexAge() time.Duration { return r.kernel.Now().Sub(r.index.asOf) }

// Counts is what became of builds, of posts between them, of searches for
// neighbours, and of what sources proposed:
//
//	Offered  = Inserted + Unindexed
//	Proposed = Expired + Repeated + Cut + United
type Counts struct {
	// Refused counts finished builds that did not pass the gate. Those that did held
	// Held posts, and lacked Missing that they were to hold: lost, or without a finite
	// vector.
	Refused, Held, Missing uint64
	// Offered counts the posts that were to go into an index between builds.
	// Unindexed are those that no search will find, for their vectors are not finite.
	Offered, Inserted, Unindexed uint64
	// Searches of the index, and those of them whose vector came from other towers
	// than the index, by the versions that both carry: Crossed. Of these Mismatched
	// were refused; the others found something that means nothing. Aimless are the
	// searches whose vector is not finite: nothing is near it.
	Searches, Crossed, Mismatched, Aimless uint64
	// Proposed counts the posts on the lists that were united. Of these, Expired had
	// come to the end of their life meanwhile, Repeated were in the union already,
	// and Cut were beyond the most that it may hold.
	Proposed, Expired, Repeated, Cut, United uint64
}

// Balanced tells whether every post offered to an index and every proposal is
// accounted for.
func (c Counts) Balanced() bool {
	return c.Offered == c.Inserted+c.Unindexed && c.Proposed == c.Expired+c.Repeated+c.Cut+c.United
}

// Counts returns what has happened so far.
func (r *Retriever) Counts() Counts { return r.counts }
