package creator

import (
	"testing"

	"feedloop/sim"
	"feedloop/sim/simtest"
)

// The tests of this file ask of each parameter whether what is drawn shows it: the
// sample agrees with the formula at the value that was set, and would not at one
// that is five per cent off.

func same(x float64) float64   { return x }
func square(x float64) float64 { return x * x }

// Traits are clipped, but five standard deviations away.
func TestTraitsShowTheirParameters(t *testing.T) {
	c := DefaultConfig()
	c.Count, c.PostsPerDay = 20_000, 0
	c.Quality, c.QualitySpread, c.Clickbait, c.ClickbaitSpread = 0.5, 0.1, 0.4, 0.08
	cs, _, _ := lived(c, 0)
	var quality, qualities, clickbait, clickbaits []float64
	for i := range cs.All {
		one := &cs.All[i]
		quality, qualities = append(quality, one.Quality), append(qualities, square(one.Quality-0.5))
		clickbait, clickbaits = append(clickbait, one.Clickbait), append(clickbaits, square(one.Clickbait-0.4))
	}
	simtest.Identifies(t, quality, 0.5, same, "quality")
	simtest.Identifies(t, qualities, 0.1, square, "quality_spread")
	simtest.Identifies(t, clickbait, 0.4, same, "clickbait")
	simtest.Identifies(t, clickbaits, 0.08, square, "clickbait_spread")
}

func TestUploadsShowTheirParameters(t *testing.T) {
	const days = 3
	c := DefaultConfig()
	c.Count, c.PostsPerDay, c.Focus = 3000, 2.5, 0.6
	cs, posts, shelf := lived(c, days)
	uploads, focused, popular := make([]float64, c.Count), make([]float64, len(shelf)), 0.0
	for i, p := range shelf {
		uploads[p.Creator] += 1 / (days + posts.Config.Life.Hours()/24)
		main := cs.All[p.Creator].Topic
		if p.Topic == main {
			focused[i] = 1
		}
		share := posts.Topics.Cumulative[main]
		if main > 0 {
			share -= posts.Topics.Cumulative[main-1]
		}
		popular += share / float64(len(shelf)) // what falls on the main topic by luck
	}
	simtest.Identifies(t, uploads, 2.5, same, "posts_per_day")
	simtest.Identifies(t, focused, 0.6, func(x float64) float64 { return x + (1-x)*popular }, "focus")
}

func TestNewcomersShowTheirParameter(t *testing.T) {
	c := DefaultConfig()
	c.Count, c.PostsPerDay, c.Newcomers = 0, 0, 100
	k, cs, _ := born(c)
	k.Run(sim.Time(200*sim.Day) - 1)
	days := make([]float64, 200)
	for i := range cs.All {
		days[cs.All[i].since.Day()]++
	}
	simtest.Identifies(t, days, 100, same, "newcomers")
}

func TestBurstsShowTheirParameter(t *testing.T) {
	c := DefaultConfig()
	c.Count, c.Focus = 3000, 1
	k, cs, posts := born(c)
	cs.Burst(0, sim.Day, Burst{Topic: 7, Factor: 4})
	k.Run(sim.Time(sim.Day) - 1)
	extra := make([]float64, c.Count) // of those whose usual topic is another
	for i := range posts.Truths {
		if p := &posts.Truths[i]; p.At > 0 && p.Topic == 7 {
			extra[p.Creator]++
		}
	}
	var others []float64
	for i, n := range extra {
		if cs.All[i].Topic != 7 {
			others = append(others, n)
		}
	}
	simtest.Identifies(t, others, 4, func(x float64) float64 { return c.PostsPerDay * (x - 1) }, "factor")
}
