package ranking

import (
	"slices"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Machine describes the factors of the factorisation machine.
type Machine struct {
	// Spread is the standard deviation of the initial factors. Default 0.1.
	Spread float64 `yaml:"spread"`
	// Alpha and Beta set AdaGrad's rate alpha / (beta + sqrt(sum of squared
	// gradients)). Defaults 0.1 and 0.1.
	Alpha float64 `yaml:"alpha"`
	Beta  float64 `yaml:"beta"`
}

func (c Machine) check() error {
	var v sim.Check
	v.That(c.Spread > 0 && c.Spread <= 10, "spread", c.Spread, "more than 0, at most 10")
	v.That(c.Alpha > 0 && c.Alpha <= 10, "alpha", c.Alpha, "more than 0, at most 10")
	v.That(c.Beta > 0, "beta", c.Beta, "more than 0")
	return v.Err()
}

// factors is how many a feature has.
const factors = num.Lanes

// machine is a factorisation machine (Rendle, ICDM 2010): the linear model and,
// for every pair of features, the product of the two times the scalar product of
// their factors. The sum over all pairs takes one walk over the features:
//
//	pair_f  = ((Σ x v_f)² - Σ x² v_f²) / 2
//	logit_h = linear_h + Σ_f mix_fh pair_f
//
// All heads share the factors, and each has its own mix of them: what goes with
// what is a property of people and posts, and rare heads borrow it from frequent
// ones. On the log of the base world that is better for every head than factors
// of its own (normalised entropy of long views .836 against .838, of follows
// .871 against .873) and takes a sixth of the memory. The mix starts at zero, so
// that the machine starts as its linear part and a pair counts where it helped.
type machine struct {
	width int
	first *linear
	rate  Machine
	state []num.Factors // by feature
	mix   []mixing      // by bank
	mixed []mixing      // AdaGrad's sums for mix
	// What serves, packed from state: width x factors, as they are and squared,
	// and the mix without its idle lanes.
	values, squares []float32
	blend           []float32
}

// mixing holds the mix of a bank of outputs, by factor, a lane an output.
type mixing [factors * num.Lanes]float32

var machinePurpose = rng.NewPurpose("ranking.weights.fm")

func newMachine(c Config, src rng.Source, width, outputs int) *machine {
	m := &machine{
		width: width, first: newLinear(c.FTRL, width, outputs), rate: c.FM, state: make([]num.Factors, width),
		values: make([]float32, width*factors), squares: make([]float32, width*factors),
		blend: make([]float32, factors*outputs),
	}
	m.mix, m.mixed = make([]mixing, len(m.first.state)), make([]mixing, len(m.first.state))
	for i := range m.state {
		for f := range factors {
			u := src.Uniform(machinePurpose, uint64(i*factors+f), 0)
			m.state[i].V[f] = float32(rng.Normal(u, 0, c.FM.Spread))
		}
	}
	m.pack()
	return m
}

func (m *machine) outputs() int { return m.first.out }

func (m *machine) clone() model {
	c := *m
	c.first = m.first.clone().(*linear)
	c.state, c.values, c.squares = slices.Clone(m.state), slices.Clone(m.values), slices.Clone(m.squares)
	c.mix, c.mixed, c.blend = slices.Clone(m.mix), slices.Clone(m.mixed), slices.Clone(m.blend)
	return &c
}

func (m *machine) logits(dst, rows []float32, n int, s *scratch) {
	sums, squares := sized(&s.a, n*factors), sized(&s.b, n*factors)
	rows2 := sized(&s.c, len(rows))
	num.Square(rows2, rows)
	num.MatMul(sums, rows, m.values, n, m.width, factors)
	num.MatMul(squares, rows2, m.squares, n, m.width, factors)
	pairs(sums, sums, squares)
	cross := sized(&s.c, n*m.first.out)
	num.MatMul(cross, sums, m.blend, n, factors, m.first.out)
	m.first.logits(dst, rows, n, s)
	num.Axpy(1, cross, dst)
}

// pairs sets dst to the pairwise terms (sum² - squares) / 2.
func pairs(dst, sums, squares []float32) {
	for i, x := range sums {
		dst[i] = (float32(x*x) - squares[i]) / 2
	}
}

// work counts the sums of the factors and of their squares, and like the linear
// family 8 for the update of a coordinate.
func (m *machine) work() (score, learn int) {
	score, learn = m.first.work()
	mixed := factors * m.first.out
	return score + 2*m.width*factors + mixed, learn + 8*m.width*factors + 8*mixed
}

func (m *machine) learn(l *lesson) {
	features := newSparse(m.width)
	for i := range l.Rows {
		if counted, counts := l.counted(i); counts {
			features.read(l.Row(i))
			m.step(l, i, features, counted)
		}
	}
	m.pack()
}

// step learns from one example.
func (m *machine) step(l *lesson, i int, features *sparse, counted system.Labels) {
	var sum, squares, pair, cross, pull, part num.Row
	var z lanes
	m.first.sum(&z, features)
	num.FactorSums(&sum, &squares, m.state, features.at, features.x)
	pairs(pair[:], sum[:], squares[:])
	for b := range m.mix {
		num.MatMul(cross[:], pair[:], m.mix[b][:], 1, factors, num.Lanes)
		num.Axpy(1, cross[:], bank(&z, b)[:])
	}
	m.first.descend(&z, l, i, counted)

	alpha, beta := float32(m.rate.Alpha), float32(m.rate.Beta)
	for b := range m.mix {
		num.MatMulTransB(part[:], bank(&z, b)[:], m.mix[b][:], 1, num.Lanes, factors)
		num.Axpy(1, part[:], pull[:])
	}
	num.FactorStep(m.state, features.at, features.x, &sum, &pull, alpha, beta)
	for b := range m.mix {
		var gradient mixing
		num.MatMulTransA(gradient[:], pair[:], bank(&z, b)[:], factors, 1, num.Lanes)
		num.AdaGrad(m.mix[b][:], m.mixed[b][:], gradient[:], alpha, beta)
	}
	m.first.step(&z, features)
}

// pack copies the weights to where they serve.
func (m *machine) pack() {
	for i := range m.state {
		for f, v := range m.state[i].V {
			m.values[i*factors+f], m.squares[i*factors+f] = v, float32(v*v)
		}
	}
	for b := range m.mix {
		for f := range factors {
			row := m.blend[f*m.first.out : (f+1)*m.first.out]
			copy(row[b*num.Lanes:], m.mix[b][f*num.Lanes:(f+1)*num.Lanes])
		}
	}
	m.first.pack()
}

func (m *machine) hash() uint64 { return fold(fold(m.first.hash(), m.values), m.blend) }
