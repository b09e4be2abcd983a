package population_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/oracle"
	"feedloop/agents/population"
	"feedloop/agents/user"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/system"
)

// histories keeps what everybody's devices report, by the person's key and in
// terms that do not depend on who else is there.
type histories map[uint64][]system.Event

// Report implements [system.Reporter].
func (h histories) Report(key uint64, events []system.Event) {
	for _, e := range events {
		e.Person = 0 // an ordinal of the world, not of the person
		h[key] = append(h[key], e)
	}
}

// told lets a world live for three days under a feed and returns everybody's
// history, down to the last bit.
func told(kind oracle.Kind, change func(*population.Config)) histories {
	c := population.DefaultConfig()
	c.Users.Count, c.Creators.Count = 60, 40
	c.Users.Return.Churn = -4 // some leave for good
	c.Users.Cohorts = []user.Cohort{{Name: "a", Share: 0.5}, {Name: "b", Share: 0.5, SessionsPerDay: new(4.0)}}
	c.Graph.Rewiring = 0.3
	change(&c)
	w := settled(c, kind)
	h := histories{}
	w.people.People.Reporter = h
	w.kernel.Run(3 * sim.Time(sim.Day))
	return h
}

// Under a feed that looks at nobody's behaviour people live side by side and
// never meet: newcomers, in an old cohort or a new one, change nobody's history
// at all. The oracle looks at no behaviour either: it knows.
func TestNewcomersChangeNobodysHistory(t *testing.T) {
	for _, kind := range []oracle.Kind{oracle.Random, oracle.Newest, oracle.Best} {
		base := told(kind, func(*population.Config) {})
		for name, change := range map[string]func(*population.Config){
			"a larger first cohort": func(c *population.Config) {
				c.Users.Count = 80 // 50 and 30
				c.Users.Cohorts[0].Share, c.Users.Cohorts[1].Share = 0.625, 0.375
			},
			"a third cohort": func(c *population.Config) {
				c.Users.Count = 75 // 30, 30 and 15
				c.Users.Cohorts[0].Share, c.Users.Cohorts[1].Share = 0.4, 0.4
				c.Users.Cohorts = append(c.Users.Cohorts, user.Cohort{Name: "c", Share: 0.2})
			},
		} {
			t.Run(string(kind)+"/"+name, func(t *testing.T) {
				more := told(kind, change)
				require.Greater(t, len(base), 50, "nearly everybody came")
				require.Greater(t, len(more), len(base), "newcomers came too")
				for key, events := range base {
					require.Equal(t, events, more[key], "person %d", key)
				}
			})
		}
	}
}

// The names of cohorts are for readers.
func TestRenamedCohortsLiveTheSame(t *testing.T) {
	same := told(oracle.Random, func(c *population.Config) { c.Users.Cohorts[0].Name = "z" })
	assert.Equal(t, told(oracle.Random, func(*population.Config) {}), same)
}

// The same person meets other posts under another feed, but comes on the same
// impulses and has the same taste to begin with.
func TestFeedsShareThePeople(t *testing.T) {
	c := population.DefaultConfig()
	c.Users.Count = 30
	a, b := settled(c, oracle.Newest), settled(c, oracle.Best)
	assert.Equal(t, a.people.People.All, b.people.People.All)
	assert.Equal(t, a.people.Posts.Truths, b.people.Posts.Truths)
	assert.Equal(t, a.people.Creators.All, b.people.Creators.All)
	assert.NotEqual(t, told(oracle.Newest, func(*population.Config) {}), told(oracle.Best, func(*population.Config) {}))
}

// What a person draws for a visit, a page or a position is addressed by nothing
// that they meet there. So people who mind nothing come, wait, look, stay, answer
// and leave for good at the very same points whatever they are shown: every chance
// is the same, and so must be every uniform.
func TestPeopleWhoMindNothingDrawTheSameUnderAnyFeed(t *testing.T) {
	for name, surface := range map[string]user.Surface{"full screen": user.FullScreen, "list": user.List} {
		t.Run(name, func(t *testing.T) {
			base := points(told(oracle.Random, indifferent(surface)))
			require.Greater(t, len(base), 50)
			for _, kind := range []oracle.Kind{oracle.Newest, oracle.Best} {
				require.Equal(t, base, points(told(kind, indifferent(surface))), "%v", kind)
			}
		})
	}
}

// indifferent makes people whose chances depend on nothing, but for those of
// reactions. They glance for next to no time, so that the length of posts moves no
// visit.
func indifferent(surface user.Surface) func(*population.Config) {
	return func(c *population.Config) {
		u := &c.Users
		u.Attention.Surface, u.Attention.Mood, u.Attention.Fatigue = surface, 0, 0
		u.Attention.Leave, u.Attention.Patience = -2, 100*time.Millisecond // of which a page takes a part
		u.Choice.Engage, u.Choice.EngageAppeal, u.Choice.Glance = -50, 0, time.Microsecond
		u.Return.Slope, u.Return.ChurnSlope = 0, 0
		u.Survey.Share, u.Survey.ResponseSlope = 0.5, 0
	}
}

// point is where in their visits something happened to a person.
type point struct {
	visit, page uint32
	position    uint8
	kind        system.EventKind
}

// points leaves of histories what no post decides.
func points(h histories) map[uint64][]point {
	out := map[uint64][]point{}
	for key, events := range h {
		for _, e := range events {
			if e.Kind == system.Viewed || e.Kind == system.Answered {
				out[key] = append(out[key], point{e.Visit, e.Page, e.Position, e.Kind})
			}
		}
	}
	return out
}

// Everybody signs up under their key, with what is public and nothing else.
func TestSignUp(t *testing.T) {
	c := population.DefaultConfig()
	c.Users.Count = 100
	w := &alone{kernel: sim.New(sim.Options{}), catalogue: system.NewCatalogue(c.Posts.Life)}
	p := population.New(w.kernel, c, rng.New(1, 0), record.NewRecorder(sim.Day, 0), w)
	follows := 0
	for id, public := range p.SignUp(8) {
		who := &p.People.All[id]
		require.EqualValues(t, id, public.ID)
		require.Equal(t, who.Key, public.Key)
		require.LessOrEqual(t, len(public.Follows), 8)
		for _, creator := range public.Follows {
			require.True(t, who.Follows(creator))
		}
		follows += len(public.Follows)
	}
	assert.Greater(t, follows, 400, "most people found somebody to follow")
}

func TestConfigRefusesWhatCannotBe(t *testing.T) {
	require.NoError(t, population.DefaultConfig().Validate())
	c := population.DefaultConfig()
	c.Follows, c.Users.Count, c.Posts.Topics, c.Creators.Focus = -1, -1, 0, 2
	var fields []string
	for _, p := range sim.Problems(c.Validate()) {
		fields = append(fields, p.Field)
	}
	assert.Equal(t, []string{"users.count", "creators.focus", "posts.topics", "follows"}, fields, "all at once, each at its place")
}
