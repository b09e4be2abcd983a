package num

import (
	"math"
	"slices"
)

// AtLeast appends to dst the places in x of the numbers that are at least floor,
// in ascending order. What is no number is not among them.
func AtLeast(dst []int32, x []float32, floor float32) []int32 {
	dst = slices.Grow(dst, len(x))
	return dst[:len(dst)+atLeast(dst[len(dst):len(dst)+len(x)], x, floor)]
}

// Maxima appends to dst the largest numbers of the groups that x falls into, each
// of size numbers: of every 8*size numbers in a row the first group has those at
// 0, 8, 16, ..., the second those at 1, 9, 17, ..., and so on. What is left at the
// end of x is in no group. A group without a number has a maximum of -Inf.
func Maxima(dst, x []float32, size int) []float32 {
	n := len(x) / (8 * size) * 8
	dst = slices.Grow(dst, n)
	maxima(dst[len(dst):len(dst)+n], x, size)
	return dst[:len(dst)+n]
}

// atLeastGo writes the places to dst, which has the length of x, and returns how
// many there are.
func atLeastGo(dst []int32, x []float32, floor float32) (n int) {
	for i, v := range x {
		if v >= floor {
			dst[n] = int32(i)
			n++
		}
	}
	return n
}

// maximaGo writes as many maxima as dst has room for, a multiple of eight.
func maximaGo(dst, x []float32, size int) {
	for g := range dst {
		best := float32(math.Inf(-1))
		for i := g/8*8*size + g%8; i < (g/8+1)*8*size; i += 8 {
			if x[i] > best {
				best = x[i]
			}
		}
		dst[g] = best
	}
}
