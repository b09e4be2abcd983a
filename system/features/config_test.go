package features

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system/features/view"
)

func TestDefaultsAreValid(t *testing.T) { require.NoError(t, DefaultConfig().Validate()) }

// Whatever is wrong with declarations is told before a run, all of it at once.
func TestBadViewsAreToldAtOnce(t *testing.T) {
	c := DefaultConfig()
	change := func(name string, f func(*view.View)) {
		v := c.Views[name]
		f(&v)
		c.Views[name] = v
	}
	change("post", func(v *view.View) { v.HalfLife = time.Hour })           // and still version 1
	change("creator", func(v *view.View) { v.TTL = 30 * time.Second })      // the refresh takes a minute and two seconds
	change("person_creator", func(v *view.View) { v.TTL = 25 * time.Hour }) // nightly, and two hours to land
	change("person", func(v *view.View) { v.Path = "nightly" })
	c.Views["topic_1h"] = view.View{Entity: "subject", Source: "clicks", Window: time.Hour, Hop: 7 * time.Minute, Shows: []view.Column{"clicks"}}
	c.Views["both"] = view.View{Entity: view.Post, HalfLife: time.Hour, Window: time.Hour, Shows: []view.Column{view.Like, view.Like}}
	c.Views["Bad"] = view.View{Entity: view.Post, HalfLife: -time.Hour, Version: -1, Default: 1000}
	c.Views["faded_twice"] = view.View{Entity: view.Post, HalfLife: time.Hour, Shows: []view.Column{view.Faded}}
	c.Context = append(c.Context, "weather", EmbeddingDot)
	var fields []string
	for _, p := range sim.Problems(c.Validate()) {
		fields = append(fields, p.Field)
	}
	assert.Equal(t, []string{
		"views.Bad", "views.Bad.half_life", "views.Bad.half_life", "views.Bad.shows", "views.Bad.default", "views.Bad.version",
		"views.both.half_life", "views.both.shows[1]",
		"views.creator.ttl", "views.faded_twice.shows",
		"views.person.path", "views.person_creator.ttl", "views.post.version",
		"views.topic_1h.entity", "views.topic_1h.source", "views.topic_1h.hop", "views.topic_1h.shows[0]",
		"context[14]", "context[15]",
	}, fields)
}

// A definition that is changed is another version; where it is made, and whether,
// is no part of it.
func TestVersionsNameDefinitions(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*view.View)
		ok     bool
	}{
		"half-life, same version":  {func(v *view.View) { v.HalfLife = 2 * sim.Day }, false},
		"half-life, other version": {func(v *view.View) { v.HalfLife, v.Version = 2*sim.Day, 2 }, true},
		"column":                   {func(v *view.View) { v.Shows = v.Shows[:2] }, false},
		"default":                  {func(v *view.View) { v.Default = 1 }, false},
		"off":                      {func(v *view.View) { v.Off = true }, true},
		"ttl":                      {func(v *view.View) { v.TTL = time.Hour }, true},
		"path":                     {func(v *view.View) { v.Path = view.Batch }, true},
	} {
		c := DefaultConfig()
		v := c.Views["creator"]
		x.change(&v)
		c.Views["creator"] = v
		assert.Equal(t, x.ok, c.Validate() == nil, "%s: %v", name, c.Validate())
	}
}

// Views that are off leave the vector, and what is made of them leaves with them.
func TestViewsAreSelected(t *testing.T) {
	c := DefaultConfig()
	for name, v := range c.Views {
		v.Off = !slices.Contains([]string{"post", "person", "person_topic", "person_topic_recent", "person_creator"}, name)
		c.Views[name] = v
	}
	c.Views["topic_1h"] = view.View{Entity: view.Topic, Window: time.Hour, Shows: []view.Column{view.Volume, view.Skip}}
	c.Context = []Context{Length, DotXCreator, EmbeddingDot}
	require.NoError(t, c.Validate())
	names := newShop(c, nobody{}).store.Names()
	assert.Equal(t, []string{
		"post.volume", "post.play", "post.long_view", "post.like", "post.hide",
		"person.volume", "person.long_view", "person.like", "person.hide",
		"person_topic.volume", "person_topic.long_view", "person_topic.like",
		"person_creator.volume", "person_creator.long_view", "topic_1h.volume", "topic_1h.skip",
		"embedding.dot", "length",
	}, names)
}
