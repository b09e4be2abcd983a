package ranking

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/mat"

	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

var visitPurpose = rng.NewPurpose("ranking.test_visits")

// visited draws visits in whose first ten posts a head comes true with a chance of
// the visit's own, and whose outcome, whether they were followed by another,
// depends on the shares of plays, likes and hides among those. Nothing later counts.
func visited(n int, seed uint64) (visits []system.Visit, rows *mat.Dense, outcomes []float64) {
	src := rng.New(seed, 0)
	rows = mat.NewDense(n, heads, nil)
	for i := range n {
		at := uint64(0)
		draw := func() float64 { at++; return src.Uniform(visitPurpose, uint64(i), at) }
		v := system.Visit{Did: make([]system.Labels, beginning+int(30*draw()))}
		for _, h := range []system.Head{system.Play, system.Like, system.Hide} {
			chance, share := draw(), 0.0
			for k := range v.Did {
				if draw() < chance {
					v.Did[k] = v.Did[k].With(h)
					if k < beginning {
						share += 1. / beginning
					}
				}
			}
			rows.Set(i, int(h), share)
		}
		chance := 0.4 + 0.1*rows.At(i, int(system.Play)) + 0.3*rows.At(i, int(system.Like)) - 0.3*rows.At(i, int(system.Hide))
		v.Returned = draw() < chance
		visits, outcomes = append(visits, v), append(outcomes, comingBack(&v))
	}
	return visits, rows, outcomes
}

// What acts were planted to be worth is found again, within four standard errors
// of a regression on shares whose variance is about 1/8; acts that never come are
// worth nothing.
func TestPlantedWorthIsRecovered(t *testing.T) {
	const n = 20_000
	visits, _, _ := visited(n, 1)
	s := &surrogate{}
	for i := range visits {
		s.add(&visits[i], comingBack)
	}
	var w [most]float64
	s.weigh(&w)
	tolerance := 4 * 0.5 / math.Sqrt(n/8)
	assert.InDelta(t, 0.1, w[system.Play], tolerance)
	assert.InDelta(t, 0.3, w[system.Like], tolerance)
	assert.InDelta(t, -0.3, w[system.Hide], tolerance)
	assert.Zero(t, w[system.Comment])
	assert.Zero(t, w[watch])
}

// The sums give the same coefficients as gonum's solution of the ridge regression
// on all rows at once.
func TestTheRegressionIsGonums(t *testing.T) {
	const n = 2 * enough
	visits, x, y := visited(n, 2)
	s := &surrogate{}
	for i := range visits {
		s.add(&visits[i], comingBack)
	}
	meanY := 0.0
	for _, v := range y {
		meanY += v / n
	}
	tall := mat.NewDense(n+heads, heads, nil) // centred rows, then the ridge as rows of its own
	right := mat.NewVecDense(n+heads, nil)
	for h := range heads {
		mean := mat.Sum(x.ColView(h)) / n
		for i := range n {
			tall.Set(i, h, x.At(i, h)-mean)
			right.SetVec(i, y[i]-meanY)
		}
		tall.Set(n+h, h, math.Sqrt(ridge))
	}
	var want mat.VecDense
	require.NoError(t, want.SolveVec(tall, right))
	var got [most]float64
	s.weigh(&got)
	for h := range heads {
		assert.InDelta(t, want.AtVec(h), got[h], 1e-9, system.Head(h).String())
	}
}

// Before enough visits have ended the preset's own weights serve; then what was
// learned takes their place, and a weight that is given takes any's.
func TestAimsTakeOverWhenEnoughVisitsHaveEnded(t *testing.T) {
	visits, _, _ := visited(enough, 3)
	s := &surrogate{}
	for i := range visits[:enough-1] {
		s.add(&visits[i], comingBack)
	}
	assert.Equal(t, [most]float32{system.LongView: 1}, Value{Preset: Retention}.valuation(s).weights)
	s.add(&system.Visit{Did: make([]system.Labels, beginning-1)}, comingBack)
	assert.EqualValues(t, enough-1, s.n, "a visit that ended sooner says nothing")
	s.add(&visits[enough-1], comingBack)
	w := Value{Preset: Retention}.valuation(s).weights
	assert.Greater(t, w[system.Like], float32(0))
	assert.Less(t, w[system.Hide], float32(0))
	assert.Zero(t, w[system.LongView])
	seven := 7.0
	assert.EqualValues(t, 7, Value{Preset: Retention, LongView: &seven}.valuation(s).weights[system.LongView])
	assert.Equal(t, Value{Preset: Balanced}.valuation(&surrogate{}), Value{Preset: Balanced}.valuation(s), "no aim, nothing learned")
}

func TestLengthIsTheLogarithmOfTheViews(t *testing.T) {
	assert.InDelta(t, num.Log(3), length(&system.Visit{Did: make([]system.Labels, 3)}), 1e-15)
	assert.Zero(t, comingBack(&system.Visit{}))
}
