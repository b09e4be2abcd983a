// Package retrieval finds candidates: sources in parallel, whose union is what
// the ranker will ever see.
//
//	in_network      newest posts of followed creators, and what followed people shared
//	neighbours      posts whose vector is nearest the person's (two towers and an index)
//	trending        posts with most engagement per impression, kept in a list
//	fresh           newest posts of all, so that counters can begin
//	item_to_item    what goes with the posts one engaged with last: a table of co-engagement
//	graph_walk      from the person over posts and their fans to other posts
//	similar_people  what the people engaged with whose vectors are nearest
//
// The last three go by who engaged with what, which they remember from the log.
// They are off by default: in the base world, whose candidates are a tenth of the
// live posts, they find what the neighbours find (thirty candidates of each in
// place of others: true value -2 % [-5, 1], three replicates).
//
// The two towers are learned from the log: a person is a vector, a post is a
// linear map of its content embedding, so that a post nobody has seen has a vector
// too, and their scalar product is a log-odds of a long view. Towers and index form
// a pair with one version: a vector from one version means nothing in the space of
// another, and an index refuses it. The index is built beside the loop and is as
// old as its build; posts published since are not in it, unless they are inserted.
//
// # Two objectives
//
// belief (the default) keeps a Gaussian belief about each person and updates it by
// every view, long or not, as a Kalman filter would. softmax is what large
// platforms train: of a batch of long views, tell each from the others' posts, with
// log-Q correction for how often a post is among them. Compared in the base world
// when 100 of its candidates were neighbours (seed 42, five replicates), softmax
// found 41 % of the truly best posts where belief found 60 %, and true value by
// person and day was 10.5 % (±1.0) lower; more passes, other rates and temperatures
// (0.1 to 1) left 11 to 25 % of a gap. Why: it learns from the long views alone, three views in ten,
// and not from what was passed over; every direction of a taste is learned at one
// rate, where the belief knows how little it knows in each; and vectors of length
// one cannot say that a taste is weak. A platform has billions of positives and
// cannot keep a covariance by person. With some twenty a day, a belief is better.
//
// A belief can also follow the log between trainings (towers.follow): people's
// vectors are updated by what they watched this minute, in the space of the towers
// that serve, and the ranker's feature embedding.dot with them. In the same
// world, following by the minute added 1.7 % (±1.0) to true value by person and day
// with seed 42 and 1.4 % (±1.4) with seed 7, five replicates each; following by the
// hour cannot be told from not following (0.7 ± 2.3).
//
// # From build to page
//
//	towers ──▶ build ──▶ gate: count, finite, recall, age ──▶ swap ──▶ insert, expire
//	 (version)   beside      refused: the one before goes on   the one     by a clock
//	             the loop                                      before is kept
//
// A rollback of the towers swaps their last index back in the same moment. A probe
// asks for the neighbours of a few people every six hours and compares them with all
// live posts by the towers that serve: this recall is what an operator sees of a
// stale index, of a walk that misses, and of mixed versions.
//
// # Two ways to search
//
//	            +-- exact: every row, one pass over memory --+
//	person ---> |                                            | ---> k nearest, not seen, not expired
//	            +-- HNSW: from neighbour to neighbour -------+
//
// An exact scan finds everything, and is the quicker way up to some 25,000 posts
// of 16 dimensions on an idle processor (BenchmarkNearest, 100 neighbours: 1,500
// posts 3 against 16 microseconds, 10,000 posts 10 against 23, 20,000 posts 21
// against 25, 30,000 posts 30 against 25, 40,000 posts 41 against 27), from where
// on the default takes the graph. A graph takes long to build, and misses a few:
// [ann.HNSW.Recall] says how many.
//
// # What it leaves out
//
// Sharding of the index, quantised vectors, a tower over a person's features
// beside the vector of their own, hard negatives. Insertion takes effect at once.
//
// # Reading order
//
// config.go, retriever.go, sources.go, friends.go, language.go; index.go,
// neighbours.go; history.go, tally.go, items.go, walk.go, similar.go; towers.go,
// train.go, follow.go, softmax.go, frequency.go, softmax_train.go, turn.go;
// validate.go, insert.go, probe.go, spoil.go. Both ways to search are in package
// ann.
package retrieval
