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
	curve("examination", 0, 20, func(x float64) float64 { return math.Pow(.85, x) })
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

// reliability makes up predictions that promise the more too much the higher the
// world's gain; the like is rare, and nobody hides.
func (k *sketch) reliability() {
	t := record.Table{Name: "reliability", Columns: []string{"head", "from", "to", "impressions", "predicted", "observed"}}
	heads := []struct {
		name   string
		middle float64 // log-odds of the most frequent prediction
		came   float64
	}{{"play", 0, 1}, {"long_view", -1.2, 1}, {"like", -5, 1}, {"hide", -6, 0}}
	for _, h := range heads {
		for z := h.middle - 4; z < h.middle+3; z += .25 {
			from, to := 1/(1+math.Exp(-z)), 1/(1+math.Exp(-z-.25))
			n := math.Round(4000 * math.Exp(-(z-h.middle)*(z-h.middle)/3))
			p := (from + to) / 2
			t.Add(h.name, from, to, n, n*p, math.Round(n*h.came*p/k.gain()/k.gain()*(1+k.luck)))
		}
	}
	k.r.Table(t)
}

// positions makes up a ranker that learns where people look, in the last of
// several worlds, and others that do not.
func (k *sketch) positions() {
	t := record.Table{Name: "positions", Columns: []string{"position", "served", "examples", "predicted", "plays", "examined"}}
	for at := range 20 {
		looks, learned := math.Pow(.85, float64(at)), math.NaN()
		liked := .6 - .01*float64(at)
		predicted := 9000 * liked * (.7 - .02*float64(at)) * k.gain()
		if k.w == len(k.worlds)-1 {
			learned, predicted = min(looks*(1+k.noise(.05)), 1), 9000*liked*(1+k.noise(.02))*k.gain()
		}
		t.Add(at, 9100.0, 9000.0, predicted, math.Round(9000*liked*looks*(1+k.luck)), learned)
	}
	k.r.Table(t)
}
