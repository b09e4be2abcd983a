//go:build !purego

package num

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// Every kernel exists twice. Here the assembly meets the plain Go, on all sizes
// from 0 to 300 (so that every combination of whole blocks, whole vectors and
// masked lanes occurs) and on numbers of every kind.

func requireAVX2(t *testing.T) {
	t.Helper()
	if !hasAVX2 {
		t.Skip("this processor has no AVX2: the plain kernels are all there is")
	}
}

func TestAssemblyOfVectorsHasTheBitsOfGo(t *testing.T) {
	requireAVX2(t)
	for _, kind := range kinds {
		r := newDice(kind.name)
		for n := range 301 {
			at := fmt.Sprintf("%s, %d numbers", kind.name, n)
			a, b := r.numbers(n, kind), r.numbers(n, kind)
			sameBits(t, at, squaredDistanceGo(a, b), squaredDistanceAVX2(a, b))

			want, got := clone(b), clone(b)
			axpyGo(a0(a), a, want)
			axpyAVX2(a0(a), a, got)
			sameSlices(t, at+", axpy", want, got)

			want, got = make([]float32, n), make([]float32, n)
			squareGo(want, a)
			square(got, a)
			sameSlices(t, at+", square", want, got)

			sigmoidSliceGo(want, a)
			sigmoidSlice(got, a)
			sameSlices(t, at+", sigmoid", want, got)

			for _, floor := range []float32{float32(math.Inf(-1)), 0, a0(a)} {
				places, found := make([]int32, n), make([]int32, n)
				places, found = places[:atLeastGo(places, a, floor)], found[:atLeast(found, a, floor)]
				if !slices.Equal(places, found) {
					t.Fatalf("%s: at least %g are %v, not %v", at, floor, places, found)
				}
			}

			for _, size := range []int{1, 3} {
				want, got = make([]float32, n/(8*size)*8), make([]float32, n/(8*size)*8)
				maximaGo(want, a, size)
				maximaAVX2(got, a, size)
				sameSlices(t, at+", maxima", want, got)
			}

			const rows = 27 // three groups that fold together, and three that do not
			m := r.numbers(rows*n, kind)
			want, got = make([]float32, rows), make([]float32, rows)
			dotRowsGo(want, m, n, b)
			dotRowsAVX2(got, m, b)
			sameSlices(t, at+", rows", want, got)

			idx := []int32{3, 0, 6, 6, 1, 5, 2}
			dotGatherGo(want, m, n, idx, b)
			dotGatherAVX2(got, m, idx, b)
			sameSlices(t, at+", gather", want, got)
		}
	}
}

func TestAssemblyOfSigmoidHasTheBitsOfGoOnAllExponents(t *testing.T) {
	requireAVX2(t)
	// Every 4,099th float32 (a prime, so that all low bits occur): all signs
	// and exponents, subnormals, infinities and NaN.
	x := make([]float32, 0, 1<<20)
	for bits := uint64(0); bits < 1<<32; bits += 4099 {
		x = append(x, math.Float32frombits(uint32(bits)))
	}
	want, got := make([]float32, len(x)), make([]float32, len(x))
	sigmoidSliceGo(want, x)
	sigmoidSlice(got, x)
	sameSlices(t, "sigmoid", want, got)
}

func TestAssemblyOfProductsHasTheBitsOfGo(t *testing.T) {
	requireAVX2(t)
	for _, kind := range kinds {
		r := newDice(kind.name)
		for _, m := range []int{0, 1, 2, 7, 8, 9, 16, 23} {
			for _, k := range []int{0, 1, 2, 5, 40} {
				for n := range 34 {
					at := fmt.Sprintf("%s, %d x %d x %d", kind.name, m, k, n)
					a, b := r.numbers(m*k, kind), r.numbers(k*n, kind)
					plain := shape{m: m, k: k, n: n, aRow: k, aStep: 1}
					transposed := shape{m: m, k: k, n: n, aRow: 1, aStep: m}
					for _, s := range []shape{plain, transposed} {
						// Guards around C catch a store outside it.
						want, got := r.numbers(m*n+16, kind), make([]float32, m*n+16)
						copy(got, want)
						productGo(want[8:8+m*n], a, b, s)
						product(got[8:8+m*n], a, b, s)
						sameSlices(t, at, want, got)
					}
				}
			}
		}
	}
}

// a0 is the first number of a vector that may be empty.
func a0(a []float32) float32 {
	if len(a) == 0 {
		return 1
	}
	return a[0]
}
