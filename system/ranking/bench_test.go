package ranking

import (
	"testing"

	"feedloop/system"
)

// sparseRows returns n examples of the given width, of which half the features,
// drawn anew for each, are not zero.
func sparseRows(n, width int) system.Examples { return interacting(width).examples(0, n) }

// BenchmarkTrain learns all eight heads at once; an example has 20 features that
// are not zero, but for the network, whose inputs are all there.
func BenchmarkTrain(b *testing.B) {
	wide := ofFamily(MLP)
	wide.MLP.Hidden, wide.MLP.Batch = []int{128, 64}, 256
	for _, c := range []struct {
		name   string
		config Config
		width  int
	}{
		{"ftrl", ofFamily(Linear), 40},
		{"fm", ofFamily(FM), 40},
		{"mlp", wide, 184},
		{"mlp_default", ofFamily(MLP), 40},
	} {
		b.Run(c.name, func(b *testing.B) {
			data := sparseRows(4096, c.width)
			m := newModel(c.config, testSource, c.width)
			take := sampling{testSource, 1}
			b.ReportAllocs()
			for b.Loop() {
				m.learn(&lesson{Examples: data, take: take})
			}
			b.ReportMetric(float64(b.N*len(data.Rows))/b.Elapsed().Seconds(), "examples/s")
		})
	}
}

// BenchmarkRank scores the 300 candidates of one request by 40 features.
func BenchmarkRank(b *testing.B) {
	data := sparseRows(2000, 40)
	rows := make([]int, 300)
	for i := range rows {
		rows[i] = i
	}
	for _, family := range families {
		b.Run(string(family), func(b *testing.B) {
			r := trained(ofFamily(family), data)
			q := query(data, rows...)
			b.ReportAllocs()
			for b.Loop() {
				r.Rank(q)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
		})
	}
}
