package features

import (
	"time"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/features/audit"
	"feedloop/system/features/offline"
	"feedloop/system/features/view"
	"feedloop/system/stream"
)

// Store is the online feature store of a world, with the consumer group that
// feeds it.
type Store struct {
	config    Config
	kernel    *sim.Kernel
	catalogue *system.Catalogue
	embedder  system.Embedder
	group     *stream.Group[system.Event]
	dedupe    *stream.Dedupe

	everybody view.Tally

	shelves        []*shelf // those whose rows stand in vectors, in that order
	all            []*shelf // with the one that does not
	tables         [entities]table
	posts          *shelf // the streaming counters of posts; nil without
	faded          *shelf // whose rows are brought forward by the reader; nil without
	fadedHalfLife  time.Duration
	held           bool            // batch rows wait for their upload
	slowness       float64         // times as long as usual that a read takes
	load           *load           // nil: nothing bounds it
	asOf, stagedAt [paths]sim.Time // up to when the visible and the staged rows know the log

	audit      *audit.Audit // nil: none
	sequences  *sequences
	pairs      pairs // person x creator
	topics     int
	recency    []float32          // by topic, of the person being described
	follows    []bool             // by number of the pair
	members    [entities][]uint32 // whose rows tell of the candidates of the request being described
	situations []situation        // what else there is to know of them
	near       near               // and how near they are
	join       join

	names   []string
	counts  int         // the columns of views among them, which come first
	context []int       // places among contexts of the rest
	popular [3][2]place // long views, likes and hides of the post and of its creator
	// Places in a vector that other features are made of; -1 is none.
	creatorLong, topicLong, hourVolume, dayVolume int

	stranger []system.PersonID // whose features stand for a person's, if permuted

	refreshKind, publishKind, batchKind, landKind sim.Kind
}

var strangerPurpose = rng.NewPurpose("features.permute_people")

// New returns a store that reads the log. The people are those known at
// sign-up; the embedder's vectors become a feature.
func New(k *sim.Kernel, c Config, src rng.Source, log *stream.Log[system.Event], catalogue *system.Catalogue, people []system.Person, topics int, embedder system.Embedder) *Store {
	s := &Store{
		config: c, kernel: k, catalogue: catalogue, embedder: embedder, topics: topics, recency: make([]float32, topics), slowness: 1,
	}
	s.compile()
	s.load = newLoad(&s.config.Online, s.shelves)
	s.sequences = newSequences(c.History, len(people))
	for _, p := range people {
		for _, creator := range p.Follows {
			s.follow(s.pairs.add(p.ID, creator), true)
		}
	}
	if c.Dedupe > 0 {
		s.dedupe = stream.NewDedupe(c.Dedupe)
	}
	if c.PermutePeople {
		s.stranger = permutation(src, len(people))
	}
	s.group = log.Subscribe("features", s.consume)
	s.group.Keep(memory{s})
	s.schedule(k)
	s.register(k)
	s.startAudit(log)
	return s
}

// permutation returns people in an order drawn once, in which nobody keeps their
// place (Sattolo's variant of Fisher and Yates).
func permutation(src rng.Source, n int) []system.PersonID {
	order := make([]system.PersonID, n)
	for i := range order {
		order[i] = system.PersonID(i)
	}
	for i := n - 1; i > 0; i-- {
		j := rng.Index(src.Uniform(strangerPurpose, uint64(i), 0), i)
		order[i], order[j] = order[j], order[i]
	}
	return order
}

// follow notes whether the person of a pair follows its creator.
func (s *Store) follow(pair uint32, does bool) {
	for int(pair) >= len(s.follows) {
		s.follows = append(s.follows, make([]bool, 1024)...)
	}
	s.follows[pair] = does
}

// followed tells whether the person of a pair follows its creator.
func (s *Store) followed(pair uint32) bool {
	return int(pair) < len(s.follows) && s.follows[pair]
}

// consume counts one event of the log.
func (s *Store) consume(e *system.Event) {
	now := s.kernel.Now()
	if s.dedupe != nil && s.dedupe.Repeated(e.ID, now) {
		return
	}
	s.count(e, min(e.At, now)) // a clock ahead of ours does not age what we know
}

// count adds an event of a moment to everything that it belongs to.
func (s *Store) count(e *system.Event, at sim.Time) {
	d := view.DeltaOf(e)
	s.everybody.Add(&d, at, s.config.EverybodyHalfLife)
	pair := s.pairs.add(e.Person, e.Creator)
	keys := s.keys(e.Person, e.Post, e.Creator, e.Topic, pair)
	for _, shelf := range s.all {
		shelf.add(keys[shelf.entity], &d, at)
	}
	s.sequences.add(e)
	switch e.Kind {
	case system.Followed, system.Subscribed:
		s.follow(pair, true)
	case system.Unfollowed:
		s.follow(pair, false)
	}
	if s.audit != nil {
		s.tell(e, s.audit.Counted)
	}
}

// rates are everybody's as of now.
func (s *Store) rates() view.Priors {
	everybody := s.everybody.AsOf(s.kernel.Now(), s.config.EverybodyHalfLife)
	return view.PriorsOf(&everybody)
}

func (s *Store) topicRow(p system.PersonID, t system.TopicID) uint32 {
	return uint32(p)*uint32(s.topics) + uint32(t)
}

// schedule sets the refreshes going.
func (s *Store) schedule(k *sim.Kernel) {
	c := &s.config
	s.publishKind = k.Register("features.publish", sim.Infrastructure, func(sim.Event) {
		s.publish(streaming)
	})
	s.landKind = k.Register("features.land", sim.Infrastructure, func(sim.Event) { s.land() })
	s.refreshKind = k.Register("features.refresh", sim.Infrastructure, func(e sim.Event) {
		s.refresh(streaming, e.At)
		k.After(c.Counters.WriteDelay, s.publishKind, 0, 0)
	})
	s.batchKind = k.Register("features.batch", sim.Infrastructure, func(e sim.Event) {
		s.refresh(batch, e.At)
		k.After(c.Batch.Lands, s.landKind, 0, 0)
	})
	k.Every(sim.Time(c.Counters.Refresh), c.Counters.Refresh, s.refreshKind)
	k.Every(sim.Time(c.Batch.Every), c.Batch.Every, s.batchKind)
}

// land makes the batch rows visible, unless their upload is late.
func (s *Store) land() {
	if s.kernel.Point(Backfill).On() && !s.config.Batch.Seal {
		priors := s.rates()
		for _, shelf := range s.all {
			if shelf.path == batch {
				shelf.write(&priors, s.kernel.Now())
			}
		}
	}
	if s.kernel.Point(BatchLate).On() {
		s.held = true
		return
	}
	s.publish(batch)
}

// refresh makes the rows of a path anew. Those of the refresh before have been
// written by then, or are held with these until their upload comes.
//
// Simplification: only members that moved get a row. One that nothing happened to
// keeps the counts of its last refresh, undecayed, until it has been silent for so
// long that its row tells nothing; a store that decays when it is read would not.
func (s *Store) refresh(path path, now sim.Time) {
	s.stagedAt[path] = s.group.Watermark()
	priors := s.rates()
	for _, shelf := range s.all {
		if shelf.path == path {
			shelf.refresh(&priors, now)
		}
	}
	if path == streaming {
		s.sequences.refresh(s.catalogue)
	}
	if s.audit != nil {
		s.tellMade(path, &priors)
	}
}

// publish makes the rows of a path visible.
func (s *Store) publish(path path) {
	now, before := s.kernel.Now(), s.asOf[path]
	s.asOf[path] = max(0, s.stagedAt[path]) // a recovery takes it back
	stamp := s.asOf[path]
	if path == batch && s.config.Offline.Stamp == offline.Start {
		stamp = before
	}
	for _, shelf := range s.all {
		if shelf.path == path {
			shelf.publish(s.asOf[path], stamp, now)
		}
	}
	if path == streaming {
		s.sequences.publish()
	}
	if s.audit != nil {
		s.tellVisible(path)
	}
}

// Age is how far the visible streaming counters are behind the clock.
func (s *Store) Age() time.Duration { return s.kernel.Now().Sub(s.asOf[streaming]) }

// Lag is how long the oldest event has waited that the store has not read.
func (s *Store) Lag() time.Duration { return s.group.LagTime() }

// Group is the consumer group that feeds the store.
func (s *Store) Group() *stream.Group[system.Event] { return s.group }

// BatchAge is how far the nightly rows are behind the clock.
func (s *Store) BatchAge() time.Duration { return s.kernel.Now().Sub(s.asOf[batch]) }

// Duplicates counts the events that the dedupe step kept out.
func (s *Store) Duplicates() uint64 {
	if s.dedupe == nil {
		return 0
	}
	return s.dedupe.Hits
}

// Popularity returns the visible engagement per impression of the post and of
// its creator: what a creator's posts usually get stands in for what a young
// post has not had the time to show.
func (s *Store) Popularity(id system.PostID) float32 {
	sum := float32(0)
	for i, key := range [2]uint32{uint32(id), uint32(s.catalogue.Post(id).Creator)} {
		longView, like, hide := s.popular[0][i], s.popular[1][i], s.popular[2][i]
		if longView.shelf == nil || like.shelf != longView.shelf || hide.shelf != longView.shelf {
			sum += longView.of(key) + float32(0.5*like.of(key)) - float32(0.5*hide.of(key))
		} else if row := longView.shelf.row(key); row != nil { // one look at one row
			sum += row[longView.at] + float32(0.5*row[like.at]) - float32(0.5*row[hide.at])
		}
	}
	return sum
}
