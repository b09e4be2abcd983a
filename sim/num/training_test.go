package num

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The kernels of training: assembly against plain Go in every bit, and plain Go
// against the formulas.

// example draws the features of one example out of n, and their values.
func (d dice) example(n int, k kind) (at []int32, x []float32) {
	for _, i := range d.Perm(n)[:d.IntN(n+1)] {
		at = append(at, int32(i))
	}
	return at, d.numbers(len(at), k)
}

func (d dice) row(k kind) Row { return Row(d.numbers(Lanes, k)) }

func TestTrainingKernelsHaveTheBitsOfGo(t *testing.T) {
	const features = 7
	for _, kind := range kinds {
		r := newDice("training " + kind.name)
		for round := range 300 {
			name := fmt.Sprintf("%s, round %d", kind.name, round)
			at, x := r.example(features, kind)
			g, alpha, beta := r.row(kind), float32(r.Float64()), float32(r.Float64())
			rates := ProximalRates{alpha, beta, float32(r.IntN(2)) * float32(r.Float64()), float32(r.Float64())}

			weights, factors := make([]Proximal, features), make([]Factors, features)
			for i := range weights {
				weights[i] = Proximal{r.row(kind), r.row(kind), r.row(kind), r.row(kind)}
				factors[i] = Factors{r.row(kind), r.row(kind)}
			}
			var want, got, wantSquares, gotSquares Row
			proximalSumGo(&want, weights, at, x)
			ProximalSum(&got, weights, at, x)
			sameSlices(t, name+", weights", want[:], got[:])
			factorSumsGo(&want, &wantSquares, factors, at, x)
			FactorSums(&got, &gotSquares, factors, at, x)
			sameSlices(t, name+", factors", want[:], got[:])
			sameSlices(t, name+", squares", wantSquares[:], gotSquares[:])

			wantWeights, wantFactors := slices.Clone(weights), slices.Clone(factors)
			proximalStepGo(wantWeights, at, x, &g, &rates)
			ProximalStep(weights, at, x, &g, &rates)
			factorStepGo(wantFactors, at, x, &want, &g, alpha, beta)
			FactorStep(factors, at, x, &want, &g, alpha, beta)
			for i := range weights {
				a, b := &wantWeights[i], &weights[i]
				for _, pair := range [][2]*Row{{&a.Z, &b.Z}, {&a.N, &b.N}, {&a.Root, &b.Root}, {&a.W, &b.W},
					{&wantFactors[i].V, &factors[i].V}, {&wantFactors[i].N, &factors[i].N}} {
					sameSlices(t, name, pair[0][:], pair[1][:])
				}
			}
		}
	}
}

func TestLayerKernelsHaveTheBitsOfGo(t *testing.T) {
	for _, kind := range kinds {
		r := newDice("layers " + kind.name)
		for n := range 70 {
			name := fmt.Sprintf("%s, %d numbers", kind.name, n)
			w, sums, g := r.numbers(n, kind), r.numbers(n, kind), r.numbers(n, kind)
			alpha, beta := float32(r.Float64()), float32(r.Float64())
			wantW, wantSums := clone(w), clone(sums)
			adaGradGo(wantW, wantSums, g, alpha, beta)
			AdaGrad(w, sums, g, alpha, beta)
			sameSlices(t, name+", weights", wantW, w)
			sameSlices(t, name+", sums", wantSums, sums)

			const rows = 3
			c, bias := r.numbers(rows*n, kind), r.numbers(n, kind)
			want := clone(c)
			for i := range rows {
				rectifyGo(want[i*n:(i+1)*n], bias)
			}
			Rectify(c, bias, rows)
			sameSlices(t, name+", rectified", want, c)
			back := r.numbers(rows*n, kind)
			want = clone(back)
			rectifyBackGo(want, c)
			RectifyBack(back, c)
			sameSlices(t, name+", back", want, back)
		}
	}
}

// One coordinate, alpha .1, beta 1, no penalties: worked out from the paper.
func TestProximalKnownValues(t *testing.T) {
	f := make([]Proximal, 1)
	r := ProximalRates{Alpha: .1, Beta: 1}
	for i, g := range []float32{1, -.5, .25} {
		ProximalStep(f, []int32{0}, []float32{1}, &Row{0: g}, &r)
		assert.InDelta(t, []float64{-.05, -.026393202, -.038044716}[i], f[0].W[0], 1e-8)
	}
	r.L1 = 100
	ProximalStep(f, []int32{0}, []float32{1}, &Row{0: .1}, &r)
	assert.Zero(t, f[0].W[0], "a weight below the L1 threshold is exactly zero")
	assert.Zero(t, f[0].W[1], "what has no gradient stays")
}

// FTRL-proximal by what it is for, not by its recursion: after every gradient the
// weight is the one that minimises
//
//	sum of g w + sum of sigma (w - what it was)² / 2 + (beta/alpha + l2) w² / 2 + l1 |w|
//
// found by bisection of the slope, which rises with w and jumps by 2 l1 at zero.
func TestProximalMinimisesItsObjective(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		between := func(low, high float64, name string) float64 {
			return float64(float32(rapid.Float64Range(low, high).Draw(rt, name)))
		}
		alpha, beta := between(.05, 2, "alpha"), between(.1, 2, "beta")
		l1, l2 := between(0, 1, "l1"), between(0, 2, "l2")
		f, rates := make([]Proximal, 1), ProximalRates{float32(alpha), float32(beta), float32(l1), float32(l2)}
		gradients, squares, sigmas, pull := 0., 0., 0., 0.
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			g := between(-2, 2, "gradient")
			before := math.Sqrt(squares)
			squares += g * g
			sigma := (math.Sqrt(squares) - before) / alpha
			gradients, sigmas, pull = gradients+g, sigmas+sigma, pull+sigma*float64(f[0].W[0])
			slope := func(w float64) float64 {
				s := gradients + sigmas*w - pull + (beta/alpha+l2)*w
				switch {
				case w > 0:
					return s + l1
				case w < 0:
					return s - l1
				}
				return s
			}
			low, high := -1e3, 1e3
			for range 80 {
				if middle := (low + high) / 2; slope(middle) > 0 {
					high = middle
				} else {
					low = middle
				}
			}
			ProximalStep(f, []int32{0}, []float32{1}, &Row{0: float32(g)}, &rates)
			require.InDelta(rt, low, f[0].W[0], 2e-5, "a dozen steps of float32 at up to 10")
		}
	})
}

// The pairwise terms of a factorisation machine, by the definition: the sum over
// pairs of x x' v v' is half of (sum² - squares); its gradient by v is the sum
// of all other terms times x.
func TestFactorsAreThoseOfTheDefinition(t *testing.T) {
	r := newDice("definition")
	const n = 5
	features := make([]Factors, n)
	for i := range features {
		features[i].V = r.row(kinds[0])
	}
	at, x := []int32{0, 1, 2, 3, 4}, r.numbers(n, kinds[0])
	var sum, squares Row
	FactorSums(&sum, &squares, features, at, x)
	before := slices.Clone(features)
	g := r.row(kinds[0])
	FactorStep(features, at, x, &sum, &g, .1, 1)
	for f := range Lanes {
		pairs := 0.0
		for i := range n {
			others := 0.0
			for j := range n {
				if i != j {
					others += float64(x[j]) * float64(before[j].V[f])
				}
			}
			pairs += float64(x[i]) * float64(before[i].V[f]) * others / 2
			gradient := float64(g[f]) * float64(x[i]) * others
			moved := float64(features[i].V[f] - before[i].V[f])
			assert.InDelta(t, -.1*gradient/(1+math.Abs(gradient)), moved, 1e-5) // single precision
		}
		assert.InDelta(t, pairs, (sum[f]*sum[f]-squares[f])/2, 1e-5)
	}
}

func TestTrainingRefusesFeaturesThatAreNotThere(t *testing.T) {
	one, x := []int32{2}, []float32{1}
	assert.PanicsWithValue(t, "num: ProximalSum of feature 2 among 2", func() { ProximalSum(&Row{}, make([]Proximal, 2), one, x) })
	assert.PanicsWithValue(t, "num: FactorStep of feature 2 among 0", func() { FactorStep(nil, one, x, &Row{}, &Row{}, 1, 1) })
	assert.PanicsWithValue(t, "num: ProximalStep of 1 numbers against 0", func() { ProximalStep(make([]Proximal, 3), one, nil, &Row{}, &ProximalRates{}) })
	assert.PanicsWithValue(t, "num: AdaGrad (g) of 0 numbers against 1", func() { AdaGrad(x, x, nil, 1, 1) })
	assert.PanicsWithValue(t, "num: Rectify of 1 numbers against 2", func() { Rectify(x, x, 2) })
}
