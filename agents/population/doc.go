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
// base world, but 133,334 creators for the million, whose births are counted in; one
// core of a quiet machine):
//
//	   people    us/person-day    bytes/person    impressions/s
//	    1,000               28           5,112        1,323,000
//	   10,000               39           4,653          965,000
//	  100,000               51           4,261          744,000
//	1,000,000               76           1,904          496,000
//
// What a person costs rises as the world outgrows one cache after the other, since
// everybody meets posts from all over the catalogue; the work is the same.
//
// What it leaves out: groups, private messages, blocking.
// Reading order: config.go, population.go, graph.go, circles.go, rewiring.go.
package population
