package content

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// What is left of a post halves with every half-life, and news have one of their
// own.
func TestAgeing(t *testing.T) {
	c := DefaultConfig()
	fresh := func(topic int, age time.Duration) float64 {
		p := New(c, rng.New(1, 0), nil)
		return float64(p.Freshness(&Truth{Topic: system.TopicID(topic), At: 5}, sim.Time(5).Add(age)))
	}
	assert.Equal(t, 1.0, fresh(3, sim.Day), "posts do not age unless a scenario asks")
	c.Ageing = Ageing{HalfLife: 24 * time.Hour, News: []int{3}, NewsHalfLife: 90 * time.Minute}
	require.NoError(t, c.Validate())
	assert.Equal(t, 1.0, fresh(3, 0))
	assert.InDelta(t, 0.5, fresh(2, sim.Day), 1e-6)
	assert.InDelta(t, 0.25, fresh(2, 2*sim.Day), 1e-6)
	assert.InDelta(t, 0.25, fresh(3, 3*time.Hour), 1e-6)
	c.Ageing.HalfLife = 0
	assert.InDelta(t, 1, fresh(2, 30*sim.Day), 1e-6, "only news age")
	assert.InDelta(t, 0.5, fresh(3, 90*time.Minute), 1e-6)
	c.Ageing = Ageing{HalfLife: -1, News: []int{2, 16}}
	var fields []string
	for _, p := range sim.Problems(c.Validate()) {
		fields = append(fields, p.Field)
	}
	assert.Equal(t, []string{"ageing.half_life", "ageing.news_half_life", "ageing.news[1]"}, fields)
}

// Languages are as common as their shares, and public.
func TestLanguages(t *testing.T) {
	c := DefaultConfig()
	c.Languages = []Language{{Name: "a", Share: 0.6}, {Name: "none"}, {Name: "b", Share: 0.4}}
	require.NoError(t, c.Validate())
	src := rng.New(1, 0)
	var first, third []float64
	for i := range uint64(8000) {
		l := c.Language(src.Uniform(traitPurpose, i, 9))
		first, third = append(first, 0), append(third, 0)
		switch l {
		case 0:
			first[i] = 1
		case 2:
			third[i] = 1
		default:
			require.Fail(t, "nobody speaks it")
		}
	}
	simtest.Agrees(t, first, 0.6, "a")
	simtest.Agrees(t, third, 0.4, "b")
	c.Languages[2].Share = 0.3999
	assert.EqualValues(t, 2, c.Language(0.99999), "shares that add up to nearly one")
	assert.EqualValues(t, 0, DefaultConfig().Language(0.7), "one language is no language")

	var s shelf
	p := New(c, src, &s)
	p.Publish(0, Draft{Creator: 7, Key: Key(7, 0), Language: 2})
	assert.EqualValues(t, 2, p.Truths[0].Language)
	assert.EqualValues(t, 2, s[0].Language)

	c.Languages = []Language{{Name: "a", Share: 0.6}, {Name: "a", Share: -0.1}, {}}
	var fields []string
	for _, p := range sim.Problems(c.Validate()) {
		fields = append(fields, p.Field)
	}
	assert.Equal(t, []string{"languages[1].name", "languages[1].share", "languages[2].name", "languages"}, fields)
}
