// Package user is the truth about people: what they like, how they spend a
// visit, what they do with a post, and whether they come back.
//
//	day ─▶ candidate visits ─(satisfaction)─▶ visit ─▶ ask ─▶ page ─▶ view, react ─┬─▶ ask again
//	          taste drifts                                  ▲  mood, satiation      └─▶ leave ─▶ satisfaction
//
// True value is what the person would say of an impression on reflection: how
// near the post is to their taste times how good it is, minus regret for
// clickbait, minus satiation with its topic. What they do is only a proxy: the
// thumbnail decides whether they stay, the value how long, and reactions are
// rare. Every draw is addressed by who meets what, never by order, so the same
// person facing the same post in two worlds rolls the same dice.
//
// A page is lived through at the moment it arrives: nothing can reach the
// person while they watch, so the whole sequence of views can be computed at
// once, with event times that lie ahead of the clock; the device keeps each
// event back until its time.
//
// Parts that are off or neutral unless a scenario asks: list surfaces with a
// position curve, of which each post is met for itself or the best one taken,
// languages, comments, reports and pauses, stopping at the end of a post, weekends,
// visits that excite each other, loyalty over months, the return of the departed,
// people who join later, annoyance at slow, empty, degraded and repeated pages, the
// slow work of a diet of clickbait, interest in a creator that feeds on itself,
// surveys, bots.
//
// Trends come as events. Every marginal is counted as it comes out, beside the
// formula it comes from: see [People.Marginals] and the figure `people`.
//
// What it leaves out: talk between people beyond shares; see package population
// for who follows whom.
//
// Reading order: config.go, odds.go, cohort.go, people.go, person.go, value.go,
// trend.go, visit.go, impulse.go, rhythm.go, view.go, surface.go, take.go,
// react.go, exposure.go, pause.go, habit.go, annoyance.go, survey.go, bot.go,
// friend.go, attachment.go, groups.go, metrics.go, bayes.go, marginals.go, expected.go.
package user
