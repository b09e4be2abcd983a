package features

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"time"

	"feedloop/sim"
	"feedloop/system/features/audit"
	"feedloop/system/features/offline"
	"feedloop/system/features/view"
)

// Config describes the feature store.
type Config struct {
	// Views declare what is counted of whom, and what is shown of it. Those that
	// come with the program can be changed, under another version, and turned off;
	// others can be added.
	Views map[string]view.View `yaml:"views"`
	// Context lists the features of a candidate that are no counts. Default: all.
	// One that is made of a view's column is left out where that column is.
	Context []Context `yaml:"context"`
	// History is how many of the newest posts that a person watched long, and of
	// those that they skipped, are remembered. Default 100, range 1 to 1000.
	History int `yaml:"history"`
	// Counters say when the rows of streaming views are made.
	Counters Counters `yaml:"counters"`
	// Batch says when those of batch views are.
	Batch Batch `yaml:"batch"`
	// Smoothing is how many impressions at everybody's rate a rate starts from.
	// Default 8, more than 0.
	Smoothing float64 `yaml:"smoothing"`
	// EverybodyHalfLife is that of everybody's rates. Default 7d.
	EverybodyHalfLife time.Duration `yaml:"everybody_half_life"`
	// Dedupe is how long event ids are remembered; 0 counts duplicates as if
	// they were news. Default 1h.
	Dedupe time.Duration `yaml:"dedupe"`
	// Training says what the ranker learns from: the values that were served
	// (logged), or values recomputed by a point-in-time join with the offline store
	// (joined). Default logged.
	Training Training `yaml:"training"`
	// Offline describes the offline store, which is kept only where training is
	// joined.
	Offline offline.Config `yaml:"offline"`
	// Online describes the store that is read at request time.
	Online OnlineConfig `yaml:"online"`
	// Audit recomputes a sample of what is served.
	Audit audit.Config `yaml:"audit"`
	// PermutePeople describes every person by somebody else's counters and
	// vector, in training and serving alike: an ablation that tells what the
	// ranker knows of people from what it knows of posts. Default false.
	PermutePeople bool `yaml:"permute_people"`
}

// Training says which values of its features the ranker learns from.
type Training string

// What training reads.
const (
	// Logged are the values that were served: the ranker's vectors go into the
	// served log, and wait there for their labels (log and wait).
	Logged Training = "logged"
	// Joined are values recomputed when a training begins, by a point-in-time
	// join of the impressions with the offline store.
	Joined Training = "joined"
)

// Values lists the ways.
func (Training) Values() []string { return []string{string(Logged), string(Joined)} }

// Counters describes how streaming views are refreshed.
type Counters struct {
	// Refresh is the period at which live counts become visible. Default 1m.
	Refresh time.Duration `yaml:"refresh"`
	// WriteDelay is how long a refresh takes to become visible. Default 2s.
	WriteDelay time.Duration `yaml:"write_delay"`
}

// Batch describes the job that makes the rows of batch views.
type Batch struct {
	// Every is the period of the job. Default 1d.
	Every time.Duration `yaml:"every"`
	// Lands is how long after its data ends the result is visible. Default 2h.
	Lands time.Duration `yaml:"lands"`
	// Seal lets the job read a sealed copy of its data rather than the live ones,
	// so that it cannot read on. Default false.
	Seal bool `yaml:"seal"`
}

// DefaultConfig returns the shipped views, minutely counters and a nightly batch.
func DefaultConfig() Config {
	return Config{
		Views: view.Shipped(), Context: slices.Clone(contexts),
		History:   100,
		Counters:  Counters{Refresh: time.Minute, WriteDelay: 2 * time.Second},
		Batch:     Batch{Every: sim.Day, Lands: 2 * time.Hour},
		Smoothing: 8, EverybodyHalfLife: 7 * sim.Day, Dedupe: time.Hour,
		Audit:    audit.DefaultConfig(),
		Online:   OnlineConfig{Shards: 4, Replicas: 1},
		Training: Logged, Offline: offline.DefaultConfig(),
	}
}

// nameForm is the form of a view's name, which becomes part of features' names.
var nameForm = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.That(c.Counters.Refresh >= time.Second, "counters.refresh", c.Counters.Refresh, "at least 1s")
	v.That(c.Counters.WriteDelay >= 0 && c.Counters.WriteDelay < c.Counters.Refresh, "counters.write_delay",
		c.Counters.WriteDelay, "0 to less than counters.refresh")
	v.That(c.Batch.Every >= time.Minute, "batch.every", c.Batch.Every, "at least 1m")
	v.That(c.Batch.Lands >= 0 && c.Batch.Lands < c.Batch.Every, "batch.lands", c.Batch.Lands, "0 to less than batch.every")
	v.That(c.History >= 1 && c.History <= 1000, "history", c.History, "1 to 1000")
	v.That(c.Smoothing > 0, "smoothing", c.Smoothing, "more than 0")
	v.That(c.EverybodyHalfLife > 0, "everybody_half_life", c.EverybodyHalfLife, "a positive duration")
	v.That(c.Dedupe >= 0, "dedupe", c.Dedupe, "0 or more")
	v.That(c.Training == Logged || c.Training == Joined, "training", c.Training, "logged or joined")
	v.In("offline", c.Offline.Validate())
	v.In("online", c.Online.check())
	v.In("audit", c.Audit.Validate())
	c.checkViews(&v)
	width := 0
	for i, name := range c.Context {
		field := fmt.Sprintf("context[%d]", i)
		v.That(slices.Contains(contexts, name), field, name, "one of the features that are known: "+fmt.Sprint(contexts))
		v.That(slices.Index(c.Context, name) == i, field, name, "each feature once")
		width++
	}
	for _, name := range view.Ordered(c.Views) {
		width += len(c.Views[name].Shows)
	}
	v.That(width > 0, "views", width, "at least one feature")
	return v.Err()
}

func (c Config) checkViews(v *sim.Check) {
	for _, name := range slices.Sorted(maps.Keys(c.Views)) {
		w, path := c.Views[name], "views."+name
		v.That(nameForm.MatchString(name), path, name, "a name of lower-case words joined by underscores")
		if w.IsBatch() {
			v.In(path, w.Check(c.Batch.Every, c.Batch.Lands))
		} else {
			v.In(path, w.Check(c.Counters.Refresh, c.Counters.WriteDelay))
		}
		v.That(!view.ChangedInPlace(name, w), path+".version", max(w.Version, 1),
			"another version: what it defines is not what ships under this one")
	}
}
