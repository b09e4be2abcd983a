// Package num is mathematics with one promise: the same input gives the same
// bits on every machine.
//
// A simulation that must replay exactly cannot use math.Exp: it is assembly on
// one processor, Go on another, and fused multiply-adds change its last bit
// with the compiler's flags. One changed bit flips one comparison somewhere,
// one person leaves a visit earlier, and two runs of the same seed have parted.
// So everything that reaches simulated state (people, rankers, trainers,
// variates) takes its transcendental functions and its long sums from here.
//
// # How the promise is kept
//
// IEEE 754 fixes +, -, *, / and the square root to the last bit. What it does
// not fix is which of them a compiler may merge, in which order a sum is taken,
// and what a library's exp does. Hence three rules:
//
//  1. Every product that feeds a sum is rounded by an explicit conversion,
//     float64(a*b) + c, which the language forbids to fuse. A test compiles the
//     package for processors that would love to fuse and finds no such
//     instruction.
//  2. Every function is written in those five operations, with its formula's
//     source and its measured error beside it.
//  3. The order of every sum is part of its function's contract, and the
//     assembly keeps to it: fast and slow versions agree in every bit.
//
// Golden bits under testdata hold all platforms to the same answers. Only the
// payload of a NaN is left open.
//
//	scalars, float64   exp.go log.go pow.go logistic.go trig.go normal.go gamma.go incomplete.go
//	scalars, float32   exp32.go             what eight lanes of assembly also compute
//	vectors            dot.go axpy.go square.go         32 partial sums and a fixed tree
//	matrices           matmul.go affine.go  sums in ascending order, like the schoolbook
//	training, sparse   row.go proximal.go factors.go    eight lanes a feature
//	training, dense    adagrad.go rectify.go            layers and their weights
//	the largest        above.go largest.go ranked.go    without sorting what is not
//	assembly           *_amd64.s            AVX2, multiplications and additions apart
//
// # What it leaves out
//
// Rounding modes other than to nearest, complex numbers, double precision
// kernels, and sizes that outgrow the second-level cache: matrices here have
// hundreds of rows and not thousands. Build with the tag purego to leave the
// assembly out as well.
//
// # Reading order
//
// exp.go shows how a scalar function is made, dot.go how a sum's order becomes a
// contract, matmul.go and tile_amd64.s how the contract is made fast. The other
// scalar functions: log.go, pow.go, trig.go, exp32.go, logistic.go, normal.go,
// gamma.go, incomplete.go. Of vectors: axpy.go, square.go, affine.go,
// rectify.go. Of training: row.go, adagrad.go, proximal.go, factors.go. Of
// order: ranked.go, largest.go, above.go. What chooses between assembly and
// plain Go: kernels_amd64.go, kernels_plain.go, training_amd64.go,
// training_plain.go.
package num
