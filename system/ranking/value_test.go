package ranking

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/system"
)

// The rule's published point: one head of weight 2, p .5.
func TestOffsetRule(t *testing.T) {
	two := 2.0
	v := Value{Preset: X2026, Play: &two}.valuation(&surrogate{})
	v.weights, v.base = [most]float32{system.Play: 2}, 0
	score := make([]float32, 1)
	v.score(score, []float32{.5, 0, 0, 0, 0, 0, 0, 0}, 1, heads)
	assert.InDelta(t, 1.001, score[0], 1e-7)

	assert.EqualValues(t, float32(.001), offset(0, positiveX, negativeX))
	assert.Zero(t, offset(-negativeX, positiveX, negativeX), "the worst that can be")
	assert.InDelta(t, (367.22-3)/(43.32+367.22)*.001, offset(-3, positiveX, negativeX), 1e-9)
	assert.Less(t, offset(-.01, positiveX, negativeX), offset(0, positiveX, negativeX), "bad stays below good")
}

func TestX2026IsTheSumOfItsActions(t *testing.T) {
	negative, positive := 0.0, 0.0
	for _, a := range actions {
		positive += max(a.weight, 0)
		negative += max(-a.weight, 0)
	}
	assert.InDelta(t, negativeX, negative, 1e-9)
	assert.Less(t, positive, positiveX, "X's sum counts more actions than it lists")
	v := Value{Preset: X2026}.valuation(&surrogate{})
	assert.InDelta(t, -133.2, v.weights[system.Hide], 1e-4)
	assert.InDelta(t, -234, v.weights[system.Report], 1e-4)
	assert.InDelta(t, 5, v.weights[system.Comment], 1e-6)
	assert.InDelta(t, 28, v.weights[system.Share], 1e-6)
	assert.InDelta(t, .42, v.weights[system.Play], 1e-6)
	assert.InDelta(t, -.02, v.base, 1e-9)
	assert.InDelta(t, 43.32, v.positive, 1e-5)
	assert.InDelta(t, 367.22, v.negative, 1e-4)

	// Nobody does anything: "not dwelled" is all there is.
	score := make([]float32, 2)
	v.score(score, make([]float32, 2*heads), 2, heads)
	assert.InDelta(t, (367.22-.02)/(43.32+367.22)*.001, score[1], 1e-8)
}

// The value model has versions of its own: equal weights have the same, and each
// weight, the base and the offset rule tell.
func TestValueModelIsNamedByItsWeights(t *testing.T) {
	half, three := .5, 3.0
	named := func(v Value) uint32 {
		x := v.valuation(&surrogate{})
		return x.version()
	}
	assert.Equal(t, named(Value{Preset: Balanced}), named(Value{Preset: Balanced, Like: &three}), "3 is what balanced has")
	met := map[uint32]string{}
	for name, v := range map[string]Value{
		"balanced": {Preset: Balanced}, "clicks": {Preset: Clicks}, "x": {Preset: X2026},
		"play": {Preset: Balanced, Play: &half}, "like": {Preset: Balanced, Like: &half}, "report": {Preset: Balanced, Report: &half},
		"watch": {Preset: Balanced, Watch: &half},
	} {
		assert.Empty(t, met[named(v)], name)
		met[named(v)] = name
	}
	x := Value{Preset: X2026}.valuation(&surrogate{})
	flat, based := x, x
	flat.offset, based.base = false, 0
	assert.NotEqual(t, x.version(), flat.version())
	assert.NotEqual(t, x.version(), based.version())
	few := x.among(system.Labels(0).With(system.Like))
	assert.NotEqual(t, x.version(), few.version(), "heads left out are weights of 0")
}

func TestExplicitWeightsReplaceThePresets(t *testing.T) {
	zero, seven := 0.0, 7.0
	v := Value{Preset: Balanced, Like: &seven, Hide: &zero}.valuation(&surrogate{})
	assert.Equal(t, [most]float32{.1, 1, 7, 3, 3, 3, 0, -30, 0}, v.weights)
	assert.Equal(t, [most]float32{.1, 1, 3, 3, 3, 3, -10, -30, 0}, Value{Preset: Balanced}.valuation(&surrogate{}).weights, "the preset is as it was")
	x := Value{Preset: X2026, Like: &seven, Hide: &zero}.valuation(&surrogate{})
	assert.InDelta(t, positiveX-.5+7, x.positive, 1e-5)
	assert.InDelta(t, 367.22-133.2, x.negative, 1e-4)
}

// What has never come true is worth nothing until it does: nobody knows yet for
// whom it will.
func TestHeadsThatNeverCameTrueRankNothing(t *testing.T) {
	data := additive(5).examples(0, 3000)
	for i := range data.Rows {
		data.Rows[i].Labels &^= system.Labels(0).With(system.Report)
	}
	c := ofFamily(Linear)
	c.Value.Preset = X2026
	r := trained(c, data)
	assert.Zero(t, r.value.weights[system.Report])
	assert.InDelta(t, -133.2, r.value.weights[system.Hide], 1e-4)
	data.Rows[2999].Labels = data.Rows[2999].Labels.With(system.Report)
	_, fit := r.Begin(data)
	a := fit()
	r.Deploy(&a)
	assert.EqualValues(t, -234, r.value.weights[system.Report])
	for i := range data.Rows {
		data.Rows[i].Labels = 0
	}
	_, fit = r.Begin(data)
	a = fit()
	r.Deploy(&a)
	assert.EqualValues(t, -234, r.value.weights[system.Report], "and is not forgotten")
}

// Every preset is a purpose of its own: it knows its best candidate.
func TestPresetsDiffer(t *testing.T) {
	seen := map[[most]float32]Preset{}
	for _, name := range Preset("").Values() {
		p := Preset(name)
		require.NoError(t, Value{Preset: p}.check(), name)
		if (Value{Preset: p}).Aims() {
			continue // its weights are learned
		}
		v := Value{Preset: p}.valuation(&surrogate{})
		assert.Empty(t, seen[v.weights], name)
		seen[v.weights] = p
		assert.LessOrEqual(t, v.weights[system.Hide], float32(0), name)
	}
	assert.Len(t, seen, 6)
	assert.Len(t, presets, 8)
}

func TestBadConfigsAreRefused(t *testing.T) {
	require.NoError(t, DefaultConfig().Validate())
	for _, f := range families {
		require.NoError(t, ofFamily(f).Validate())
	}
	zero, huge := 0.0, 1e9
	for field, spoil := range map[string]func(*Config){
		"family":        func(c *Config) { c.Family = "forest" },
		"value.preset":  func(c *Config) { c.Value.Preset = "fame" },
		"value.like":    func(c *Config) { c.Value.Like = &huge },
		"value":         func(c *Config) { c.Value = Value{Preset: Clicks, Play: &zero} },
		"ftrl.alpha":    func(c *Config) { c.FTRL.Alpha = 0 },
		"ftrl.beta":     func(c *Config) { c.FTRL.Beta = -1 },
		"ftrl.l1":       func(c *Config) { c.FTRL.L1 = -1 },
		"ftrl.l2":       func(c *Config) { c.FTRL.L2 = -1 },
		"fm.spread":     func(c *Config) { c.FM.Spread = 0 },
		"fm.alpha":      func(c *Config) { c.FM.Alpha = 0 },
		"fm.beta":       func(c *Config) { c.FM.Beta = 0 },
		"mlp.hidden":    func(c *Config) { c.MLP.Hidden = nil },
		"mlp.hidden[1]": func(c *Config) { c.MLP.Hidden = []int{8, 0} },
		"mlp.batch":     func(c *Config) { c.MLP.Batch = 0 },
		"mlp.alpha":     func(c *Config) { c.MLP.Alpha = 11 },
		"mlp.beta":      func(c *Config) { c.MLP.Beta = 0 },
		"watch.label":   func(c *Config) { c.Watch.Label = "minutes" },
		"watch.cap":     func(c *Config) { c.Watch.Cap = 0 },
		"watch.buckets": func(c *Config) { c.Watch.Buckets = 0 },
		"position":      func(c *Config) { c.Position = "guessed" },
		"negatives":     func(c *Config) { c.Negatives = 0 },
		"calibration":   func(c *Config) { c.Calibration = "sharp" },
	} {
		c := DefaultConfig()
		spoil(&c)
		problems := sim.Problems(c.Validate())
		if assert.Len(t, problems, 1, field) {
			assert.Equal(t, field, problems[0].Field)
		}
	}
}
