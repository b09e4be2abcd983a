// Package creator makes posts: who uploads what, when, and how good it is.
//
// Every creator has a main topic, a quality, a taste for clickbait and an
// upload rate. Uploads form a Poisson process by the day, unless they are even:
// how many come on a day, and when, is addressed by (creator, day), so adding a
// creator moves nobody else's posts.
//
// Off unless a scenario asks: learning from who stays to watch, giving up below
// a viable reach, newcomers; and bursts of uploads on a topic, as an event.
//
// What it leaves out: money, copying others, schedules. Reading order:
// config.go, creator.go, reach.go, burst.go.
package creator
