package user

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/content"
	"feedloop/sim/num"
	"feedloop/sim/simtest"
	"feedloop/system"
)

const meetings = 8000

// The post that the formulas below are about.
var tried = content.Truth{Quality: 0.6, Clickbait: 0.5, Length: 20, Topic: 2}

const (
	triedAffinity = 0.3
	triedValue    = 0.3*0.6 - 0.25*0.5 // affinity x quality less regret x clickbait
	triedAppeal   = 0.3 + 0.5*0.5      // affinity and promise x clickbait
)

func odds(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func TestTrueValue(t *testing.T) {
	a := newApp(steady())
	_, value := a.meet(0, a.post(0, triedAffinity, tried))
	assert.InDelta(t, triedValue, value, 1e-6)
	a.people.All[0].satiated[tried.Topic] = 0.1
	_, value = a.meet(0, a.post(0, triedAffinity, tried))
	assert.InDelta(t, triedValue-0.1, value, 1e-6, "satiation takes its level")
}

// Appeal decides the stay; value decides how much is watched: a log-normal share
// of the length for who stays, an exponential glance for who does not. Both fall
// with satiation.
func TestEngagementAndWatchTime(t *testing.T) {
	for _, satiated := range []float64{0, 0.2} {
		c := steady()
		c.Choice.Like = certain // so that a like tells who stayed
		a := newApp(c)
		a.people.All[0].satiated[tried.Topic] = float32(satiated)
		median := math.Exp(c.Choice.Watch + c.Choice.WatchValue*(triedValue-satiated))
		var engaged, short, long, glances, glanceSquares []float64
		for range meetings {
			events, _ := a.meet(0, a.post(0, triedAffinity, tried))
			watched, stayed := float64(events[0].Watch), has(events, system.Liked)
			engaged = append(engaged, stayed)
			if stayed == 0 {
				glances, glanceSquares = append(glances, watched), append(glanceSquares, watched*watched)
				continue
			}
			short = append(short, less(watched, 20*median))
			long = append(long, less(watched, 20*median*math.Exp(c.Choice.WatchSigma)))
		}
		simtest.Agrees(t, engaged, odds(c.Choice.Engage+c.Choice.EngageAppeal*(triedAppeal-satiated)), "engaged")
		simtest.Agrees(t, short, 0.5, "watched less than the median share")
		simtest.Agrees(t, long, 0.841345, "watched less than a standard deviation above it")
		// Glances end with the video: 20 s are ten means.
		simtest.Agrees(t, glances, 2*(1-math.Exp(-10)), "a glance")
		simtest.Agrees(t, glanceSquares, 8*(1-math.Exp(-10)*61), "its square: 2 m^2 (1 - e^-x (1 + x + x^2/2)), x = 10")
	}
}

func less(x, limit float64) float64 {
	if x < limit {
		return 1
	}
	return 0
}

func TestWatchTimeIsBounded(t *testing.T) {
	c := steady()
	c.Choice.WatchSigma, c.Choice.Glance, c.Choice.Like = 3, 20*time.Second, certain
	a := newApp(c)
	var wholeGlances, thrice int
	for range 2000 {
		events, _ := a.meet(0, a.post(0, triedAffinity, tried))
		watched := events[0].Watch
		require.True(t, watched > 0 && watched <= 60, "three rounds at most: %v", watched)
		if has(events, system.Liked) == 0 {
			require.LessOrEqual(t, watched, float32(20), "a glance ends with the post")
			wholeGlances += int(1 - less(float64(watched), 20))
		} else if watched == 60 {
			thrice++
		}
	}
	assert.True(t, wholeGlances > 10 && thrice > 10, "both bounds were met: %d, %d", wholeGlances, thrice)
}

// Given engagement, reactions come with their own log-odds, and one does not
// make another likelier.
func TestReactionsComeByTheirOdds(t *testing.T) {
	c := steady()
	c.Choice.Engage = 50
	c.Choice.Like = Reaction{Base: -1, PerValue: 3}
	c.Choice.Share = Reaction{Base: -1.5, PerClickbait: 1}
	c.Choice.Follow = Reaction{Base: -0.5, PerValue: -4}
	c.Choice.Hide = Reaction{Base: -2, PerValue: -3, PerClickbait: 2}
	a := newApp(c)
	expected := map[system.EventKind]float64{
		system.Liked: odds(-1 + 3*triedValue), system.Shared: odds(-1.5 + 0.5),
		system.Followed: odds(-0.5 - 4*triedValue), system.Hid: odds(-2 - 3*triedValue + 2*0.5),
	}
	excess := map[system.EventKind][]float64{}
	for range meetings {
		events, _ := a.meet(0, a.post(0, triedAffinity, tried))
		for kind := system.Liked; kind < system.EventKinds; kind++ {
			excess[kind] = append(excess[kind], has(events, kind)-expected[kind])
		}
	}
	for kind := system.Liked; kind < system.EventKinds; kind++ {
		simtest.Agrees(t, excess[kind], 0, "excess of %v over %.3f", kind, expected[kind])
		for other := kind + 1; other < system.EventKinds; other++ {
			products := make([]float64, meetings)
			for i := range products {
				products[i] = excess[kind][i] * excess[other][i]
			}
			simtest.Agrees(t, products, 0, "covariance of %v and %v", kind, other)
		}
	}
}

func TestWhoDoesNotStayOnlyHides(t *testing.T) {
	c := steady()
	c.Choice.Engage, c.Choice.EngageAppeal = -50, 0
	c.Choice.Like, c.Choice.Share, c.Choice.Follow, c.Choice.Hide = certain, certain, certain, certain
	a := newApp(c)
	events, _ := a.meet(0, a.post(0, triedAffinity, tried))
	require.Len(t, events, 2)
	assert.Equal(t, system.Viewed, events[0].Kind)
	assert.Equal(t, system.Hid, events[1].Kind)
	assert.Zero(t, events[1].Watch, "only a view lasts")
}

func TestACreatorIsFollowedOnce(t *testing.T) {
	c := steady()
	c.Choice.Engage, c.Choice.Follow = 50, certain
	a := newApp(c)
	first := a.post(0, triedAffinity, tried)
	second := a.post(0, triedAffinity, tried)
	a.posts.Truths[second].Creator = a.posts.Truths[first].Creator
	events, _ := a.meet(0, first)
	assert.EqualValues(t, 1, has(events, system.Followed))
	events, _ = a.meet(0, second)
	assert.Zero(t, has(events, system.Followed))
}

// The same person facing the same post rolls the same dice, in whatever world,
// visit, page, position, order and under whatever ids.
func TestTheSameMeetingRollsTheSameDice(t *testing.T) {
	c := steady()
	c.Count = 3
	a, b := newApp(c), newApp(c)
	var ids []system.PostID
	for range 200 {
		ids = append(ids, a.post(1, triedAffinity, tried))
	}
	for i := range ids { // the other way round, and after posts that a does not have
		if i == 0 {
			b.post(0, 0.9, tried)
		}
		b.posts.Truths = append(b.posts.Truths, a.posts.Truths[len(ids)-1-i])
	}
	b.kernel.Run(12345)
	kinds := map[system.EventKind]int{}
	for i, id := range ids {
		page := b.page(system.Request{Person: 1, Visit: 77, Page: 5, At: 9})
		page.Items = []system.Item{{}, {}, {Post: system.PostID(len(ids) - i), Score: 2}}
		b.people.open(page)
		want, value := a.meet(1, id)
		_, other := b.people.view(&b.people.All[1], page, 2, b.kernel.Now()+7)
		require.Equal(t, value, other)
		require.Len(t, b.people.events, len(want))
		for n, e := range b.people.events {
			require.Equal(t, want[n].Kind, e.Kind)
			require.Equal(t, want[n].Watch, e.Watch)
			require.EqualValues(t, 2, e.Position)
			kinds[e.Kind]++
		}
	}
	assert.Greater(t, len(kinds), 2, "there was something to agree about")

	var same int
	for _, id := range ids {
		mine, _ := a.meet(1, id)
		theirs, _ := a.meet(2, id)
		if mine[0].Watch == theirs[0].Watch {
			same++
		}
	}
	assert.Zero(t, same, "somebody else rolls other dice")
}

// Who meets a post again has new dice each time, by the same formulas, and the
// same ones in another world in which they meet it as often.
func TestAPostThatIsMetAgainHasNewDice(t *testing.T) {
	c := steady()
	c.Choice.Like = Reaction{Base: -1, PerValue: 3}
	watches := func(repeats bool) (all []float32, stayed []float64) {
		a := newApp(c)
		a.people.Repeats = repeats
		id := a.post(0, triedAffinity, tried)
		for range meetings {
			events, _ := a.meet(0, id)
			all = append(all, events[0].Watch)
			stayed = append(stayed, has(events, system.Liked)-odds(c.Choice.Engage+c.Choice.EngageAppeal*triedAppeal)*odds(-1+3*triedValue))
		}
		return all, stayed
	}
	all, stayed := watches(true)
	simtest.Agrees(t, stayed, 0, "likes beyond their chance")
	different := map[float32]bool{}
	for _, w := range all {
		different[w] = true
	}
	assert.Greater(t, len(different), meetings*9/10, "but for what ends with the post")
	again, _ := watches(true)
	assert.Equal(t, all, again)
	once, _ := watches(false)
	for _, w := range once {
		require.Equal(t, all[0], w, "the first exposure is that of a world where nothing is shown twice")
	}
}

// An engaging post that is worth something draws taste towards itself.
func TestInfluence(t *testing.T) {
	c := steady()
	c.Taste.Influence, c.Choice.Engage = 0.5, 50
	a := newApp(c)
	id := a.post(0, 0.8, content.Truth{Quality: 0.5, Length: 20})
	post := &a.posts.Truths[id]
	post.Vector = *unit(content.Vector{1, 2, 3})
	before := a.people.All[0].Taste
	affinity := content.Affinity(&before, &post.Vector)
	require.Positive(t, affinity)
	want := before
	for i := range want {
		want[i] += 0.5 * (affinity * 0.5) * post.Vector[i]
	}
	a.meet(0, id)
	assert.InDeltaSlice(t, unit(want)[:], a.people.All[0].Taste[:], 1e-6)

	post.Clickbait, post.Quality = 1, 0 // worth less than nothing
	before = a.people.All[0].Taste
	a.meet(0, id)
	assert.Equal(t, before, a.people.All[0].Taste)
	assert.InDelta(t, 1, num.Norm(before[:]), 1e-6)
}

// The key of a post and what belongs to one impression fit an address together:
// no two posts share the dice of a person, and one that does not fit is no post.
func TestTheDiceOfAPostAreItsOwn(t *testing.T) {
	a := newApp(steady())
	last := a.post(0, triedAffinity, tried)
	a.posts.Truths[last].Key = 1<<40 - 1
	assert.NotPanics(t, func() { a.meet(0, last) })
	a.posts.Truths[last].Key = 1 << 40 // whose low bits are those of the first post of all
	assert.Panics(t, func() { a.meet(0, last) })
}
