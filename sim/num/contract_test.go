package num

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// The dumb twins: each kernel's contract written down word for word, without
// regard to speed. They run on every platform, with and without assembly.

// orderedSum adds terms up in the order that Dot documents.
func orderedSum(terms []float32) float32 {
	var sum [32]float32
	for i, term := range terms {
		sum[i%32] += term
	}
	var s [8]float32
	for j := range s {
		s[j] = (sum[j] + sum[j+8]) + (sum[j+16] + sum[j+24])
	}
	var t [4]float32
	for j := range t {
		t[j] = s[j] + s[j+4]
	}
	return (t[0] + t[2]) + (t[1] + t[3])
}

func TestSumsKeepTheirOrder(t *testing.T) {
	for _, kind := range kinds {
		r := newDice(kind.name)
		for n := range 140 {
			at := fmt.Sprintf("%s, %d numbers", kind.name, n)
			a, b := r.numbers(n, kind), r.numbers(n, kind)
			products, squares := make([]float32, n), make([]float32, n)
			for i := range a {
				products[i] = a[i] * b[i]
				squares[i] = (a[i] - b[i]) * (a[i] - b[i])
			}
			want := orderedSum(products)
			sameBits(t, at+", dot", want, Dot(a, b))
			sameBits(t, at+", distance", orderedSum(squares), SquaredDistance(a, b))

			one := make([]float32, 1)
			DotRows(one, a, n, b)
			sameBits(t, at+", rows", want, one[0])
			DotGather(one, a, n, []int32{0}, b)
			if n > 0 {
				sameBits(t, at+", gather", want, one[0])
			}
		}
	}
}

// schoolbook multiplies with three loops; at(i, k) finds an element of A.
func schoolbook(b []float32, m, k, n int, at func(i, j int) float32) []float32 {
	c := make([]float32, m*n)
	for i := range m {
		for j := range n {
			var sum float32
			for l := range k {
				sum += float32(at(i, l) * b[l*n+j])
			}
			c[i*n+j] = sum
		}
	}
	return c
}

func TestProductsHaveTheBitsOfTheSchoolbook(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m, k, n := size(rt, "m"), size(rt, "k"), size(rt, "n")
		kind := rapid.SampledFrom(kinds).Draw(rt, "kind")
		r := newDice(fmt.Sprint(m, k, n, kind.name))
		a, b, c := r.numbers(m*k, kind), r.numbers(k*n, kind), r.numbers(m*n, kind)

		MatMul(c, a, b, m, k, n)
		sameSlices(t, "MatMul", schoolbook(b, m, k, n, func(i, l int) float32 { return a[i*k+l] }), c)

		bias := r.numbers(n, kind)
		logits := make([]float32, m*n)
		Affine(logits, a, m, k, b, bias, n)
		for i := range c {
			c[i] += bias[i%n]
		}
		sameSlices(t, "Affine", c, logits)

		MatMulTransA(c, a, b, m, k, n)
		sameSlices(t, "MatMulTransA", schoolbook(b, m, k, n, func(i, l int) float32 { return a[l*m+i] }), c)

		MatMulTransB(c, a, b, m, k, n)
		for i := range m {
			for j := range n {
				sameBits(t, "MatMulTransB", Dot(a[i*k:(i+1)*k], b[j*k:(j+1)*k]), c[i*n+j])
			}
		}

		sums, want := make([]float32, n), make([]float32, n)
		SumRows(sums, c, m)
		for i := range c {
			want[i%n] += c[i]
		}
		sameSlices(t, "SumRows", want, sums)
	})
}

func size(t *rapid.T, name string) int { return rapid.IntRange(0, 40).Draw(t, name) }

func TestDotIsAccurate(t *testing.T) {
	r := newDice("accurate")
	for range 200 {
		n := 1 + r.IntN(2000)
		a, b := r.numbers(n, kinds[0]), r.numbers(n, kinds[0])
		var exact, sizes float64
		for i := range a {
			exact += float64(a[i]) * float64(b[i])
			sizes += math.Abs(float64(a[i]) * float64(b[i]))
		}
		// A term passes through its product, n/32 additions and 5 folds, each
		// off by at most half an ulp (2^-24).
		bound := (float64(n/32) + 7) * 0x1p-24 * sizes
		if got := float64(Dot(a, b)); math.Abs(got-exact) > bound {
			t.Fatalf("dot of %d numbers is %v, exactly %v, bound %v", n, got, exact, bound)
		}
	}
}

func TestNormalizeGivesLengthOne(t *testing.T) {
	r := newDice("normalize")
	for n := 1; n < 100; n++ {
		x := r.numbers(n, kinds[0])
		before := Norm(x)
		if got := Normalize(x); got != before {
			t.Fatalf("Normalize returns %v for a length of %v", got, before)
		}
		// The reciprocal, each product and the sum round: about ten times 2^-24.
		if after := Norm(x); math.Abs(float64(after)-1) > 1e-6 {
			t.Fatalf("length %v after Normalize", after)
		}
	}
	if zero := []float32{0, 0}; Normalize(zero) != 0 || zero[0] != 0 {
		t.Fatalf("the zero vector became %v", zero)
	}
}

func TestLengthsMustFit(t *testing.T) {
	x := make([]float32, 6)
	for name, f := range map[string]func(){
		"num: Dot of 6 numbers against 5":                func() { Dot(x, x[:5]) },
		"num: Axpy of 5 numbers against 6":               func() { Axpy(1, x[:5], x) },
		"num: Square of 5 numbers against 6":             func() { Square(x[:5], x) },
		"num: MatMul (B) of 6 numbers against 4":         func() { MatMul(x, x, x, 3, 2, 2) },
		"num: DotRows of 6 numbers against 4":            func() { DotRows(x[:2], x, 2, x[:2]) },
		"num: SigmoidSlice32 of 6 numbers against 2":     func() { SigmoidSlice32(x, x[:2]) },
		"num: DotGather of row 2 in a matrix of 2 rows":  func() { DotGather(x[:1], x, 3, []int32{2}, x[:3]) },
		"num: DotGather of row -1 in a matrix of 2 rows": func() { DotGather(x[:1], x, 3, []int32{-1}, x[:3]) },
		"num: SquaredDistance of 6 numbers against 0":    func() { SquaredDistance(x, nil) },
		"num: Affine (bias) of 1 numbers against 2":      func() { Affine(x[:2], x[:1], 1, 1, x[:2], x[:1], 2) },
		"num: MatMulTransA (C) of 5 numbers against 6":   func() { MatMulTransA(x[:5], x[:2], x[:3], 2, 1, 3) },
		"num: SumRows of 6 numbers against 8":            func() { SumRows(x[:2], x, 4) },
		"num: AddBias of 6 numbers against 4":            func() { AddBias(x, x[:2], 2) },
		"num: MatMulTransB (A) of 6 numbers against 9":   func() { MatMulTransB(x, x, x, 3, 3, 1) },
		"num: DotGather of 2 numbers against 1":          func() { DotGather(x[:2], x, 3, []int32{1}, x[:3]) },
	} {
		func() {
			defer func() {
				if got := recover(); got != name {
					t.Errorf("panic %v, want %q", got, name)
				}
			}()
			f()
		}()
	}
}
