package run

import (
	"feedloop/agents/creator"
	"feedloop/agents/user"
	"feedloop/scenarios"
)

// interventions are what events can do to people and creators, beside the
// faults of components.
func interventions() []scenarios.Action {
	return []scenarios.Action{
		{
			Name: "creators.burst",
			Doc:  "A wave of uploads on one topic: every creator uploads `factor` times as much, and what comes on top is on `topic`; it lasts as long as `for` says.",
			With: creator.DefaultBurst(), Check: func(with any) error { return with.(creator.Burst).Validate() },
		},
		{
			Name: "users.trend",
			Doc:  "A topic that everybody cares about: `pull` is added to their affinity with posts of `topic`, for as long as `for` says.",
			With: user.DefaultTrend(), Check: func(with any) error { return with.(user.Trend).Validate() },
		},
	}
}

// intervene schedules the interventions among the events.
func (w *world) intervene(events []scenarios.Event) {
	for _, e := range events {
		switch with := e.With.(type) {
		case creator.Burst:
			w.people.Creators.Burst(e.At, e.For, with)
		case user.Trend:
			w.people.People.Trend(e.At, e.For, with)
		}
	}
}
