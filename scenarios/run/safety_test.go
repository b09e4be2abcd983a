package run

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/user"
	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/monitoring"
	"feedloop/system/reranking"
)

// Every filter, either explorer's, and the slot for new posts, on a path that is
// in a hurry and with safety and diversity out half of the time: no page, on any
// rung, holds a post that the safety model has not found harmless, or one that
// the person was shown, and every candidate is accounted for.
func TestNoPageBreaksTheRules(t *testing.T) {
	rules := []string{
		"agents.posts={violating: 5%, borderline: 10%}", "agents.users.choice.report={base: -4, per_value: -4}",
		"system.reranking={max_risk: 0.5, max_age: 36h, mute_after: 1, report_limit: 2, exploration: 10%, explorer: thompson, " +
			"author_decay: 0.5, diversity: mmr, new_post: {slot: 3}}",
	}
	w := born(t, hurried, rules...)
	require.NoError(t, w.kernel.Inject(sim.Plan{
		{ID: "safety", Kind: reranking.SafetyOutage, At: sim.Time(12 * time.Hour), For: 12 * time.Hour},
		{ID: "diversity", Kind: reranking.DiversityOutage, At: sim.Time(18 * time.Hour), For: 12 * time.Hour},
	}))
	l := open(w)
	rungs := [system.Rungs]int{}
	young := 0 // shown during the outage of safety, and published in it
	log := w.platform.server.Log
	w.platform.server.Log = func(p *system.Page) {
		rungs[p.Rung]++
		for i := range p.Items {
			post := w.catalogue.Post(p.Items[i].Post)
			require.LessOrEqual(t, post.Risk, float32(.5), "a page made %v", p.Rung)
			require.True(t, p.Items[i].Propensity > 0 && p.Items[i].Propensity < 1.001)
			if h := p.Served.Sub(0).Hours(); h > 12 && h < 24 && post.At > sim.Time(12*time.Hour) {
				young++
			}
		}
		log(p)
	}
	w.grow(w.run)
	assert.Zero(t, l.repeated)
	assert.Zero(t, young, "nobody had looked at them")
	for _, rung := range []system.Rung{system.Full, system.Heuristic, system.NewestOnly} {
		assert.Positive(t, rungs[rung], "%v", rung)
	}
	counts := w.platform.reranker.Counts()
	assert.True(t, counts.Balanced(), "%+v", counts)
	for _, f := range []reranking.Filter{reranking.Muted, reranking.Policy, reranking.Safety} {
		assert.Positive(t, counts.Dropped[f], "%v", f)
	}
	w.tick(w.kernel.Now())
	result := w.rec.Result()
	assert.Less(t, result.Total(user.ViolatingShare.Name), .01, "5 % of posts, of which the model knows nine in ten")
	assert.Positive(t, result.Total(monitoring.Withheld.Name))
	assert.LessOrEqual(t, result.Total(monitoring.Withheld.Name), result.Total(monitoring.Filtered.Name))
}

// Where nothing is held back, people meet what is against the rules as often as it
// is posted: under a feed at random one post in five, and of some 500 posts five
// standard deviations are .09.
func TestWithoutSafetyPeopleMeetWhatIsAgainstTheRules(t *testing.T) {
	w := born(t, small, "system.feed=random", "agents.posts.violating=20%")
	w.grow(w.run)
	w.tick(w.kernel.Now())
	result := w.rec.Result()
	assert.InDelta(t, .2, result.Total(user.ViolatingShare.Name), .09)
}
