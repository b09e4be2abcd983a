package content

import (
	"math"
	"testing"
	"time"

	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// The tests of this file ask of each parameter whether what is drawn shows it: the
// sample agrees with the formula at the value that was set, and would not at one
// that is five per cent off.

func square(x float64) float64 { return x * x }

// seen applies a function to every post.
func seen(p *Posts, f func(*Truth) float64) []float64 {
	out := make([]float64, len(p.Truths))
	for i := range out {
		out[i] = f(&p.Truths[i])
	}
	return out
}

// Traits are clamped, but five standard deviations away.
func TestTraitsShowTheirParameters(t *testing.T) {
	c := DefaultConfig()
	c.QualityNoise, c.ClickbaitNoise, c.Length, c.LengthSigma = 0.08, 0.06, 30*time.Second, 0.3
	p, _ := posts(c, 20_000, 0.5, 0.4)
	simtest.Identifies(t, seen(p, func(post *Truth) float64 { return square(float64(post.Quality) - 0.5) }), 0.08, square, "quality_noise")
	simtest.Identifies(t, seen(p, func(post *Truth) float64 { return square(float64(post.Clickbait) - 0.4) }), 0.06, square, "clickbait_noise")
	logs := seen(p, func(post *Truth) float64 { return math.Log(float64(post.Length)) })
	simtest.Identifies(t, logs, 30, math.Log, "length")
	for i, x := range logs {
		logs[i] = square(x - math.Log(30))
	}
	simtest.Identifies(t, logs, 0.3, square, "length_sigma")
}

func TestClassesShowTheirParameters(t *testing.T) {
	c := DefaultConfig()
	c.Violating, c.Borderline, c.RiskNoise = 0.4, 0.4, 1.5
	p, public := posts(c, 20_000, 0.5, 0.5)
	is := func(class Class) []float64 {
		return seen(p, func(post *Truth) float64 {
			if post.Class == class {
				return 1
			}
			return 0
		})
	}
	same := func(x float64) float64 { return x }
	simtest.Identifies(t, is(Violating), 0.4, same, "violating")
	simtest.Identifies(t, is(Borderline), 0.4, same, "borderline")
	documented := [...]float64{Benign: -4, Borderline: -1, Violating: 2}
	var squares []float64
	var away [len(documented)][]float64
	for i, post := range p.Truths {
		risk := float64((*public)[i].Risk)
		x := math.Log(risk/(1-risk)) - documented[post.Class]
		away[post.Class] = append(away[post.Class], x)
		squares = append(squares, square(x))
	}
	for class, x := range away {
		simtest.Agrees(t, x, 0, "log-odds of class %d less what is documented", class)
	}
	simtest.Identifies(t, squares, 1.5, square, "risk_noise")
}

// A step of the noise's sixteenth by axis, fifteen of them across: 1 - cos is
// 7.5/16 scale^2 to the second order.
func TestVectorsShowTheirParameters(t *testing.T) {
	c := DefaultConfig()
	c.Spread, c.ContentNoise = 0.1, 0.12
	p, public := posts(c, 5000, 0.5, 0.5)
	away := func(scale float64) float64 { return 7.5 / 16 * scale * scale }
	far := func(a, b *Vector) float64 {
		dot := 0.0 // in double precision: 1 - cos is small
		for k := range a {
			dot += float64(a[k]) * float64(b[k])
		}
		return 1 - dot
	}
	simtest.Identifies(t, seen(p, func(post *Truth) float64 {
		return far(&post.Vector, &p.Topics.Centres[post.Topic])
	}), 0.1, away, "spread")
	var blurred []float64
	for i := range p.Truths {
		blurred = append(blurred, far(&p.Truths[i].Vector, (*Vector)(&(*public)[i].Content)))
	}
	simtest.Identifies(t, blurred, 0.12, away, "content_noise")
}

// The mean logarithm of a topic's rank tells most about the exponent.
func TestTopicsShowTheirParameter(t *testing.T) {
	c := Config{Topics: 40, Popularity: 1.2}
	topics, src := NewTopics(c, rng.New(1, 0)), rng.New(2, 0)
	ranks := make([]float64, 20_000)
	for i := range ranks {
		ranks[i] = num.Log(1 + float64(topics.Draw(src.Uniform(traitPurpose, uint64(i), 0))))
	}
	simtest.Identifies(t, ranks, 1.2, func(x float64) float64 {
		logs, sum := 0.0, 0.0
		for k := 1.0; k <= 40; k++ {
			sum += math.Pow(k, -x)
			logs += math.Log(k) * math.Pow(k, -x)
		}
		return logs / sum
	}, "popularity")
}

func TestLanguagesShowTheirParameter(t *testing.T) {
	c := DefaultConfig()
	c.Languages = []Language{{Name: "a", Share: 0.3}, {Name: "b", Share: 0.5}, {Name: "c", Share: 0.2}}
	src := rng.New(1, 0)
	second := make([]float64, 20_000)
	for i := range second {
		if c.Language(src.Uniform(traitPurpose, uint64(i), 9)) == system.Language(1) {
			second[i] = 1
		}
	}
	simtest.Identifies(t, second, 0.5, func(x float64) float64 { return x }, "share")
}
