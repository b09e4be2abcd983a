package num

import "math"

// Sigmoid returns 1 / (1 + e^-x), the inverse of [Logit], within 2 ulp.
func Sigmoid(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + Exp(-x))
	}
	e := Exp(x) // small, so that nothing is lost far to the left
	return e / (1 + e)
}

// Logit returns log(p / (1-p)), the log-odds of a probability, within 3 ulp;
// -Inf at 0, +Inf at 1 and NaN outside.
func Logit(p float64) float64 {
	if p > 0.25 && p < 0.75 { // 2p-1 is exact and the ratio is near 1
		return Log1p((p + p - 1) / (1 - p))
	}
	return Log(p / (1 - p))
}

// Softplus returns log(1 + e^x), within 2 ulp. The log loss of a logit x is
// Softplus(-x) for a positive label and Softplus(x) for a negative one.
func Softplus(x float64) float64 {
	return max(x, 0) + Log1p(Exp(-math.Abs(x)))
}

// Tanh returns the hyperbolic tangent of x, within 3 ulp.
func Tanh(x float64) float64 {
	size := math.Abs(x)
	switch {
	case size >= 22:
		return math.Copysign(1, x)
	case size >= 1:
		return math.Copysign(1-2/(Expm1(2*size)+2), x)
	case x == 0:
		return x // keeps the sign of zero
	}
	t := Expm1(-2 * size) // between -1 and 0, or NaN
	return math.Copysign(t/(t+2), x)
}

// LogLoss is minus the logarithm of the probability that was given to what came
// true. Probabilities are kept away from 0 and 1 by 1e-9, so that one sure
// mistake costs much and not everything.
func LogLoss(p float64, positive bool) float64 {
	p = min(max(p, 1e-9), 1-1e-9)
	if positive {
		return -Log(p)
	}
	return -Log(1 - p)
}
