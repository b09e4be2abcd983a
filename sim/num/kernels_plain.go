//go:build !amd64 || purego

package num

// Without assembly every kernel is its plain version.

func dot(a, b []float32) float32             { return dotGo(a, b) }
func squaredDistance(a, b []float32) float32 { return squaredDistanceGo(a, b) }
func axpy(a float32, x, y []float32)         { axpyGo(a, x, y) }
func square(dst, x []float32)                { squareGo(dst, x) }
func sigmoidSlice(dst, x []float32)          { sigmoidSliceGo(dst, x) }
func product(c, a, b []float32, s shape)     { productGo(c, a, b, s) }

func atLeast(dst []int32, x []float32, floor float32) int { return atLeastGo(dst, x, floor) }
func maxima(dst, x []float32, size int)                   { maximaGo(dst, x, size) }

func dotRows(dst, rows []float32, dim int, q []float32) { dotRowsGo(dst, rows, dim, q) }

func dotGather(dst, rows []float32, dim int, idx []int32, q []float32) {
	dotGatherGo(dst, rows, dim, idx, q)
}
