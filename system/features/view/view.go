package view

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"feedloop/sim"
)

// View declares features: what is counted of whom, and what is shown of it.
type View struct {
	// Entity is what events are grouped by. It has no default.
	Entity Entity `yaml:"entity"`
	// Source is where the events come from. Default events, the behaviour log.
	Source Source `yaml:"source,omitempty"`
	// HalfLife is that of decaying counts. Either it or window is given.
	HalfLife time.Duration `yaml:"half_life,omitempty"`
	// Window is the length of a sliding window in which counts are full and
	// beyond which they are nothing; its tail moves in hops.
	Window time.Duration `yaml:"window,omitempty"`
	// Hop is how finely a window forgets, a divisor of it. Default: 5m for windows
	// of an hour and up, 1h from 12h up, 1d from 12d up, a twelfth below an hour.
	Hop time.Duration `yaml:"hop,omitempty"`
	// Shows are the columns, in their order. It has no default.
	Shows []Column `yaml:"shows"`
	// Path is how rows become visible: streaming or batch. Default streaming.
	Path Path `yaml:"path,omitempty"`
	// TTL is the age beyond which a value is not served; the default is served in
	// its place. Default 0: any age will do.
	TTL time.Duration `yaml:"ttl,omitempty"`
	// Default is what is served in place of a value that there is not. Default 0:
	// average, or unknown.
	Default float64 `yaml:"default,omitempty"`
	// Version names the definition: whoever changes it gives it another. Default 1.
	Version int `yaml:"version,omitempty"`
	// Off leaves the view out. Default false.
	Off bool `yaml:"off,omitempty"`
}

// Names are the names of the features that a view of this name shows.
func (v View) Names(name string) []string {
	out := make([]string, len(v.Shows))
	for i, c := range v.Shows {
		out[i] = name + "." + string(c)
	}
	return out
}

// whole returns the view with its defaults spelled out.
func (v View) whole() View {
	if v.Source == "" {
		v.Source = Events
	}
	if v.Path == "" {
		v.Path = Streaming
	}
	if v.Version == 0 {
		v.Version = 1
	}
	if v.Window > 0 && v.Hop == 0 {
		v.Hop = hopOf(v.Window)
	}
	return v
}

// IsBatch tells whether rows are made by the nightly job.
func (v View) IsBatch() bool { return v.Path == Batch }

// Fades tells whether the view's one column is brought forward when it is read.
func (v View) Fades() bool { return slices.Contains(v.Shows, Faded) }

// silences is for how many half-lives an entity may be silent before its row is
// as good as empty: an eighth of what was counted is left.
const silences = 3

// Silence is how long before the state of a shelf an entity's newest row may
// have been made and still tell something.
func (v View) Silence() time.Duration {
	if v.Window > 0 {
		return v.Window
	}
	return silences * v.HalfLife
}

// Same tells whether two views define the same values. Where rows are made, how
// old they may be and whether they are served is no part of that.
func (v View) Same(other View) bool {
	a, b := v.whole(), other.whole()
	return a.Entity == b.Entity && a.Source == b.Source && a.HalfLife == b.HalfLife && a.Window == b.Window &&
		a.Hop == b.Hop && a.Default == b.Default && slices.Equal(a.Shows, b.Shows)
}

// longest is the longest window.
const longest = 1000 * sim.Day

// Check returns everything that is wrong with the view; refresh is the period at
// which its rows are made, and delay how long they take to be visible.
func (v View) Check(refresh, delay time.Duration) error {
	var c sim.Check
	w := v.whole()
	c.That(slices.Contains(Entities, w.Entity), "entity", v.Entity, listed(Entity("").Values()))
	c.That(w.Source == Events, "source", v.Source, listed(Source("").Values()))
	c.That(w.Path == Streaming || w.Path == Batch, "path", v.Path, listed(Path("").Values()))
	v.checkWindow(&c)
	c.That(len(v.Shows) > 0, "shows", v.Shows, "at least one column")
	for i, name := range v.Shows {
		field := fmt.Sprintf("shows[%d]", i)
		_, known := name.find()
		c.That(known, field, name, listed(Column("").Values()))
		c.That(slices.Index(v.Shows, name) == i, field, name, "each column once")
	}
	if v.Fades() {
		fits := w.Entity == PersonTopic && len(v.Shows) == 1 && v.HalfLife > 0 && w.Path == Streaming
		c.That(fits, "shows", v.Shows, "faded by itself, of person_topic, with a half_life, streaming")
	}
	c.That(v.TTL == 0 || v.TTL >= refresh+delay, "ttl", v.TTL,
		fmt.Sprintf("0s, or at least as long as its rows take to be made anew and written, %v", refresh+delay))
	c.That(v.Default >= -100 && v.Default <= 100, "default", v.Default, "-100 to 100")
	c.That(v.Version >= 0, "version", v.Version, "1 or more")
	return c.Err()
}

func (v View) checkWindow(c *sim.Check) {
	c.That((v.HalfLife > 0) != (v.Window > 0), "half_life", v.HalfLife, "either a half_life or a window, a positive duration")
	c.That(v.HalfLife >= 0 && v.HalfLife <= longest, "half_life", v.HalfLife, "0s to 1000d")
	c.That(v.Window >= 0 && v.Window <= longest, "window", v.Window, "0s to 1000d")
	hop := v.whole().Hop
	c.That(v.Window <= 0 || hop > 0 && v.Window%hop == 0 && v.Window/hop <= 1000, "hop", v.Hop,
		"a whole part of window, at least a thousandth of it")
	c.That(v.Window > 0 || v.Hop == 0, "hop", v.Hop, "left out where there is no window")
}

// listed writes alternatives as a sentence does.
func listed(all []string) string {
	last := len(all) - 1
	if last == 0 {
		return all[0]
	}
	return strings.Join(all[:last], ", ") + " or " + all[last]
}
