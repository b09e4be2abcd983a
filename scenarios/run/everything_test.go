package run

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/scenarios"
	"feedloop/system"
	"feedloop/system/monitoring"
)

// everything is the small world with every part of people and creators that is
// off by default.
var everything = []string{
	"agents.users.bots={share: 10%, clients: 5%}", "agents.users.satiation.noise=0.05", "agents.users.survey={share: 50%}", "agents.users.joining={share: 20%, over: 1d}",
	"agents.users.habit={lure: 0.25, sensitivity: 0.05}", "agents.users.annoyance={wait: 0.01, empty: 0.1, degraded: 0.05, repeated: 0.1}",
	"agents.users.return={weekend: 1.3, reactivation: 5%, excitation: {jump: 1}, loyalty: {memory: 0.9, slope: 20}}",
	"agents.users.choice={comment: {base: -3, per_value: 4}, report: {base: -5, per_value: -4}, pause: {base: -3, per_value: 2}, rewatch: 50%}",
	"agents.creators={newcomers: 4, learning: 0.0005, viability: {reach: 5, period: 1d}}", "agents.posts={violating: 2%, borderline: 5%, ageing: {half_life: 1d, news: [0]}, languages: [{name: a, share: 70%}, {name: b, share: 30%}]}",
	"agents.graph={exponent: 2.5, friends: 8, rewiring: 30%}", "agents.users.taste={bilingual: 30%, attachment: 0.05}",
	"events=[{at: 20h, for: 8h, do: creators.burst}, {at: 20h, for: 8h, do: users.trend}]",
}

// All parts together, on either surface: the platform's books still balance,
// nobody meets a post twice, every kind of event reaches the log, and the same
// luck gives the same world.
func TestEveryPartAtOnce(t *testing.T) {
	for _, surface := range []string{"full_screen", "list"} {
		t.Run(surface, func(t *testing.T) {
			set := append([]string{"agents.users.attention.surface=" + surface}, everything...)
			w := born(t, small, set...)
			l := open(w)
			w.grow(w.run - 4*time.Hour)
			w.people.People.Frozen = true
			w.grow(w.run)
			p := w.platform
			assert.True(t, p.server.Counts().Balanced() && p.ingestion.Counts().Balanced() && p.joiner.Counts().Balanced())
			assert.Equal(t, l.emitted, p.ingestion.Counts().Emitted)
			assert.Zero(t, l.repeated, "posts shown twice")
			kinds := map[system.EventKind]int{}
			for _, kind := range l.logged {
				kinds[kind]++
			}
			assert.Len(t, kinds, int(system.EventKinds), "%v", kinds)
			w.tick(w.kernel.Now())
			result := w.rec.Result()
			heard := result.Total(monitoring.SurveySatisfaction.Name)
			assert.True(t, heard > -1 && heard < 1, "what operators heard: %v", heard)
			assert.Equal(t, peopleDigest(t, small, set...), peopleDigest(t, small, set...))
		})
	}
}

// An event may name what one world has and another has not: each is asked.
func TestAnEventAboutNothingIsAnError(t *testing.T) {
	text := small + `
events:
  - {at: 1h, do: users.trend, with: {topic: 12}}
  - {at: 2h, do: creators.burst, with: {topic: 16}}
worlds: {whole: {}, coarse: {agents.posts.topics: 12}}
`
	_, err := scenarios.Parse("test.yaml", []byte(text), nil, Vocabulary())
	require.ErrorContains(t, err, "test.yaml:13:45: events[0].with.topic: got 12, want a topic of this world, 0 to 11 (in world coarse)")
	require.ErrorContains(t, err, "test.yaml:14:48: events[1].with.topic: got 16, want a topic of this world, 0 to 15 (in world whole)")
	require.ErrorContains(t, err, "test.yaml:14:48: events[1].with.topic: got 16, want a topic of this world, 0 to 11 (in world coarse)")
}
