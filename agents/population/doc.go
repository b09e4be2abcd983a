// Package population builds the living side of a world from its description:
// posts, creators, people in cohorts, and who follows whom.
//
//	Config ─▶ New ─▶ Posts ◀─ Creators (upload)
//	                   ▲          ▲
//	                 People (ask, view, react) ─ follow ─▶ Creators, each other
//	                   └─ share ─▶ circles ─▶ those who follow them
//
// Creators hear who stays to watch where a scenario lets them learn or give up.
//
// The graph is off unless a scenario asks: fame by a power law, friends who are
// alike, and follows that change as tastes do. What somebody shares comes to their
// followers through the platform, which knows the graph and hears of shares; only
// then do people meet it. So a feed that ignores behaviour spreads nothing.
//
// A day of a world grows with its people, and memory with it (BenchmarkPopulation
// and BenchmarkMillion; a random feed, each person with as many creators as in the
// base world, but 133,334 creators for the million; one core):
//
//	   people    us/person-day    bytes/person    impressions/s
//	    1,000               28           4,992        1,350,000
//	   10,000               32           4,601        1,198,000
//	  100,000               34           4,216        1,095,000
//	1,000,000               39           1,934          966,000
//
// What a person costs rises by two fifths while the world outgrows one cache after the
// other: everybody meets posts from all over the catalogue, and memory is asked for
// all posts of a page at once.
//
// What it leaves out: groups, private messages, blocking.
// Reading order: config.go, population.go, graph.go, circles.go, rewiring.go.
package population
