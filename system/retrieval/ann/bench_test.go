package ann

import (
	"fmt"
	"testing"

	"feedloop/sim/num"
)

// The vectors of the benchmark: 1,000 clusters that overlap, in which a search
// with breadth 64 misses one neighbour in fifty.
const (
	benchRows    = 100_000
	benchDim     = 64
	benchCentres = 1000
	benchSpread  = 1.1
)

// BenchmarkHNSW reports the time of a build of 100,000 x 64 numbers, then
// questions a second and recall@10 by breadth (ef), after hnswlib's own
// benchmark.
func BenchmarkHNSW(b *testing.B) {
	rows := clustered(benchRows, benchDim, benchCentres, benchSpread, ofRows)
	vectors := clustered(1000, benchDim, benchCentres, benchSpread, ofQuestions)
	var h *HNSW
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			h = indexed(b, DefaultShape(benchDim), rows, 1)
		}
		b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/build")
	})
	for _, c := range []struct{ k, breadth int }{{10, 64}, {10, 256}, {100, 400}} {
		b.Run(fmt.Sprintf("search/%d/%d", c.k, c.breadth), func(b *testing.B) {
			if h == nil {
				h = indexed(b, DefaultShape(benchDim), rows, 1)
			}
			qs := questions(vectors, benchDim, c.k, c.breadth)
			recall, err := h.Recall(qs)
			if err != nil {
				b.Fatal(err)
			}
			var dst []Neighbour
			b.ReportAllocs()
			b.ResetTimer()
			for i := 0; b.Loop(); i++ {
				dst, _, _ = h.Search(qs[i%len(qs)], dst[:0])
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "queries/s")
			b.ReportMetric(recall, "recall")
		})
	}
}

// BenchmarkExact scans 10,000 x 64 numbers for the ten nearest.
func BenchmarkExact(b *testing.B) {
	const n = 10_000
	rows := clustered(n, benchDim, benchCentres, benchSpread, ofRows)
	q := clustered(1, benchDim, benchCentres, benchSpread, ofQuestions)
	scores := make([]float32, n)
	var best Scan
	var dst []Neighbour
	nothing := func(uint32) bool { return false }
	b.ReportAllocs()
	for b.Loop() {
		num.DotRows(scores, rows, benchDim, q)
		dst = best.Of(scores, 0, 10, nothing, dst[:0])
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "queries/s")
}
