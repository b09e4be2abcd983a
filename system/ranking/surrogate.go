package ranking

import (
	"feedloop/sim/num"
	"feedloop/system"
)

// aim is the outcome of a visit that a value model is after. What happens at the
// end of a visit, or on the day after, is no act on a post, and hardly anything
// that a single post decides; the value model takes what is done with posts as a
// surrogate for it.
type aim func(*system.Visit) float64

// length is the logarithm of the number of posts met: a good post makes the rest
// of a visit longer by a share.
func length(v *system.Visit) float64 { return num.Log(float64(len(v.Did))) }

// comingBack is 1 for a visit that another followed within a day.
func comingBack(v *system.Visit) float64 {
	if v.Returned {
		return 1
	}
	return 0
}

// surrogate is a linear regression of an outcome of visits on the shares of their
// first ten posts that were played, viewed long, liked, and so on. The
// coefficients are what the acts are worth in the value model, which makes the
// score of a post the outcome expected of a visit that begins with such posts (a
// surrogate index: Athey, Chetty, Imbens and Kang, NBER 2019).
//
// Only visits that got so far count, and only their beginning does. A long visit
// digs deeper, among worse posts: taken over whole visits, the shares say that bad
// posts make visits long, and a feed that believes it drives people away.
//
// Simplification: it takes what goes along with an outcome for its cause. A real
// platform would check the index against experiments with long horizons.
type surrogate struct {
	n, y float64                // visits, and the sum of their outcomes
	x    [heads]float64         // sums of the shares
	xx   [heads * heads]float64 // sums of their products
	xy   [heads]float64         // sums of shares by outcomes
}

// beginning is how many posts of a visit are looked at.
const beginning = 10

// enough is how many such visits must have ended for the regression to be believed.
const enough = 1000

// ridge is added to the variance of every share, in visits' worth of a share that
// is 0 or 1: an act that is never seen is worth nothing.
const ridge = 1

// add takes one visit.
func (s *surrogate) add(v *system.Visit, outcome aim) {
	if len(v.Did) < beginning {
		return
	}
	var share [heads]float64
	for _, did := range v.Did[:beginning] {
		for h := range system.Heads {
			share[h] += float64(did.Of(h)) / beginning
		}
	}
	y := outcome(v)
	s.n++
	s.y += y
	for i, x := range share {
		s.x[i] += x
		s.xy[i] += float64(x * y)
		for j := range heads {
			s.xx[i*heads+j] += float64(x * share[j])
		}
	}
}

// weigh sets the weights of all heads to the coefficients, once enough visits
// have ended.
func (s *surrogate) weigh(weights *[most]float64) {
	if s.n < enough {
		return
	}
	var a [heads * heads]float64 // covariances times n, with the ridge
	var b [heads]float64
	for i := range heads {
		b[i] = s.xy[i] - float64(s.x[i]*s.y)/s.n
		for j := range heads {
			a[i*heads+j] = s.xx[i*heads+j] - float64(s.x[i]*s.x[j])/s.n
		}
		a[i*heads+i] += ridge
	}
	eliminate(&a, &b)
	copy(weights[:heads], b[:])
}

// eliminate solves a x = b in place for a positive definite a, by Gaussian
// elimination, which needs no pivoting there; x is left in b.
func eliminate(a *[heads * heads]float64, b *[heads]float64) {
	for k := range heads {
		for i := k + 1; i < heads; i++ {
			f := a[i*heads+k] / a[k*heads+k]
			for j := k; j < heads; j++ {
				a[i*heads+j] -= float64(f * a[k*heads+j])
			}
			b[i] -= float64(f * b[k])
		}
	}
	for i := heads - 1; i >= 0; i-- {
		for j := i + 1; j < heads; j++ {
			b[i] -= float64(a[i*heads+j] * b[j])
		}
		b[i] /= a[i*heads+i]
	}
}
