package run

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/system"
)

// switches turn parts of people, creators and posts off, one at a time. What is
// idle then is whatever else the part has to set.
var switches = map[string]struct{ off, idle []string }{
	"drift":      {[]string{"agents.users.taste={drift: 0, pull: 0%}"}, nil},
	"influence":  {[]string{"agents.users.taste.influence=0"}, nil},
	"attachment": {[]string{"agents.users.taste.attachment=0"}, nil},
	"regret":     {[]string{"agents.users.taste.regret=0"}, nil},
	"promise":    {[]string{"agents.users.choice.promise=0"}, nil},
	"languages":  {[]string{"agents.posts.languages=[]"}, []string{"agents.users.taste={foreign: 50%, bilingual: 90%}"}},
	"ageing":     {[]string{"agents.posts.ageing={half_life: 0s, news: []}"}, []string{"agents.posts.ageing.news_half_life=1h"}},
	"news":       {[]string{"agents.posts.ageing.news=[]"}, []string{"agents.posts.ageing.news_half_life=1h"}},
	"satiation":  {[]string{"agents.users.satiation={gain: 0, noise: 0}"}, []string{"agents.users.satiation.half_life=1h"}},
	"wavering":   {[]string{"agents.users.satiation.noise=0"}, nil},
	"mood":       {[]string{"agents.users.attention.mood=0"}, nil},
	"fatigue":    {[]string{"agents.users.attention.fatigue=0"}, nil},
	"patience":   {[]string{"agents.users.attention.patience=8760h"}, nil},
	"comments":   {[]string{"agents.users.choice.comment.base=-30"}, nil},
	"reports":    {[]string{"agents.users.choice.report.base=-30"}, nil},
	"stopping":   {[]string{"agents.users.choice.rewatch=100%"}, nil},
	"pauses":     {[]string{"agents.users.choice.pause.base=-30"}, []string{"agents.users.choice.pause_time=9s"}},
	"scrolling":  {[]string{"agents.users.attention.scroll=0s"}, nil},
	"likes":      {[]string{"agents.users.choice.like={base: -100, per_value: 0}"}, nil},
	"shares":     {[]string{"agents.users.choice.share={base: -100, per_value: 0}"}, nil},
	"follows":    {[]string{"agents.users.choice.follow={base: -100, per_value: 0}"}, nil},
	"hides":      {[]string{"agents.users.choice.hide={base: -100, per_value: 0, per_clickbait: 0}"}, nil},
	"habit":      {[]string{"agents.users.habit={lure: 0, sensitivity: 0}"}, []string{"agents.users.habit.memory=0.2"}},
	"waiting":    {[]string{"agents.users.annoyance.wait=0"}, nil},
	"repetition": {[]string{"agents.users.annoyance.repeated=0"}, nil},
	"repeats":    {[]string{"system.repeats=false"}, []string{"agents.users.annoyance.repeated=0.4"}},
	"return":     {[]string{"agents.users.return.slope=0"}, nil},
	"loyalty":    {[]string{"agents.users.return.loyalty.slope=0"}, []string{"agents.users.return.loyalty.memory=0.5"}},
	"churn":      {[]string{"agents.users.return.churn=-100"}, []string{"agents.users.return.reactivation=90%"}},
	"comeback":   {[]string{"agents.users.return.reactivation=0%"}, nil},
	"daily wave": {[]string{"agents.users.return.swing=0"}, []string{"agents.users.return.peak_hour=3"}},
	"weekends":   {[]string{"agents.users.return.weekend=1"}, nil},
	"bursts of visits": {
		[]string{"agents.users.return.excitation.jump=0"},
		[]string{"agents.users.return.excitation={half_life: 2h, most: 5}"},
	},
	"joining":   {[]string{"agents.users.joining.share=0%"}, []string{"agents.users.joining.over=3d"}},
	"bots":      {[]string{"agents.users.bots.share=0%"}, []string{"agents.users.bots={clients: 50%, visits_per_day: 3, posts: 5, dwell: 9s}"}},
	"surveys":   {[]string{"agents.users.survey.share=0%"}, []string{"agents.users.survey={bias: 1, noise: 0.7, response: 3}"}},
	"newcomers": {[]string{"agents.creators.newcomers=0"}, nil},
	"learning":  {[]string{"agents.creators.learning=0"}, nil},
	"viability": {[]string{"agents.creators.viability.reach=0"}, []string{"agents.creators.viability.period=3d"}},
	"friends":   {[]string{"agents.graph.friends=0"}, nil},
	"rewiring":  {[]string{"agents.graph.rewiring=0%"}, nil},
	"events":    {[]string{"events=[]"}, nil},
}

// Each part can be switched off, which changes what people do; and then nothing
// that belongs to it matters any more.
func TestEachPartCanBeSwitchedOff(t *testing.T) {
	reported := func(set ...string) (all []system.Event) {
		// Waits under a feed without a stack are short; a weekend, and somebody who
		// leaves, are needed.
		w := born(t, small, append(append([]string{
			"system.feed=random", "system.repeats=true", "clock.start=2026-01-03T00:00:00Z", "agents.creators.count=12",
			"agents.users.annoyance.wait=0.3", "system.serving.gateway.fixed=500ms",
		}, append(everything, "agents.users.return={churn: -2, reactivation: 40%}")...), set...)...)
		w.people.People.Reporter = reporter(func(events []system.Event) { all = append(all, events...) })
		w.grow(w.run)
		return all
	}
	on := reported()
	require.NotEmpty(t, on)
	for name, s := range switches {
		t.Run(name, func(t *testing.T) {
			off := reported(s.off...)
			assert.False(t, same(on, off), "switched off, the part is missed")
			if s.idle != nil {
				assert.True(t, same(off, reported(append(s.off, s.idle...)...)), "what belongs to a part that is off is idle")
				assert.False(t, same(on, reported(s.idle...)), "and matters where it is on")
			}
		})
	}
	t.Run("violating", func(t *testing.T) {
		none := "agents.posts.violating=0%"
		assert.True(t, same(on, reported(none)), "people do not mind")
		strict := []string{"system.feed=stack", "system.reranking.max_risk=0.5"}
		assert.False(t, same(reported(strict...), reported(append(strict, none)...)), "a platform that looks does")
	})
}

// reporter listens to devices.
type reporter func([]system.Event)

// Report implements [system.Reporter].
func (r reporter) Report(_ uint64, events []system.Event) { r(events) }

// same compares two histories to the bit.
func same(a, b []system.Event) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
