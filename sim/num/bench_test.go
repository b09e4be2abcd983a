package num

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

var (
	sink   float64
	sink32 float32
)

// BenchmarkScalar sets the deterministic functions beside math's.
func BenchmarkScalar(b *testing.B) {
	x := make([]float64, 1024)
	for i := range x {
		x[i] = float64(i+1) / 1025
	}
	for _, c := range []struct {
		name string
		f    func(float64) float64
	}{
		{"exp", Exp}, {"exp/math", math.Exp},
		{"log", Log}, {"log/math", math.Log},
		{"tanh", Tanh}, {"tanh/math", math.Tanh},
		{"sin", Sin}, {"sin/math", math.Sin},
		{"pow", func(x float64) float64 { return Pow(x, 2.7) }},
		{"pow/math", func(x float64) float64 { return math.Pow(x, 2.7) }},
		{"sigmoid", Sigmoid},
		{"norminv", NormInv},
		{"normcdf", NormCDF},
	} {
		b.Run(c.name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				sink += c.f(x[i&1023])
				i++
			}
		})
	}
}

// BenchmarkDotRows scans 300 rows, the candidates of one request.
func BenchmarkDotRows(b *testing.B) {
	const rows = 300
	for _, dim := range []int{16, 40, 64, 128} {
		m, q, dst := make([]float32, rows*dim), make([]float32, dim), make([]float32, rows)
		for _, c := range kernelsOf(dotRows, dotRowsGo) {
			b.Run(fmt.Sprintf("%d/%s", dim, c.name), func(b *testing.B) {
				for b.Loop() {
					c.kernel(dst, m, dim, q)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
			})
		}
	}
}

// BenchmarkDotGather visits 32 scattered rows of a matrix that outgrows the
// second-level cache, as a graph search does.
func BenchmarkDotGather(b *testing.B) {
	const rows, dim, degree = 100_000, 64, 32
	m, q, dst := make([]float32, rows*dim), make([]float32, dim), make([]float32, degree)
	idx := make([]int32, degree)
	for _, c := range kernelsOf(dotGather, dotGatherGo) {
		b.Run(c.name, func(b *testing.B) {
			at := uint32(1)
			for b.Loop() {
				for i := range idx {
					at = at*1664525 + 1013904223
					idx[i] = int32(uint64(at) * rows >> 32)
				}
				c.kernel(dst, m, dim, idx, q)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*degree), "ns/row")
		})
	}
}

// BenchmarkMatMul sets the kernel beside its plain version and gonum's.
func BenchmarkMatMul(b *testing.B) {
	for _, s := range [][3]int{{256, 128, 64}, {256, 184, 128}, {64, 64, 64}} {
		m, k, n := s[0], s[1], s[2]
		x, y, z := make([]float32, m*k), make([]float32, k*n), make([]float32, m*n)
		fill(x)
		fill(y)
		kernels := kernelsOf(product, productGo)
		kernels = append(kernels, version[func(c, a, b []float32, s shape)]{"gonum", func(c, a, b []float32, s shape) {
			gonum.Implementation{}.Sgemm(blas.NoTrans, blas.NoTrans, m, n, k, 1, a, k, b, n, 0, c, n)
		}})
		for _, c := range kernels {
			b.Run(fmt.Sprintf("%dx%dx%d/%s", m, k, n, c.name), func(b *testing.B) {
				for b.Loop() {
					c.kernel(z, x, y, shape{m: m, k: k, n: n, aRow: k, aStep: 1})
				}
				b.ReportMetric(2*float64(m*k*n)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOP/s")
			})
		}
	}
}

// BenchmarkAffine scores 300 candidates of 40 features under 5 to 8 logistic
// heads: one request of a linear ranker.
func BenchmarkAffine(b *testing.B) {
	const n, dim = 300, 40
	for _, heads := range []int{1, 5, 8} {
		rows, weights, bias := make([]float32, n*dim), make([]float32, dim*heads), make([]float32, heads)
		dst := make([]float32, n*heads)
		fill(rows)
		fill(weights)
		b.Run(fmt.Sprintf("%d_heads", heads), func(b *testing.B) {
			for b.Loop() {
				Affine(dst, rows, n, dim, weights, bias, heads)
			}
		})
		b.Run(fmt.Sprintf("%d_heads_sigmoid", heads), func(b *testing.B) {
			for b.Loop() {
				Affine(dst, rows, n, dim, weights, bias, heads)
				SigmoidSlice32(dst, dst)
			}
		})
	}
}

// BenchmarkSmall measures kernels where a call costs as much as the work.
func BenchmarkSmall(b *testing.B) {
	x, y := make([]float32, 40), make([]float32, 40)
	b.Run("dot40", func(b *testing.B) {
		for b.Loop() {
			sink32 += Dot(x, y)
		}
	})
	b.Run("distance40", func(b *testing.B) {
		for b.Loop() {
			sink32 += SquaredDistance(x, y)
		}
	})
	b.Run("axpy40", func(b *testing.B) {
		for b.Loop() {
			Axpy(0.5, x, y)
		}
	})
	b.Run("sigmoid40", func(b *testing.B) {
		for b.Loop() {
			SigmoidSlice32(y, x)
		}
	})
	b.Run("sigmoid1", func(b *testing.B) {
		for b.Loop() {
			sink32 += Sigmoid32(x[3])
		}
	})
}

// version is one of two ways to compute the same.
type version[F any] struct {
	name   string
	kernel F
}

func kernelsOf[F any](fast, plain F) []version[F] {
	return []version[F]{{"kernel", fast}, {"plain", plain}}
}

func fill(x []float32) {
	for i := range x {
		x[i] = float32(i%17) - 8
	}
}

// BenchmarkLargest picks the 60 largest of 100 words, as a scan's last step does.
func BenchmarkLargest(b *testing.B) {
	all, work := make([]uint64, 64*100), make([]uint64, 100)
	for i := range all {
		all[i] = uint64(i+1) * 0x9E3779B97F4A7C15
	}
	for i := 0; b.Loop(); i++ {
		copy(work, all[i%64*100:])
		Largest(work, 60)
	}
}
