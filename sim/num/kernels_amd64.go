//go:build !purego

package num

import "golang.org/x/sys/cpu"

// hasAVX2 chooses between assembly and plain Go, which give the same bits. It
// is a variable so that a benchmark can compare them.
var hasAVX2 = cpu.X86.HasAVX2

func dot(a, b []float32) float32 {
	if !hasAVX2 {
		return dotGo(a, b)
	}
	var sum [1]float32
	dotRowsAVX2(sum[:], a, b)
	return sum[0]
}

func squaredDistance(a, b []float32) float32 {
	if !hasAVX2 {
		return squaredDistanceGo(a, b)
	}
	return squaredDistanceAVX2(a, b)
}

func dotRows(dst, rows []float32, dim int, q []float32) {
	if !hasAVX2 {
		dotRowsGo(dst, rows, dim, q)
		return
	}
	dotRowsAVX2(dst, rows, q)
}

func dotGather(dst, rows []float32, dim int, idx []int32, q []float32) {
	if !hasAVX2 {
		dotGatherGo(dst, rows, dim, idx, q)
		return
	}
	dotGatherAVX2(dst, rows, idx, q)
}

func axpy(a float32, x, y []float32) {
	if !hasAVX2 {
		axpyGo(a, x, y)
		return
	}
	axpyAVX2(a, x, y)
}

func square(dst, x []float32) {
	whole := 0
	if hasAVX2 {
		whole = len(x) &^ 7
		squareAVX2(dst, x[:whole])
	}
	squareGo(dst[whole:], x[whole:])
}

func sigmoidSlice(dst, x []float32) {
	whole := 0
	if hasAVX2 {
		whole = len(x) &^ 7
		sigmoidAVX2(dst[:whole], x[:whole])
	}
	sigmoidSliceGo(dst[whole:], x[whole:])
}

func atLeast(dst []int32, x []float32, floor float32) (n int) {
	if !hasAVX2 {
		return atLeastGo(dst, x, floor)
	}
	whole := len(x) &^ 7
	n = atLeastAVX2(dst, x[:whole], floor)
	rest := dst[n : n+atLeastGo(dst[n:], x[whole:], floor)]
	for i := range rest {
		rest[i] += int32(whole)
	}
	return n + len(rest)
}

func maxima(dst, x []float32, size int) {
	if !hasAVX2 {
		maximaGo(dst, x, size)
		return
	}
	maximaAVX2(dst, x, size)
}

// product computes C in panels of eight columns, each from top to bottom.
func product(c, a, b []float32, s shape) {
	if !hasAVX2 || s.m == 0 || s.n == 0 || s.k == 0 {
		productGo(c, a, b, s)
		return
	}
	for j := 0; j < s.n; j += 8 {
		panelAVX2(&c[j], &a[0], &b[j], s.m, s.k, s.n, s.aRow, s.aStep, min(8, s.n-j))
	}
}

// dotRowsAVX2 sets dst[i] to the dot product of q and the i-th len(q) numbers
// of rows.
//
//go:noescape
func dotRowsAVX2(dst, rows, q []float32)

// dotGatherAVX2 sets dst[i] to the dot product of q and row idx[i]. The indices
// are valid.
//
//go:noescape
func dotGatherAVX2(dst, rows []float32, idx []int32, q []float32)

//go:noescape
func squaredDistanceAVX2(a, b []float32) float32

//go:noescape
func axpyAVX2(a float32, x, y []float32)

// squareAVX2 takes a multiple of eight numbers.
//
//go:noescape
func squareAVX2(dst, x []float32)

// sigmoidAVX2 takes a multiple of eight numbers.
//
//go:noescape
func sigmoidAVX2(dst, x []float32)

// atLeastAVX2 takes a multiple of eight numbers.
//
//go:noescape
func atLeastAVX2(dst []int32, x []float32, floor float32) int

//go:noescape
func maximaAVX2(dst, x []float32, size int)

// panelAVX2 computes the given number of columns (1 to 8) of all m rows of C,
// which has n columns like B.
//
//go:noescape
func panelAVX2(c, a, b *float32, m, k, n, aRow, aStep, columns int)
