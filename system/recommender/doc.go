// Package recommender is the recommenders of the literature, which answer instead
// of the funnel: small enough to write down, they order everything there is for
// everybody, so that what a way to recommend does to people can be studied alone.
//
//	posts ──────────────┐                       the newest, at random places
//	log ─▶ who took what ├─▶ train ─▶ scores ─▶ order ──────┴──▶ list ─▶ person
//	people, friends ────┘   by the clock        ties by chance
//
// Until the first training a list has the newest posts alone. Then it has all live
// posts that the last training knew, best first, whether or not they were shown or
// taken before, and the newest posts between them. A list is as long as that.
//
// The families are those of Chaney, Stewart and Engelhardt, "How algorithmic
// confounding in recommendation systems increases homogeneity and decreases
// utility", RecSys 2018, as T-RECS replicates them (Lucherini, Sun, Winecoff and
// Narayanan, "T-RECS: a simulation tool to study the societal impact of recommender
// systems", 2021). Each has a profile of every person, by which it can be asked who
// is most like whom ([Feed.Nearest]):
//
//	            score of a post                         a person's profile
//	popularity  how many have taken it                  1
//	content     profile x attributes of the post        the least squares fit of what they
//	                                                    took, without negative weights
//	social      how many friends have taken it          who their friends are, and themselves
//	random      product of two vectors of chance,       such a vector
//	            new in every training
//	ideal       the true utility, which is handed in    none
//
// The random family is the published one, and not a shuffle: a post whose vector
// happens to be long is high on everybody's list until the next training.
//
// The ideal is a yardstick: who builds the world hands in a function that knows the
// truth. The others know what a platform knows.
//
// # Against the published replication
//
// Change in Jaccard index after a hundred steps of repeated training, and utility of
// what was taken relative to the ideal's: thirty runs of the published code, and
// twenty replicates of the study homogenisation (seed 42), with 95 % intervals.
//
//	             published                         here
//	popularity   .222 ± .009    -14.1 % ± 1.3      .221 ± .012    -14.4 % ± 1.4
//	content      .153 ± .010     -2.4 % ± 0.2      .140 ± .015     -2.4 % ± 0.3
//	social       .090 ± .011     -8.2 % ± 0.5      .089 ± .010     -7.6 % ± 0.6
//	random       .012 ± .014    -25.3 % ± 0.4      .018 ± .014    -25.4 % ± 0.6
//
// Lists of all families share their luck, so that before the first training people
// take the same posts in every world. The published ones do not, which makes content
// find people alike who are so by accident; with luck of its own it gives .150 ± .013.
//
// What it leaves out: matrix factorisation, the paper's fifth; cost and time of
// training and serving; anything that could fail.
//
// Reading order: config.go, feed.go, list.go, history.go, family.go, content.go,
// nearest.go.
package recommender
