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
// What it leaves out: groups, private messages, blocking.
// Reading order: config.go, population.go, graph.go, circles.go, rewiring.go.
package population
