package scenarios

import (
	"regexp"
	"time"

	"feedloop/agents/population"
	"feedloop/sim"
	"feedloop/system/features"
	"feedloop/system/ingestion"
	"feedloop/system/monitoring"
	"feedloop/system/ranking"
	"feedloop/system/recommender"
	"feedloop/system/reranking"
	"feedloop/system/retraining"
	"feedloop/system/retrieval"
	"feedloop/system/rollout"
	"feedloop/system/serving"
	"feedloop/system/stream"
)

// Scenario is one question to the simulator and everything needed to answer
// it. It is plain data, validated, with every default filled in.
type Scenario struct {
	Version    int               `yaml:"version"`            // of the language. Default and only choice: 1.
	Name       string            `yaml:"name"`               // lower-case words joined by hyphens; names the run's folder.
	From       string            `yaml:"from,omitempty"`     // a scenario file to inherit clock, agents, system, events, record and sizes from: a path from this file, or a name in the library. One file deep.
	Question   string            `yaml:"question,omitempty"` // what the scenario asks, in one sentence.
	Clock      Clock             `yaml:"clock"`              // when it starts and how long it runs.
	Seed       uint64            `yaml:"seed"`               // of all luck. Default: 42.
	Replicates int               `yaml:"replicates"`         // how many times each world is lived, with other luck. Default: 3, range 1 to 10,000.
	Size       Size              `yaml:"size"`               // how many page requests it makes in all: S up to 100 thousand, M 700 thousand, L 6 million. Default: S.
	Agents     population.Config `yaml:"agents"`             // the people, and what they are really like.
	System     System            `yaml:"system"`             // the feed's stack.
	Events     []Event           `yaml:"events"`             // what happens on the way. Default: nothing.
	Worlds     []World           `yaml:"worlds"`             // counterfactual copies by name, each with the keys it changes. Default: one world, main.
	Expect     []Expectation     `yaml:"expect"`             // what must come out. Default: nothing.
	Record     Record            `yaml:"record"`             // what the run leaves behind.
}

// System describes the feed's stack, a section a stage.
type System struct {
	Feed        Feed               `yaml:"feed"`        // who answers a request for a page: the stack, or what stands beside it. Default: stack.
	Repeats     bool               `yaml:"repeats"`     // whether somebody may be shown a post again that they were shown. Default: false.
	Ingestion   ingestion.Config   `yaml:"ingestion"`   // devices, collectors, and the way of an event to the log.
	Stream      stream.Config      `yaml:"stream"`      // the partitioned log of events, and how it is read.
	Features    features.Config    `yaml:"features"`    // what is known about a person and a post when they meet, and how old it may be.
	Retrieval   retrieval.Config   `yaml:"retrieval"`   // where candidates come from.
	Ranking     ranking.Config     `yaml:"ranking"`     // the model that predicts what a person will do, and the value of each prediction.
	Reranking   reranking.Config   `yaml:"reranking"`   // how scored candidates become a page.
	Serving     serving.Config     `yaml:"serving"`     // the request path: servers, deadlines, and what is shown when time runs out.
	Retraining  retraining.Config  `yaml:"retraining"`  // how the log becomes training data, and when a model is trained.
	Monitoring  monitoring.Config  `yaml:"monitoring"`  // what operators see.
	Rollout     rollout.Config     `yaml:"rollout"`     // what a new model must pass before people meet it.
	Recommender recommender.Config `yaml:"recommender"` // a recommender of the literature, which answers where feed is recommender.
}

// Default returns the scenario that an empty file would describe.
func Default() Scenario {
	return Scenario{
		Version:    1,
		Clock:      Clock{Start: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), Run: 10 * sim.Day, Warmup: 3 * sim.Day},
		Seed:       42,
		Replicates: 3,
		Size:       Small,
		Agents:     population.DefaultConfig(),
		System:     DefaultSystem(),
		Record:     Record{Series: time.Hour},
	}
}

// DefaultSystem returns the stack with every stage at its defaults.
func DefaultSystem() System {
	return System{
		Feed:        Stack,
		Ingestion:   ingestion.DefaultConfig(),
		Stream:      stream.DefaultConfig(),
		Features:    features.DefaultConfig(),
		Retrieval:   retrieval.DefaultConfig(),
		Ranking:     ranking.DefaultConfig(),
		Reranking:   reranking.DefaultConfig(),
		Serving:     serving.DefaultConfig(),
		Retraining:  retraining.DefaultConfig(),
		Monitoring:  monitoring.DefaultConfig(),
		Rollout:     rollout.DefaultConfig(),
		Recommender: recommender.DefaultConfig(),
	}
}

// nameForm is the form of the names of scenarios and worlds: they become
// folders, columns and legend entries.
var nameForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// Validate says what is wrong with the scenario's own keys; its sections
// answer for themselves.
func (s Scenario) Validate() error {
	var c sim.Check
	c.That(s.Version == 1, "version", s.Version, "1")
	c.That(nameForm.MatchString(s.Name), "name", s.Name, "lower-case words joined by hyphens, such as stale-counters")
	c.That(s.Replicates >= 1 && s.Replicates <= 10_000, "replicates", s.Replicates, "1 to 10,000")
	c.That(s.Record.Series <= s.Clock.Run, "record.series", s.Record.Series, "at most clock.run, "+FormatDuration(s.Clock.Run))
	return c.Err()
}

// Validate says what is wrong between stages; each answers for itself.
func (s System) Validate() error {
	var c sim.Check
	back := s.Retraining.Window + s.Retraining.LabelWindow
	c.That(s.Features.Training != features.Joined || s.Features.Offline.Retention >= back,
		"features.offline.retention", s.Features.Offline.Retention,
		"at least retraining.window and label_window together, "+FormatDuration(back)+", where training is joined")
	return c.Err()
}

// Feed says who answers a request for a page.
type Feed string

// The feeds. All pay the same latency and leave out what was seen, but for
// system.repeats and the recommender.
const (
	Stack       Feed = "stack"       // the system with all its stages
	Random      Feed = "random"      // any live post
	Newest      Feed = "newest"      // the youngest live posts
	Oracle      Feed = "oracle"      // the live posts of most true value to the person
	Recommender Feed = "recommender" // a recommender of the literature, without a funnel
)

// Values lists the feeds.
func (Feed) Values() []string {
	return []string{string(Stack), string(Random), string(Newest), string(Oracle), string(Recommender)}
}

// Size says how many page requests a scenario makes over all its worlds and
// replicates.
type Size string

// The sizes.
const (
	Small  Size = "S" // 50 to 100 thousand: seconds
	Medium Size = "M" // 700 thousand: minutes
	Large  Size = "L" // 6 million: half an hour
)

// Values lists the sizes.
func (Size) Values() []string { return []string{string(Small), string(Medium), string(Large)} }
