package run

import (
	"feedloop/agents/oracle"
	"feedloop/scenarios"
	"feedloop/sim/rng"
	"feedloop/system"
)

// yardstick is a feed without a stack: people ask, posts come, nobody learns.
type yardstick struct{ feed *oracle.Feed }

func newYardstick(w *world, c scenarios.System, src rng.Source) *yardstick {
	feed := oracle.NewFeed(w.kernel, oracle.Kind(c.Feed), w.people, w.catalogue, &system.Seen{Repeats: c.Repeats}, src,
		c.Serving.PageSize, c.Serving.Typical())
	w.people.People.Pager = feed
	w.people.People.Reporter = nobody{}
	return &yardstick{feed}
}

// nobody listens to what devices report.
type nobody struct{}

// Report implements [system.Reporter].
func (nobody) Report(uint64, []system.Event) {}
