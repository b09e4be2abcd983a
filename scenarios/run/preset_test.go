package run

import (
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/scenarios"
	"feedloop/sim"
	"feedloop/system"
)

// someOfThem keeps the worlds of presets small where it does not matter how many live there.
const someOfThem = "agents.users.count=250"

// The presets are the scenarios that others inherit from: each is sound, has
// room to choose and signal enough, and lives in every one of its worlds.
func TestPresets(t *testing.T) {
	var found []string
	for _, name := range scenarios.Names() {
		if path.Dir(name) == "studies" {
			continue
		}
		text, _, err := scenarios.Open(name)
		require.NoError(t, err)
		assert.Regexp(t, "# Preset "+strings.TrimSuffix(path.Base(name), ".yaml")+", version [1-9]", string(text), "a preset has a name and a version")
		found = append(found, strings.TrimSuffix(path.Base(name), ".yaml"))
		t.Run(path.Base(name), func(t *testing.T) {
			s, err := scenarios.Load(name, nil, Vocabulary())
			require.NoError(t, err)
			assert.Empty(t, s.Advice())
			s, err = scenarios.Load(name, []string{someOfThem}, Vocabulary())
			require.NoError(t, err)
			for _, w := range s.Worlds {
				alive, err := build(s, task{world: w})
				require.NoError(t, err)
				alive.grow(12 * time.Hour)
				assert.Greater(t, alive.people.People.Met(), 100.0, "impressions in world %s", w.Name)
			}
		})
	}
	assert.Subset(t, found, []string{"reels", "list-feed", "heavy-news-day", "quiet-drift", "recsim-choc-kale", "x-2026", "whole-people", "chaney-2018"})
}

// What check expects of people is what they do: over forty days, in which luck evens out,
// the tenth who see most see in two days as many posts as the advice counts on, within a
// sixth, and there are ten times as many to choose from. (In ten days nearly all of what
// the upper tenth have over the others is luck.) Where a day of posts is too dear for
// forty, three have to do, for the choice alone.
func TestPresetsLeaveAChoice(t *testing.T) {
	if testing.Short() {
		t.Skip("lives for months")
	}
	for _, name := range scenarios.Names() {
		if path.Dir(name) == "studies" {
			continue
		}
		t.Run(path.Base(name), func(t *testing.T) {
			s, err := scenarios.Load(name, []string{someOfThem, "clock.run=45d", "clock.warmup=1d"}, Vocabulary())
			require.NoError(t, err)
			w, err := build(s, task{world: s.Worlds[0]})
			require.NoError(t, err)
			warm, days := 5, 40
			if s.Worlds[0].Agents.Creators.Count > 1000 {
				warm, days = 1, 3
			}
			w.grow(time.Duration(warm) * sim.Day)
			people := w.people.People
			views := make(tally, len(people.All))
			people.Reporter = counting{people.Reporter, views}
			w.grow(time.Duration(warm+days) * sim.Day)

			slices.Sort(views)
			heavy := views[len(views)*9/10] * 2 / float64(days)
			live := 0.0
			for _, p := range w.people.Posts.Truths {
				if w.kernel.Now().Sub(p.At) < s.Worlds[0].Agents.Posts.Life {
					live++
				}
			}
			assert.GreaterOrEqual(t, live, 10*heavy, "live posts, and what a heavy person sees in two days")
			if days < 40 {
				return
			}
			users := &s.Worlds[0].Agents.Users
			expected := 2 * users.SessionsPerDay * users.PostsPerVisit(0.22, s.Worlds[0].System.Serving.PageSize)
			assert.InEpsilon(t, expected, heavy, 1.0/6)
		})
	}
}

// tally is the impressions of everybody.
type tally []float64

// counting counts the impressions that devices report.
type counting struct {
	system.Reporter
	views tally
}

func (c counting) Report(key uint64, events []system.Event) {
	for i := range events {
		if events[i].Kind == system.Viewed {
			c.views[events[i].Person]++
		}
	}
	c.Reporter.Report(key, events)
}

// What an event starts, it ends: in the hours of heavy-news-day more is uploaded
// than in its quiet world, and before and after as much.
func TestInterventionsCome(t *testing.T) {
	s, err := scenarios.Load("heavy-news-day", []string{"agents.users.count=0", "clock.run=9d"}, Vocabulary())
	require.NoError(t, err)
	uploads := func(world int) (during, otherwise int) {
		w, err := build(s, task{world: s.Worlds[world]})
		require.NoError(t, err)
		w.grow(w.run)
		for _, p := range w.people.Posts.Truths {
			if p.At.Day() == 7 && p.At.Sub(0)%sim.Day >= sim.Day/4 {
				during++
			} else {
				otherwise++
			}
		}
		return during, otherwise
	}
	loud, before := uploads(0)
	still, same := uploads(1)
	assert.Equal(t, same, before)
	assert.InEpsilon(t, 6, float64(loud)/float64(still), 0.15, "four standard deviations of some 560 uploads")
}
