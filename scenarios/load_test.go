package scenarios

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"feedloop/agents/user"
	"feedloop/sim"
)

// everything uses each part of the language once.
const everything = `
version: 1
name: everything
from: base/reels.yaml
question: >-
  Is every part of the language
  read?
clock: {start: 2026-03-01T06:00:00+01:00, run: 2w, warmup: 1d12h}
seed: 18446744073709551615
replicates: 5
size: M
agents:
  users:
    count: 400
    taste: &half {pull: 50%}
    cohorts:
      - {name: heavy, share: 20%, sessions_per_day: 7}
      - {name: light, share: 0.8}
  creators: {focus: 12.3%}
system:
  stream: {poll: 0}
  feed: stack
events:
  - {at: 10d, do: creators.burst, with: {topic: news, factor: 5}, for: 18h}
  - {at: 1w, do: ingestion.stall, for: 40m}
  - {at: 0, do: ingestion.stall, with: {target: gateway, parameter: 0.25}}
  - {at: 3d, do: catalogue.clear}
worlds:
  plain:
  changed:
    system.feed: oracle
    events: [{at: 3d, do: catalogue.clear}]
    agents.users.taste: {topics: 4, noise: 1}
    agents: {users: {satiation: {half_life: 90m}}}
  quiet: {events: [], agents.users.cohorts: []}
expect:
  - {metric: true_value_per_person_day, world: changed, against: plain, is: "> +3%"}
  - {metric: serving.latency.p99, world: plain, is: "< 0.2s", in_every: 1h}
  - {metric: serving.degraded_share, world: plain, is: "<= 5%"}
  - {metric: events_lost, world: plain, is: = 0}
  - {metric: true_value_per_person_day, world: changed, gap: {from: plain, to: quiet}, is: "> 30%"}
  - {metric: true_value_per_person_day, world: changed, lead_lost: {by: plain, over: quiet}, is: between 50% and 100%}
  - {metric: events_lost, world: plain, is: = 0, during: {from: 1h, until: 1d}}
record: {series: 10m, traces: {users: 5}}
`

// validPoll makes everything valid: a poll of 0 is read but not accepted.
const validPoll = "system.stream.poll=1s"

func parseEverything(t *testing.T, set ...string) *Scenario {
	t.Helper()
	s, err := Parse("everything.yaml", []byte(everything), append([]string{validPoll}, set...), words())
	require.NoError(t, err)
	return s
}

func TestEveryKindOfValue(t *testing.T) {
	s := parseEverything(t)
	assert.Equal(t, "Is every part of the language read?", s.Question)
	assert.Equal(t, 14*sim.Day, s.Clock.Run)
	assert.Equal(t, 36*time.Hour, s.Clock.Warmup)
	assert.Equal(t, time.Date(2026, 3, 1, 5, 0, 0, 0, time.UTC), s.Clock.Start.UTC())
	assert.Equal(t, uint64(18446744073709551615), s.Seed)
	assert.Equal(t, Medium, s.Size)
	assert.Equal(t, 400, s.Agents.Users.Count)
	assert.Equal(t, []user.Cohort{{Name: "heavy", Share: 0.2, SessionsPerDay: new(7.0)}, {Name: "light", Share: 0.8}}, s.Agents.Users.Cohorts)
	assert.InDelta(t, 0.123, float64(s.Agents.Creators.Focus), 1e-15)
	assert.Equal(t, time.Second, s.System.Stream.Poll)
	assert.Equal(t, Record{Series: 10 * time.Minute, Traces: Traces{Users: 5}}, s.Record)

	untouched := user.DefaultConfig()
	assert.Equal(t, untouched.SessionsPerDay, s.Agents.Users.SessionsPerDay, "a key that is not mentioned keeps its default")
	assert.Equal(t, untouched.Taste.Noise, s.Agents.Users.Taste.Noise, "also beside one that is")
}

func TestEventsCarryTheirArguments(t *testing.T) {
	s := parseEverything(t)
	require.Len(t, s.Events, 4)
	assert.Equal(t, Event{At: sim.Time(10 * sim.Day), Do: "creators.burst", With: burst{Topic: "news", Factor: 5}, For: 18 * time.Hour}, s.Events[0])
	assert.Nil(t, s.Events[3].With)
	assert.Equal(t, sim.Plan{
		{At: sim.Time(7 * sim.Day), For: 40 * time.Minute, Kind: "ingestion.stall", Parameter: 0.5},
		{Kind: "ingestion.stall", Target: "gateway", Parameter: 0.25},
	}, Faults(s.Events))
}

func TestWorldsChangeCopies(t *testing.T) {
	s := parseEverything(t)
	assert.Equal(t, []string{"plain", "changed", "quiet"}, s.worldNames())

	plain, ok := s.World("plain")
	require.True(t, ok)
	assert.Empty(t, plain.Changes)
	assert.Equal(t, s.Agents, plain.Agents)
	assert.Equal(t, s.System, plain.System)

	changed, _ := s.World("changed")
	assert.Equal(t, []Change{
		{"system.feed", "stack", "oracle"},
		{"events", flow(reflect.ValueOf(s.Events)), "[{at: 3d, do: catalogue.clear}]"},
		{"agents.users.taste.topics", "3", "4"},
		{"agents.users.taste.noise", "0.3", "1"},
		{"agents.users.satiation.half_life", "4h", "1h30m"},
	}, changed.Changes)
	assert.Equal(t, Oracle, changed.System.Feed)
	assert.Equal(t, 4, changed.Agents.Users.Taste.Topics)
	assert.Equal(t, sim.Share(0.5), changed.Agents.Users.Taste.Pull, "what a world does not change it shares")

	quiet, _ := s.World("quiet")
	assert.Empty(t, quiet.Events)
	assert.Empty(t, quiet.Agents.Users.Cohorts)
	assert.Len(t, s.Events, 4, "a world's changes stay in the world")

	_, ok = s.World("elsewhere")
	assert.False(t, ok)
}

func TestWithoutWorldsThereIsMain(t *testing.T) {
	s, err := Parse("x.yaml", []byte("name: x\nexpect: [{metric: events_lost, is: = 0}]"), nil, words())
	require.NoError(t, err)
	assert.Equal(t, []string{"main"}, s.worldNames())
	assert.Equal(t, "main", s.Expect[0].World, "the only world need not be named")
}

func TestSetComesAfterTheFile(t *testing.T) {
	s := parseEverything(t, "agents.users.count=500", "seed=7", "worlds.changed.system.feed=newest", "system={feed: random}", "events=[]",
		"agents.users.cohorts=[{name: all, share: 100%}]")
	assert.Equal(t, uint64(7), s.Seed)
	assert.Equal(t, 500, s.Agents.Users.Count)
	assert.Len(t, s.Agents.Users.Cohorts, 1)
	plain, _ := s.World("plain")
	assert.Equal(t, Random, plain.System.Feed)
	changed, _ := s.World("changed")
	assert.Equal(t, Newest, changed.System.Feed, "what a world changes stays changed")
	assert.Equal(t, time.Second, changed.System.Stream.Poll, "a mapping keeps what it does not mention")
}

// TestFrom covers what a file inherits from its base, and what it does not.
func TestFrom(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "base.yaml"), []byte(`
name: base
question: The base's own?
seed: 7
agents: {users: {count: 100, taste: {topics: 5}}}
worlds: {one: {}, two: {system.feed: newest}}
expect: [{metric: events_lost, world: one, is: = 0}]
`), 0o644))
	file := filepath.Join(folder, "heir.yaml")
	require.NoError(t, os.WriteFile(file, []byte("name: heir\nfrom: base.yaml\nagents: {users: {count: 200}}"), 0o644))
	s, err := Load(file, nil, words())
	require.NoError(t, err)
	assert.Equal(t, "heir", s.Name)
	assert.Equal(t, uint64(7), s.Seed)
	assert.Equal(t, 200, s.Agents.Users.Count, "the file's own value wins")
	assert.Equal(t, 5, s.Agents.Users.Taste.Topics, "the base's is kept beside it")
	assert.Empty(t, s.Question, "the question is the base's own")
	assert.Equal(t, []string{"main"}, s.worldNames(), "so are the worlds that it compares")
	assert.Empty(t, s.Expect, "and what it expects of them")
	assert.NotContains(t, string(s.Effective()), "from:", "the effective scenario stands alone")
}

// TestEffectiveLoadsAgain is the promise behind `verify`: a saved scenario is
// the scenario that ran.
func TestEffectiveLoadsAgain(t *testing.T) {
	scenarios := map[string]*Scenario{"everything": parseEverything(t)}
	for _, name := range Names() {
		text, err := library.ReadFile(name)
		require.NoError(t, err)
		s, err := Parse(name, withoutNames(t, text), nil, words())
		require.NoError(t, err)
		scenarios[name] = s
	}
	for name, s := range scenarios {
		again, err := Parse("effective.yaml", s.Effective(), nil, words())
		require.NoError(t, err, name)
		assert.Equal(t, string(s.Effective()), string(again.Effective()), name)
		s.From = ""
		s.Clock.Start, again.Clock.Start = s.Clock.Start.UTC(), again.Clock.Start.UTC()
		assert.Equal(t, s, again, name)
	}
}

// withoutNames leaves out what a shipped file says in the vocabulary of the
// stages, which this package does not know: scenarios/run tests that.
func withoutNames(t *testing.T, text []byte) []byte {
	t.Helper()
	var document map[string]yaml.Node
	require.NoError(t, yaml.Unmarshal(text, &document))
	delete(document, "expect")
	delete(document, "events")
	worlds := document["worlds"]
	for _, world := range worlds.Content {
		for i := 0; i+1 < len(world.Content); i += 2 {
			if world.Kind == yaml.MappingNode && world.Content[i].Value == "events" {
				world.Content[i+1].Content = nil // no event
			}
		}
	}
	out, err := yaml.Marshal(document)
	require.NoError(t, err)
	return out
}

func TestLibraryNames(t *testing.T) {
	for _, name := range []string{"reels", "base/reels", "base/reels.yaml", "scenarios/base/reels.yaml"} {
		_, shown, err := Open(name)
		require.NoError(t, err)
		assert.Contains(t, []string{name, "scenarios/base/reels.yaml"}, shown)
	}
	_, _, err := Open("base")
	assert.Error(t, err, "a folder is no scenario")
}
