package ranking

import "feedloop/system"

// Position is what is done about where on the page a post lay.
type Position string

// The ways.
const (
	Ignored  Position = "ignored"  // every example is taken for an impression that somebody met
	Examined Position = "examined" // the chance that a position is looked at is learned, and taken out
)

// Values lists the ways.
func (Position) Values() []string { return []string{string(Ignored), string(Examined)} }

// examination is the position-based model of what a page's posts get:
//
//	P(outcome | post, position) = P(looked at | position) P(outcome | post, looked at)
//
// The model of the family learns the last factor, with the other one in its loss
// (PAL: Guo et al., RecSys 2019); in serving it stands for a place at which
// everybody looks. The chance by position is the one that makes the plays of
// all trainings so far most likely under what the model then thought of the
// posts: regression-based estimation, as by Wang et al., WSDM 2018, with Fisher's
// scoring in the place of expectation-maximisation, because it converges in a
// few steps. It takes posts that lie sometimes high and sometimes low, which
// they do as long as pages differ. The first position is the unit: it is taken
// to be looked at always.
type examination struct {
	chance [system.Positions]float32
	known  [system.Positions]float64 // Fisher's information about the chance so far
}

// newExamination takes every position to be looked at.
func newExamination() *examination {
	x := &examination{}
	for k := range x.chance {
		x.chance[k] = 1
	}
	return x
}

// blame is the gradient by the logit of an outcome that did not come true: all
// of the prediction p if the position was surely looked at, and less the more
// likely it is that nobody looked.
//
//	d/dz -log(1 - c p) = c p (1-p) / (1 - c p)        p = sigmoid z
func (x *examination) blame(p float32, position uint8) float32 {
	c := x.chance[position]
	if c == 1 {
		return p
	}
	return float32(c*p) * (1 - p) / (1 - float32(c*p))
}

// seldom is the lowest chance that is believed.
const seldom = 0.01

// forget is the weight of what was known before, by training: the model that it
// rests on was a worse one.
const forget = 0.95

// estimate adjusts the chances to rows and the probabilities of a play, each of
// so many outputs, that the model gives to whoever looks. What the positions get
// of what was promised is first found without a unit, and then divided by what
// the first one gets: a model that promises too much or too little as a whole,
// as it does while it learns, moves no position against another.
func (x *examination) estimate(rows []system.Example, p []float32, outputs int) {
	q := make([]float64, len(rows))
	for i := range q {
		q[i] = min(float64(p[i*outputs+int(system.Play)]), 0.999)
	}
	var got, information [system.Positions]float64
	for k := range got {
		got[k] = float64(x.chance[k])
	}
	for step := range 8 {
		pull, certain := likelihood(rows, q, &got)
		if step == 0 {
			information = certain
		}
		for k, n := range certain {
			if n > 0 {
				got[k] = min(max(got[k]+pull[k]/n, seldom), 2)
			}
		}
	}
	if information[0] == 0 {
		return // there is no unit
	}
	for k := 1; k < system.Positions; k++ {
		if n := information[k]; n > 0 {
			before := forget * x.known[k]
			chance := (float64(before*float64(x.chance[k])) + float64(n*got[k]/got[0])) / (before + n)
			x.chance[k], x.known[k] = float32(min(max(chance, seldom), 1)), before+n
		}
	}
}

// likelihood returns, by position, the slope of the log-likelihood of the plays
// by the chance c, and Fisher's information about it: a play comes with
// probability c q.
func likelihood(rows []system.Example, q []float64, c *[system.Positions]float64) (slope, information [system.Positions]float64) {
	for i := range rows {
		e := &rows[i]
		at := c[e.Position]
		rest := max(1-float64(at*q[i]), 0.001)
		if e.Labels.Has(system.Play) {
			slope[e.Position] += 1 / at
		} else {
			slope[e.Position] -= q[i] / rest
		}
		information[e.Position] += q[i] / float64(at*rest)
	}
	return slope, information
}
