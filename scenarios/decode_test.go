package scenarios

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"

	"feedloop/sim"
	"feedloop/sim/rng"
)

// kitchen has a field of every kind that a Config may have.
type kitchen struct {
	Flag    bool               `yaml:"flag"`
	Small   int8               `yaml:"small"`
	Whole   int                `yaml:"whole"`
	Count   uint32             `yaml:"count"`
	Number  float64            `yaml:"number"`
	Single  float32            `yaml:"single"`
	Text    string             `yaml:"text"`
	Feed    Feed               `yaml:"feed"`
	Length  time.Duration      `yaml:"length"`
	When    sim.Time           `yaml:"when"`
	Part    sim.Share          `yaml:"part"`
	Start   time.Time          `yaml:"start"`
	Law     rng.Dist           `yaml:"law"`
	Delay   *rng.Delay         `yaml:"delay"`
	Numbers []float64          `yaml:"numbers"`
	Dishes  []dish             `yaml:"dishes"`
	Weights map[string]float64 `yaml:"weights"`
	ByFeed  map[Feed]sim.Share `yaml:"by_feed"`
	Menus   map[string]dish    `yaml:"menus"`
	Main    dish               `yaml:"main"`
	Maybe   *dish              `yaml:"maybe"`
	Ends    Bound              `yaml:"ends"`
	Skipped func()             `yaml:"-"`
}

type dish struct {
	Name  string        `yaml:"name"`
	Price float64       `yaml:"price"`
	Time  time.Duration `yaml:"time"`
}

// decodeKitchen decodes a text over a value.
func decodeKitchen(t require.TestingT, over kitchen, text string) (kitchen, Problems) {
	tree, problems := parse(newSource("kitchen.yaml", []byte(text)))
	require.Empty(t, problems)
	d := newDecoder(reflect.TypeFor[kitchen](), Vocabulary{})
	d.structure(reflect.ValueOf(&over).Elem(), tree, "")
	return over, d.problems
}

// TestWrittenValuesReadBack is a property: whatever a Config holds is written
// so that reading it, over nothing or over something else, gives it back.
func TestWrittenValuesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, other := anyKitchen(t), anyKitchen(t)
		other.Delay, other.Maybe = nil, nil // absent means "as before": these two cannot be taken back
		other.Weights, other.ByFeed, other.Menus = nil, nil, nil
		text, err := yaml.Marshal(encode(reflect.ValueOf(want)))
		require.NoError(t, err)
		for _, over := range []kitchen{{}, other} {
			got, problems := decodeKitchen(t, over, string(text))
			require.Empty(t, problems, string(text))
			assert.Equal(t, want, got, string(text))
		}
	})
}

// anyKitchen draws a value of every kind.
func anyKitchen(t *rapid.T) kitchen {
	text := rapid.StringMatching(`[ -~äß世\n\t]{0,12}|<<`)
	number := rapid.Float64Range(-1e12, 1e12)
	length := rapid.Map(rapid.Int64Range(0, int64(400*sim.Week)), func(n int64) time.Duration { return time.Duration(n) })
	share := rapid.Map(rapid.Float64Range(0, 1), func(x float64) sim.Share { return sim.Share(x) })
	feed := rapid.Map(rapid.SampledFrom(Feed("").Values()), func(s string) Feed { return Feed(s) })
	anyDish := rapid.Custom(func(t *rapid.T) dish {
		return dish{text.Draw(t, "name"), number.Draw(t, "price"), length.Draw(t, "time")}
	})
	key := rapid.StringMatching(`[a-z]{1,5}|true|12|~|<<`)
	k := kitchen{
		Flag: rapid.Bool().Draw(t, "flag"), Small: rapid.Int8().Draw(t, "small"), Whole: rapid.Int().Draw(t, "whole"),
		Count: rapid.Uint32().Draw(t, "count"), Number: number.Draw(t, "number"), Single: rapid.Float32Range(-1e9, 1e9).Draw(t, "single"),
		Text: text.Draw(t, "text"), Feed: feed.Draw(t, "feed"), Length: length.Draw(t, "length"),
		When: sim.Time(length.Draw(t, "when")), Part: share.Draw(t, "part"),
		Start:   time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "start"), 0).UTC(),
		Law:     anyLaw(t),
		Main:    anyDish.Draw(t, "main"),
		Numbers: orNil(rapid.SliceOfN(number, 0, 3).Draw(t, "numbers")), Dishes: orNil(rapid.SliceOfN(anyDish, 0, 3).Draw(t, "dishes")),
		Weights: rapid.MapOfN(key, number, 0, 3).Draw(t, "weights"), ByFeed: rapid.MapOfN(feed, share, 0, 3).Draw(t, "by feed"),
		Menus: rapid.MapOfN(key, anyDish, 0, 3).Draw(t, "menus"),
	}
	delete(k.Weights, "<<") // merge keys are refused, so no Config may use one
	delete(k.Menus, "<<")
	require.NoError(t, k.Ends.UnmarshalText([]byte(rapid.SampledFrom([]string{"> 3", "< 200ms", "between 1% and 2%"}).Draw(t, "ends"))))
	if rapid.Bool().Draw(t, "maybe") {
		d := anyDish.Draw(t, "dish")
		k.Maybe = &d
		length := length.Draw(t, "delay")
		k.Delay = &rng.Delay{Constant: &length}
	}
	return k
}

// anyLaw draws a distribution of one of three families.
func anyLaw(t *rapid.T) rng.Dist {
	x := rapid.Float64Range(0, 100).Draw(t, "parameter")
	constant := rng.Constant(x)
	return rapid.SampledFrom([]rng.Dist{
		{Constant: &constant}, {Uniform: &rng.UniformDist{Low: x, High: 2 * x}}, {Lognormal: &rng.LogNormalDist{Median: x, Sigma: 1}},
	}).Draw(t, "law")
}

// orNil makes empty lists nil, as the decoder does.
func orNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

func TestOneOfIsReplaced(t *testing.T) {
	constant := rng.Constant(3)
	over := kitchen{Law: rng.Dist{Constant: &constant}}
	got, problems := decodeKitchen(t, over, "law: {lognormal: {median: 2, sigma: 0.5}}")
	require.Empty(t, problems)
	assert.Equal(t, rng.Dist{Lognormal: &rng.LogNormalDist{Median: 2, Sigma: 0.5}}, got.Law)

	again, problems := decodeKitchen(t, got, "law: {lognormal: {sigma: 0.7}}")
	require.Empty(t, problems)
	assert.Equal(t, 2.0, again.Law.Lognormal.Median, "the same family keeps what is not mentioned")
	assert.Equal(t, 0.5, got.Law.Lognormal.Sigma, "and the value before is left as it was")

	for _, bad := range []string{"law: {}", "law: 3", "law: {constant: 1, uniform: {}}", "law: {constnat: 1}", "law: [constant]"} {
		_, problems := decodeKitchen(t, kitchen{}, bad)
		assert.Len(t, problems, 1, bad)
	}
}

// TestCopiesAreIndependent decodes over a copy and expects the original
// unchanged: worlds share pointers and maps until they change them.
func TestCopiesAreIndependent(t *testing.T) {
	before, problems := decodeKitchen(t, kitchen{},
		"{maybe: {name: soup}, weights: {a: 1}, menus: {x: {name: y}}, numbers: [1, 2], delay: {constant: 1h}}")
	require.Empty(t, problems)
	frozen, err := json.Marshal(struct{ A, B, C, D, E any }{before.Maybe, before.Weights, before.Menus, before.Numbers, before.Delay})
	require.NoError(t, err)
	after, problems := decodeKitchen(t, before,
		"{maybe: {price: 2}, weights: {b: 2}, menus: {x: {price: 3}}, numbers: [3], delay: {constant: 2h}}")
	require.Empty(t, problems)
	now, err := json.Marshal(struct{ A, B, C, D, E any }{before.Maybe, before.Weights, before.Menus, before.Numbers, before.Delay})
	require.NoError(t, err)
	assert.Equal(t, string(frozen), string(now))
	assert.Equal(t, dish{Name: "soup", Price: 2}, *after.Maybe)
	assert.Equal(t, map[string]float64{"a": 1, "b": 2}, after.Weights)
	assert.Equal(t, map[string]dish{"x": {Name: "y", Price: 3}}, after.Menus)
	assert.Equal(t, []float64{3}, after.Numbers, "lists are replaced")
}

// TestScalars lists what each kind of scalar accepts and refuses.
func TestScalars(t *testing.T) {
	good := map[string]string{
		"flag": "true false True", "small": "-128 127 +5 0", "whole": "0 -3 9223372036854775807", "count": "0 4294967295",
		"number": "1 -2.5 1e3 .5 2. 1E-3 +4", "single": "1.5", "text": `words "12" 'true' "" 1d12h`,
		"feed": "oracle", "length": "0 0s 90m 1d12h 1.5w 2w1d3h4m5s6ms7us8ns -3h 1µs", "when": "0 1d", "part": "0 1 0.02 2% 100% 0.5% 1e-3",
		"start": "2026-01-05T00:00:00Z 2026-01-05T00:00:00.5+02:00",
	}
	bad := map[string]string{
		"flag": "yes 1 TRUEish on", "small": "128 -129 1.0", "whole": "012 0x1 1_0 1e3 9223372036854775808 ten", "count": "-1 4294967296",
		"number": ".nan .inf -.inf NaN 1e999 0x1 1_0 5% ten", "single": "1e39", "text": "12 true 1.5 2026-01-05", "feed": "oracel Oracle",
		"length": "10 1.5 90 1h30 1y 1d-2h .5h 1e3d NaNd Infd 300y 1000000w", "when": "-1d", "part": "2 -1% 101% 1.01 half 5pc",
		"start": "2026-01-05 12:00 tomorrow",
	}
	for key, texts := range good {
		for text := range strings.FieldsSeq(texts) {
			_, problems := decodeKitchen(t, kitchen{}, key+": "+text)
			assert.Empty(t, problems, "%s: %s", key, text)
		}
	}
	for key, texts := range bad {
		for text := range strings.FieldsSeq(texts) {
			_, problems := decodeKitchen(t, kitchen{}, key+": "+text)
			if assert.Len(t, problems, 1, "%s: %s", key, text) {
				assert.Equal(t, text, problems[0].Value)
				assert.Equal(t, len(key)+3, problems[0].Column)
			}
		}
	}
}

// TestEveryFieldIsAKey finds Config fields that the language cannot fill:
// exported ones without a yaml tag, or of a type that has no YAML form.
func TestEveryFieldIsAKey(t *testing.T) {
	var visit func(path string, u reflect.Type)
	visit = func(path string, u reflect.Type) {
		if _, ok := leafOf(u); ok || u == reflect.TypeFor[[]World]() || u.Kind() == reflect.Interface {
			return
		}
		switch u.Kind() {
		case reflect.Pointer, reflect.Slice:
			visit(path, u.Elem())
		case reflect.Map:
			assert.Equal(t, reflect.String, u.Key().Kind(), path)
			visit(path, u.Elem())
		case reflect.Struct:
			for i := range u.NumField() {
				f := u.Field(i)
				if f.IsExported() {
					tag, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
					assert.NotEmpty(t, tag, "%s.%s has no yaml tag", path, f.Name)
					visit(path+"."+f.Name, f.Type)
				}
			}
		default:
			t.Errorf("%s has the type %s, which has no YAML form", path, u)
		}
	}
	visit("Scenario", reflect.TypeFor[Scenario]())
}
