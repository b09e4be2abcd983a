package plots

import (
	"math"

	"feedloop/sim/record"
)

// marginals makes up what people did, and what they were made to do.
func (k *sketch) marginals() {
	t := record.Table{Name: "marginals", Columns: []string{"marginal", "x", "observed", "expected", "weight"}}
	curve := func(name string, from, to float64, f func(x float64) float64) {
		for i := range 21 {
			x := from + float64(i)*(to-from)/20
			t.Add(name, x, f(x)*(1+k.noise(.05)), f(x), 1000.0)
		}
	}
	curve("watch_share", .05, 2.95, func(x float64) float64 { return .3 * math.Exp(-2.5*x/k.gain()) })
	for i, name := range []string{"staying", "like", "return"} {
		curve(name, -.5, 1, func(x float64) float64 { return k.gain() / (1 + math.Exp(float64(i)-4*x)) / 1.2 })
	}
	curve("hide", -.5, 1, func(x float64) float64 { return .2 * math.Exp(-5*x) })
	curve("visit_length", 1, 60, func(x float64) float64 { return math.Exp(-x / 17 / k.gain()) })
	curve("examination", 0, 19, func(x float64) float64 { return math.Pow(.85, x) })
	curve("daily_curve", .5, 23.5, func(x float64) float64 { return (1 + .7*math.Cos((x-20)*math.Pi/12)) / 24 })
	curve("gap", .25, 96, func(x float64) float64 { return math.Exp(-x / 9) })
	curve("churn", -.2, .4, func(x float64) float64 { return .003 * math.Exp(-6*x) })
	curve("departed", 1, 5, func(x float64) float64 { return .004 * x })
	curve("post_lorenz", 0, 1, func(x float64) float64 { return math.Pow(x, 1+k.gain()) })
	curve("creator_lorenz", 0, 1, func(x float64) float64 { return math.Pow(x, 1.2*k.gain()) })
	for n := 1.0; n < 100; n *= 2 {
		t.Add("followers", n, math.Pow(n, -1.2*k.gain()), math.Exp(-n/8), 300.0)
	}
	k.r.Table(t)
	p := record.Table{Name: "published", Columns: []string{"number", "observed", "low", "high", "source"}}
	p.Add("share_watched", .4*k.gain()+k.luck, .45, .45, "somebody")
	p.Add("posts_per_active_day", 40*k.gain(), 381.0, 381.0, "somebody else")
	p.Add("return_next_day", .8+k.luck, .4, .75, "a simulator")
	k.r.Table(p)
}
