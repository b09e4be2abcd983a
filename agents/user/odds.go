package user

import "feedloop/sim"

// oddest bounds log-odds and what is added to them per unit, either way: at 30 a
// chance is one in 10^13, and what is more differs from never and always by nothing.
const oddest = 100

// validateOdds says which log-odds of behaviour are beyond all bounds.
func (c Config) validateOdds(v *sim.Check) {
	within := func(field string, x float64) {
		v.That(x >= -oddest && x <= oddest, field, x, "-100 to 100")
	}
	a, x, r, s := c.Attention, c.Choice, c.Return, c.Survey
	within("attention.leave", a.Leave)
	within("attention.mood", a.Mood)
	within("attention.fatigue", a.Fatigue)
	within("choice.engage", x.Engage)
	within("choice.engage_appeal", x.EngageAppeal)
	within("choice.promise", x.Promise)
	within("choice.watch", x.Watch)
	within("choice.watch_value", x.WatchValue)
	for _, reaction := range []struct {
		field string
		Reaction
	}{
		{"like", x.Like}, {"share", x.Share}, {"follow", x.Follow}, {"hide", x.Hide},
		{"comment", x.Comment}, {"report", x.Report}, {"pause", x.Pause},
	} {
		within("choice."+reaction.field+".base", reaction.Base)
		within("choice."+reaction.field+".per_value", reaction.PerValue)
		within("choice."+reaction.field+".per_clickbait", reaction.PerClickbait)
	}
	within("return.base", r.Base)
	within("return.slope", r.Slope)
	within("return.churn", r.Churn)
	within("return.churn_slope", r.ChurnSlope)
	within("survey.response", s.Response)
	within("survey.response_slope", s.ResponseSlope)
	within("survey.response_extreme", s.ResponseExtreme)
}
