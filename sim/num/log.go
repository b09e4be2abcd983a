package num

import "math"

// Log returns the natural logarithm of x, within 1 ulp.
//
// x = 2^k (1+f) with 1+f between sqrt(1/2) and sqrt(2); with s = f/(2+f),
// log(1+f) = log(1+s) - log(1-s) = 2s + s R(s^2). The method is that of
// FreeBSD's e_log.c; the terms are arranged so that the largest come last.
func Log(x float64) float64 {
	switch {
	case x != x || x > math.MaxFloat64:
		return x
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	}
	f, k := logReduce(x)
	s := f / (2 + f)
	half := float64(0.5 * float64(f*f))
	tail := mulAdd(s, half+logSeries(float64(s*s)), float64(k*ln2Lo))
	return float64(k*ln2Hi) - ((half - tail) - f)
}

// logReduce splits a positive, finite x into 2^k (1+f) with 1+f between
// sqrt(1/2) and sqrt(2). Both parts are exact.
func logReduce(x float64) (f, k float64) {
	exponent := -1023
	if x < 0x1p-1022 { // subnormal
		x *= 0x1p54
		exponent -= 54
	}
	bits := math.Float64bits(x)
	exponent += int(bits >> 52)
	bits = bits&(1<<52-1) | 1023<<52 // in [1, 2)
	// Half of all numbers lie above the root, and a branch would be guessed wrong
	// as often: positive floats order as their bits do.
	above := (math.Float64bits(math.Sqrt2) - bits) >> 63
	m := math.Float64frombits(bits - above<<52)
	exponent += int(above)
	return m - 1, float64(exponent)
}

// logSeries returns R(z) = 2/3 z + 2/5 z^2 + ... for z up to 0.0295, by the
// Remez coefficients of FreeBSD's e_log.c. Even and odd terms are summed apart
// so that a processor can work on both at once.
func logSeries(z float64) float64 {
	const (
		l1 = 6.666666666666735130e-01
		l2 = 3.999999999940941908e-01
		l3 = 2.857142874366239149e-01
		l4 = 2.222219843214978396e-01
		l5 = 1.818357216161805012e-01
		l6 = 1.531383769920937332e-01
		l7 = 1.479819860511658591e-01
	)
	w := float64(z * z)
	odd := float64(z * mulAdd(w, mulAdd(w, mulAdd(w, l7, l5), l3), l1))
	even := float64(w * mulAdd(w, mulAdd(w, l6, l4), l2))
	return odd + even
}

// Log1p returns log(1+x) without losing digits near zero, within 2 ulp. What
// 1+x loses in rounding is recovered exactly and given back to first order.
func Log1p(x float64) float64 {
	u := 1 + x
	if u <= 0 || u > math.MaxFloat64 || u != u {
		return Log(u)
	}
	lost := x - (u - 1)
	if u == 1 {
		return x // also keeps the sign of zero
	}
	return Log(u) + lost/u
}
