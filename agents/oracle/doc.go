// Package oracle holds the yardsticks that only a simulator can have, and the
// trivial feeds between which a real system is measured.
//
//   - [Feed] answers requests without any stack: at random, newest first, or by
//     the truth: every live post valued for this person now. The last is greedy
//     within the page and blind to tomorrow, so it is a yardstick and no optimum.
//   - [Observer] watches the real funnel for sampled requests and tells how many
//     of the truly best posts survive each cut, and which step of the funnel lost
//     how much of what the best page was worth.
//
// What a step loses is known page by page, from where the person stands; that a
// better page today brings the person back tomorrow is not in it. Of staleness the
// index's is told apart, and that of counts which wait for their refresh: what a late
// event costs, an old model, or one that learned from old counts, is part of what is
// misranked, and only another world can say how large a part.
//
// Feeds pay a latency and the same seen filter as the stack. Nothing here ever
// reaches a stage. Reading order: value.go, feed.go, observer.go, cut.go,
// loss.go.
package oracle
