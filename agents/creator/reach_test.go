package creator

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// born returns creators whose world has not begun.
func born(c Config) (*sim.Kernel, *Creators, *content.Posts) {
	var s shelf
	k, src := sim.New(sim.Options{}), rng.New(1, 0)
	posts := content.New(content.DefaultConfig(), src, &s)
	return k, New(k, c, src, posts), posts
}

// A creator of whom everything is watched alike stays where they are, in the
// mean; one of whom only clickbait is watched comes to make more of it, by the
// rate times the distance at every view.
func TestCreatorsLearnFromReach(t *testing.T) {
	c := DefaultConfig()
	c.Count, c.Learning = 400, 0.05
	k, cs, posts := born(c)
	k.Run(0)
	var drift []float64
	for i := range posts.Truths {
		before := cs.All[posts.Truths[i].Creator].Clickbait
		cs.Watched(&posts.Truths[i])
		after := cs.All[posts.Truths[i].Creator].Clickbait
		require.InDelta(t, before+0.05*(float64(posts.Truths[i].Clickbait)-before), after, 1e-12)
		drift = append(drift, after-before)
	}
	assert.NotZero(t, drift)

	who := &cs.All[0]
	tempting := content.Truth{Clickbait: 0.9, Vector: posts.Topics.Centres[5]}
	for range 200 {
		cs.Watched(&tempting)
	}
	assert.InDelta(t, 0.9, who.Clickbait, 0.01)
	assert.Greater(t, content.Affinity(&who.Aim, &tempting.Vector), float32(0.99))
	assert.Equal(t, system.TopicID(5), cs.topic(who), "and has changed the subject")
}

func TestWithoutLearningNobodyChanges(t *testing.T) {
	_, cs, _ := born(DefaultConfig())
	before := cs.All[0]
	cs.Watched(&content.Truth{Clickbait: 0.9})
	before.reach++
	assert.Equal(t, before, cs.All[0])
	assert.False(t, cs.Config.Adapts())
}

// Those below the viable reach give up at the end of a period, and upload no
// more; the others begin a new one.
func TestViability(t *testing.T) {
	c := DefaultConfig()
	c.Count, c.Viability = 10, Viability{Reach: 3, Period: 2 * sim.Day}
	k, cs, posts := born(c)
	watch := func(creator system.CreatorID, times int) {
		for range times {
			cs.Watched(&content.Truth{Creator: creator})
		}
	}
	k.Run(sim.Time(sim.Day))
	watch(0, 3)
	watch(1, 2)
	require.False(t, cs.All[1].Left, "the period lasts")
	k.Run(sim.Time(2 * sim.Day))
	assert.False(t, cs.All[0].Left)
	assert.True(t, cs.All[1].Left)
	k.Run(sim.Time(4*sim.Day) - 1)
	assert.False(t, cs.All[0].Left)
	k.Run(sim.Time(4 * sim.Day))
	assert.True(t, cs.All[0].Left, "last period's reach is forgotten")
	n := len(posts.Truths)
	k.Run(sim.Time(6 * sim.Day))
	assert.Len(t, posts.Truths, n, "nobody is left to upload")
}

// Newcomers arrive at their rate, upload like everybody and are the same whoever
// was there before them.
func TestNewcomers(t *testing.T) {
	grown := func(count int) (*Creators, *content.Posts) {
		c := DefaultConfig()
		c.Count, c.Newcomers = count, 5
		k, cs, posts := born(c)
		k.Run(sim.Time(100*sim.Day) - 1)
		return cs, posts
	}
	cs, posts := grown(20)
	days := make([]float64, 100)
	for _, c := range cs.All[20:] {
		days[c.since.Day()]++
	}
	simtest.Agrees(t, days, 5, "newcomers a day")
	uploads := 0
	for _, p := range posts.Truths {
		require.Less(t, p.Key, uint64(1)<<40, "what people do with a post is addressed by its key and 24 bits more")
		if p.Creator >= 20 {
			require.GreaterOrEqual(t, p.At, cs.All[p.Creator].since)
			uploads++
		}
	}
	assert.Greater(t, uploads, 1000)
	other, _ := grown(30)
	require.Len(t, other.All, len(cs.All)+10)
	for i, c := range cs.All[20:] {
		require.Equal(t, c, other.All[30+i])
	}
}

// A burst adds a Poisson process of posts on its topic, on every day it lasts
// and in proportion to how much of it, and takes nothing away.
func TestBursts(t *testing.T) {
	const factor = 4.0
	quiet := DefaultConfig()
	quiet.Count = 500
	k, _, without := born(quiet)
	k.Run(sim.Time(4 * sim.Day))
	k, cs, with := born(quiet)
	from, lasts := sim.Time(30*time.Hour), 24*time.Hour
	cs.Burst(from, lasts, Burst{Topic: 7, Factor: factor})
	k.Run(sim.Time(4 * sim.Day))
	extra := make([]float64, quiet.Count)
	for _, p := range with.Truths {
		if p.At >= from && p.At < from.Add(lasts) && p.Topic == 7 {
			extra[p.Creator]++
		}
	}
	for _, p := range without.Truths {
		if p.At >= from && p.At < from.Add(lasts) && p.Topic == 7 {
			extra[p.Creator]--
		}
	}
	simtest.Agrees(t, extra, quiet.PostsPerDay*(factor-1), "posts on top by creator")
	outside := func(posts *content.Posts) (n int) {
		for _, p := range posts.Truths {
			if p.At < from || p.At >= from.Add(lasts) {
				n++
			}
		}
		return n
	}
	assert.Equal(t, outside(without), outside(with))
}

// Who has given up uploads nothing, in a burst as at any other time.
func TestWhoHasLeftIsNotInABurst(t *testing.T) {
	c := DefaultConfig()
	c.Count = 20
	k, cs, posts := born(c)
	for i := range cs.All {
		cs.All[i].Left = i%2 == 0
	}
	cs.Burst(sim.Time(time.Hour), 2*sim.Day, Burst{Topic: 7, Factor: 4})
	k.Run(sim.Time(3 * sim.Day))
	on := 0
	for _, p := range posts.Truths {
		require.False(t, p.At > 0 && cs.All[p.Creator].Left)
		if p.At > 0 && p.Topic == 7 {
			on++
		}
	}
	assert.Greater(t, on, 100, "of ten others, who would upload some %v by their burst", 10*2*3*c.PostsPerDay)
}

func TestTheNewPartsRefuseWhatCannotBe(t *testing.T) {
	for field, broken := range map[string]func(*Config){
		"learning": func(c *Config) { c.Learning = 0.2 }, "newcomers": func(c *Config) { c.Newcomers = -1 },
		"viability.reach": func(c *Config) { c.Viability.Reach = -1 }, "viability.period": func(c *Config) { c.Viability.Period = 0 },
	} {
		c := DefaultConfig()
		broken(&c)
		wrong := sim.Problems(c.Validate())
		require.Len(t, wrong, 1, field)
		assert.Equal(t, field, wrong[0].Field)
	}
	assert.Len(t, sim.Problems(Burst{Factor: 0.5}.Validate()), 1)
	assert.NoError(t, DefaultBurst().Validate())
}
