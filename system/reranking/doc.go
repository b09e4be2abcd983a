// Package reranking turns scores into a page: what may be on it, in which order,
// and now and then a slot for exploration.
//
//	candidates ─▶ dedupe ▶ age ▶ own ▶ seen ▶ muted ▶ policy ▶ safety ▶ selected ─▶ slot by slot ─▶ page
//	                 each drop is counted for its filter                             │
//	                                                by score, authors apart, diverse ┤
//	                                                        the slot of new posts    ┤
//	                                                                  exploration    ┘
//
// The filters come first, safety last among them, and of what they leave a page may
// be made of the best by score alone. Safety fails closed: what the
// safety model could not look at is not shown, on no rung of the ladder.
// Where too little is left, the page is short, and that is counted.
//
// The order is greedy: each slot goes to the best candidate whose author does
// not stand in the few slots before it; when all are too close, spacing gives
// way. A page may be shaped beside that, each part off by default: relevance
// decays with every further post of an author and for what was not found in the
// person's network, it rises for creators who are about to give up, and maximal
// marginal relevance or a determinantal point process keep a page from repeating
// itself. All of this fails open: without it a page is by
// score alone.
//
// One slot may go to posts that hardly anybody was shown, and any slot may
// explore: a random candidate, or one by Thompson sampling. The probability with
// which a slot got its post is logged, so that what it teaches can be weighed. In a
// randomised phase, an event of a scenario, every slot is drawn: unbiased data.
//
// What it leaves out: human review of what is reported, near-duplicates, mixing
// with anything that is not a post. Reading order: config.go, reranker.go,
// filter.go, counts.go, shape.go, viability.go, diversity.go, explore.go, thompson.go.
package reranking
