package census

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim/num"
	"feedloop/sim/record"
	"feedloop/sim/rng"
)

var testPurpose = rng.NewPurpose("census.test")

// uniforms returns n numbers from the address of a test.
func uniforms(entity uint64, n int) []float64 {
	src, out := rng.New(1, 0), make([]float64, n)
	for i := range out {
		out[i] = src.Uniform(testPurpose, entity, uint64(i))
	}
	return out
}

// agrees holds every row of a table against its law: within four and a half
// standard deviations of a share of so many draws, of which a table of a hundred
// rows breaks one in a thousand.
func agrees(t *testing.T, table record.Table) {
	t.Helper()
	require.NotEmpty(t, table.Rows)
	observed, expected, weight := table.Floats("observed"), table.Floats("expected"), table.Floats("weight")
	for i := range observed {
		p := expected[i]
		assert.InDelta(t, p, observed[i], 4.5*math.Sqrt(p*(1-p)/weight[i])+1e-12, "%v", table.Rows[i])
	}
}

func TestRate(t *testing.T) {
	r := NewRate(-1, 1, 8)
	for i, u := range uniforms(1, 20000) {
		cause := -1.2 + 2.4*float64(i)/20000
		r.Add(cause, num.Sigmoid(cause), u < num.Sigmoid(cause))
	}
	table := NewTable()
	r.Rows(&table, "rate")
	assert.Len(t, table.Rows, 8)
	assert.InDelta(t, -0.875, table.Floats("x")[0], 1e-9)
	assert.InDelta(t, 20000.0/2.4*0.45, table.Floats("weight")[0], 2, "what lies outside counts in the outermost bin")
	agrees(t, table)
	r.Reset()
	table = NewTable()
	r.Rows(&table, "rate")
	assert.Empty(t, table.Rows)
}

// A constant hazard leaves (1-h)^n after n decisions, though most decide far less
// often.
func TestRateSurvival(t *testing.T) {
	const hazard = 0.1
	r := NewRate(0, 20, 20)
	for person := range 5000 {
		for n, u := range uniforms(uint64(100+person), 20) {
			left := u < hazard
			if r.Add(float64(n)+0.5, hazard, left); left {
				break
			}
		}
	}
	table := NewTable()
	r.Survival(&table, "survival")
	require.Len(t, table.Rows, 19)
	for i, left := range table.Floats("observed") {
		want := math.Pow(1-hazard, float64(i+1))
		assert.InDelta(t, want, table.Floats("expected")[i], 1e-9)
		assert.InDelta(t, float64(i+1), table.Floats("x")[i], 1e-9)
		assert.InDelta(t, want, left, 4.5*math.Sqrt(want*(1-want)/5000))
	}
}

// Three people meet a chance of a tenth in each of two days, of which the first
// brings one outcome and the second two, and nobody is left for a third.
func TestRateSums(t *testing.T) {
	r := NewRate(0, 5, 5)
	for i, hit := range []bool{true, false, false, false, true, true} {
		r.Add(float64(i/3)+0.9, 0.1, hit)
	}
	table := NewTable()
	r.Sums(&table, "sums", 3)
	assert.Equal(t, []float64{1, 2}, table.Floats("x"))
	assert.InDeltaSlice(t, []float64{1.0 / 3, 1}, table.Floats("observed"), 1e-12)
	assert.InDeltaSlice(t, []float64{0.1, 0.2}, table.Floats("expected"), 1e-12)
}

func TestSpread(t *testing.T) {
	s := NewSpread(0, 2, 10)
	for i, u := range uniforms(2, 10000) {
		mean := 0.3 + 0.2*float64(i%2)
		s.Add(rng.Exponential(u, mean))
	}
	for _, mean := range []float64{0.3, 0.5} {
		s.Expect(func(x float64) float64 { return 1 - math.Exp(-x/mean) })
	}
	table := NewTable()
	s.Rows(&table, "spread")
	agrees(t, table)
	assert.InDelta(t, 0.4, s.Mean(), 0.02, "four and a half of a standard error of .0042")
}

// A mass on the end of a bin belongs to the bin below it, as it does in a
// distribution function.
func TestSpreadEndsOfBins(t *testing.T) {
	s := NewSpread(0, 3, 30)
	for i := range 31 {
		for range few {
			s.Add(float64(i) / 10)
		}
	}
	table := NewTable()
	s.Rows(&table, "spread")
	for i, share := range table.Floats("observed") {
		want := 1.0
		if i == 0 {
			want = 2 // 0 as well
		}
		assert.InDelta(t, want/31, share, 1e-9, "%v", table.Rows[i])
	}
}

// A third of the waits are cut off at random, long ones more often; those that
// are left tell the law nevertheless.
func TestWaitsThatAreCutOff(t *testing.T) {
	w := NewWaits([]float64{0.5, 1, 2, 3, 4, 6, 8, 12, 16})
	cut, n := 0, 30000
	for i, u := range uniforms(3, n) {
		wait := rng.Exponential(u, 5)
		limit := rng.Exponential(uniforms(uint64(1e6+i), 1)[0], 10)
		if wait > limit {
			cut++
		}
		w.Add(min(wait, limit), wait <= limit)
	}
	w.Expect(func(hours float64) float64 { return math.Exp(-hours / 5) })
	assert.InDelta(t, 1.0/3, float64(cut)/float64(n), 0.02)
	table := NewTable()
	w.Rows(&table, "waits")
	require.Len(t, table.Rows, 9)
	for i, left := range table.Floats("observed") {
		// Classes hide when in them a wait was cut off; the error of the estimator
		// is of the order of (rate x width)^2/12 of what is cut in a class.
		assert.InDelta(t, table.Floats("expected")[i], left, 0.012, "%v", table.Rows[i])
	}
}

func TestShares(t *testing.T) {
	var got, due []float64
	for i, u := range uniforms(4, 2000) {
		due = append(due, 1+float64(i%4))
		got = append(got, float64(rng.Poisson(u, 5*due[i])))
	}
	table := NewTable()
	Shares(&table, "lorenz", got, due)
	observed, expected := table.Floats("observed"), table.Floats("expected")
	assert.Len(t, observed, grid+1)
	for i := range observed {
		assert.InDelta(t, expected[i], observed[i], 0.01, "luck alone")
		assert.LessOrEqual(t, observed[i], float64(i)/grid+1e-9, "the poorest share of people has no more than its share")
	}
	assert.Zero(t, observed[0])
	assert.Equal(t, 1.0, observed[grid])

	// One who takes all.
	all := make([]float64, 100)
	all[17] = 3
	curve := lorenz(all)
	assert.Zero(t, curve[grid-1])
	assert.Equal(t, 1.0, curve[grid])
	table = NewTable()
	Shares(&table, "lorenz", all[:10], all[:10])
	assert.Empty(t, table.Rows, "too few to tell")
}

// Poisson counts lie on their law; Pareto's leave it far behind.
func TestTail(t *testing.T) {
	var even, famous []float64
	for _, u := range uniforms(5, 4000) {
		even = append(even, float64(rng.Poisson(u, 6)))
		famous = append(famous, math.Floor(rng.Pareto(u, 2, 1.5)))
	}
	table := NewTable()
	Tail(&table, "even", even)
	agrees(t, table)
	table = NewTable()
	Tail(&table, "famous", famous)
	x, observed := table.Floats("x"), table.Floats("observed")
	for i, k := range x {
		want := min(1, math.Pow(2/k, 1.5))
		assert.InDelta(t, want, observed[i], 4.5*math.Sqrt(want*(1-want)/4000)+1e-12, "at least %v", k)
	}
	assert.Greater(t, x[len(x)-1], 100.0)
}
