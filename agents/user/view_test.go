package user

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/content"
	"feedloop/sim"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// endless gives an app posts without number: every page has its own.
func (a *app) endless(size int, truth content.Truth) {
	a.choose = func(r system.Request) []system.PostID {
		var ids []system.PostID
		for range size {
			ids = append(ids, a.post(int(r.Person), triedAffinity, truth))
		}
		return ids
	}
}

// How long a visit lasts is decided post by post: the hazard of leaving falls
// with mood and rises with fatigue.
func TestVisitsLastAsLongAsTheHazardSays(t *testing.T) {
	c := steady()
	c.Count, c.SessionsPerDay = 500, 2
	c.Attention = Attention{Leave: -3, Mood: 2, Fatigue: 4, Patience: time.Hour}
	c.Return.Memory, c.Return.Slope, c.Return.Churn = 0, 0, -50 // each visit begins in the mood that the last one ended in
	a := newApp(c)
	a.endless(10, tried)
	lengths := map[visitOf]float64{}
	for i := range a.people.All {
		a.people.All[i].Satisfaction = triedValue // and the mood is that of the posts, which are all alike
	}
	a.days(3)
	for _, events := range a.reports {
		for _, e := range events {
			if e.Kind == system.Viewed {
				lengths[visitOf{e.Person, e.Visit}]++
			}
		}
	}
	expected, stays := 0.0, 1.0
	for post := 1; post < 1000; post++ {
		expected += stays
		stays *= 1 - odds(-3-2*triedValue+4*float64(post)/100)
	}
	var sample []float64
	for _, n := range lengths { // ordered: a mean does not depend on the order
		sample = append(sample, n)
	}
	simtest.Agrees(t, sample, expected, "posts by visit")
}

type visitOf struct {
	person system.PersonID
	visit  uint32
}

func TestMoodFollowsValue(t *testing.T) {
	c := steady()
	c.Attention.Leave = -50
	a := newApp(c)
	a.endless(3, tried)
	who := &a.people.All[0]
	who.Mood = 0.4
	a.people.watch(who, a.page(system.Request{}), 0)
	assert.InDelta(t, triedValue+(0.4-triedValue)*0.9*0.9*0.9, who.Mood, 1e-6)
}

// A page takes what is watched, what is stopped, and the way from each post to the
// next, looked at or not.
func TestWhatAPageTakes(t *testing.T) {
	c := steady()
	c.Choice.Engage, c.Choice.Like, c.Choice.Pause, c.Attention.Scroll = 50, certain, certain, time.Second
	c.Attention.Surface, c.Attention.Curve, c.Attention.Leave = List, Curve{Power, 10}, -50 // the second is looked at once in 1,024
	a := newApp(c)
	page := a.page(system.Request{})
	for range 3 {
		page.Items = append(page.Items, system.Item{Post: a.post(0, triedAffinity, tried)})
	}
	_, end := a.people.watch(&a.people.All[0], page, 0)
	events := a.people.events
	require.Len(t, events, 3)
	viewed, paused := events[0], events[2]
	require.Equal(t, system.Paused, paused.Kind)
	seconds := func(at sim.Time) float64 { return at.Sub(0).Seconds() }
	assert.InDelta(t, viewed.Watch, seconds(viewed.At), 1e-5)
	assert.InDelta(t, viewed.Watch+paused.Watch, seconds(paused.At), 1e-5)
	assert.InDelta(t, viewed.Watch+paused.Watch+3, seconds(end), 1e-5)
}

// What devices report: in order of time within a page, from its arrival on, and
// no two events with one id for as long as the world lives.
func TestEventsAreOrderedInTimeAndHaveUniqueIDs(t *testing.T) {
	c := DefaultConfig()
	c.Count = 60
	c.Choice.Like, c.Choice.Share, c.Choice.Hide = Reaction{}, Reaction{}, Reaction{}
	a := newApp(c)
	a.endless(10, tried)
	a.delay = 100 * time.Millisecond
	ids, last := map[uint64]bool{}, map[system.PersonID]sim.Time{}
	viewed := map[[2]uint32]bool{}
	a.days(3)
	for _, events := range a.reports {
		require.Equal(t, system.Viewed, events[0].Kind)
		for i, e := range events {
			require.False(t, ids[e.ID], "an id of its own")
			ids[e.ID] = true
			require.Equal(t, a.people.All[e.Person].Key, e.ID>>32, "under the key of the person")
			require.True(t, e.At >= last[e.Person], "%v after %v", e.At, last[e.Person])
			last[e.Person] = e.At
			require.Zero(t, e.Arrived)
			truth := a.posts.Truths[e.Post]
			require.Equal(t, truth.Length, e.Length)
			require.Equal(t, truth.Topic, e.Topic)
			require.Equal(t, truth.Creator, e.Creator)
			require.True(t, e.Watch >= 0 && e.Watch <= 3*e.Length)
			if e.Kind == system.Viewed {
				key := [2]uint32{uint32(e.Person), uint32(e.Post)}
				require.False(t, viewed[key], "one view by impression")
				viewed[key] = true
				require.True(t, i == 0 || e.At > events[i-1].At, "a view takes its time")
			} else {
				require.Equal(t, events[i-1].At, e.At, "a reaction comes as the view ends")
				require.Equal(t, events[i-1].Post, e.Post)
			}
		}
	}
	assert.Greater(t, len(ids), 5000)
}

// A page is for the visit that asked for it: one that comes late is abandoned,
// and so is one that arrives twice.
func TestPagesForNobodyAreAbandoned(t *testing.T) {
	c := steady()
	c.Attention = Attention{Leave: -50, Patience: 1000 * time.Hour}
	a := newApp(c)
	a.endless(10, tried)
	a.never = true
	a.days(1)
	require.NotEmpty(t, a.requests)
	asked := a.requests[len(a.requests)-1]
	wrong := asked
	wrong.Page++
	a.people.Receive(a.page(wrong))
	wrong = asked
	wrong.Visit++
	a.people.Receive(a.page(wrong))
	assert.Empty(t, a.reports, "nobody looked at either")
	a.people.Receive(a.page(asked))
	assert.Len(t, a.reports, 1)
	a.people.Receive(a.page(asked))
	assert.Len(t, a.reports, 1, "nobody looks at a page twice")
	a.rec.Tick(a.kernel.Now())
	result := a.rec.Result()
	assert.EqualValues(t, 3, result.Total(Abandoned.Name))
	assert.EqualValues(t, len(a.requests), result.Total(Asked.Name))
	assert.EqualValues(t, 10, result.Total(Impressions.Name))
}

// silence asks nobody and tells nobody.
type silence struct{}

func (silence) Ask(system.Request)            {}
func (silence) Report(uint64, []system.Event) {}

// A page on either surface, and for a bot, with every reaction there is.
func TestAPageDoesNotAllocate(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"full screen": func(*Config) {},
		"list":        func(c *Config) { c.Attention.Surface = List },
		"best":        func(c *Config) { c.Choice.Rule = Best },
		"bot":         func(c *Config) { c.Bots.Share, c.Bots.Clients = 1, 1 },
	} {
		c := steady()
		c.SessionsPerDay, c.Bots.VisitsPerDay = 0, 0
		c.Choice.Engage, c.Choice.Like, c.Choice.Share, c.Choice.Follow = 50, certain, certain, certain
		c.Choice.Hide, c.Choice.Comment, c.Choice.Report, c.Choice.Pause = certain, certain, certain, certain
		change(&c)
		a := newApp(c)
		a.people.Pager, a.people.Reporter, a.people.Repeats = silence{}, silence{}, true
		page := &system.Page{}
		for range 10 {
			page.Items = append(page.Items, system.Item{Post: a.post(0, triedAffinity, tried), Propensity: 1})
		}
		who := &a.people.All[0]
		meet := func() {
			page.Visit++
			who.visiting, who.visit, who.page, who.viewed, who.reported, who.Departed = true, page.Visit, 0, 0, 0, false
			who.asked = a.kernel.Now()
			a.people.Receive(page)
			a.kernel.Run(a.kernel.Now().Add(time.Minute))
		}
		meet()
		require.NotEmpty(t, a.people.events, name)
		assert.Zero(t, testing.AllocsPerRun(200, meet), name)
	}
}
