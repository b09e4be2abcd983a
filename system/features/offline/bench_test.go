package offline

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/rng"
)

var testPurpose = rng.NewPurpose("offline.test")

// BenchmarkPointInTime joins a million rows with 20 features: four tables of
// five columns, 50,000 entities with 20 versions each, a month of rows in
// random order.
func BenchmarkPointInTime(b *testing.B) {
	const tables, width, entities, versions, rows = 4, 5, 50_000, 20, 1_000_000
	const span = 30 * sim.Day
	src := rng.New(5, 0)
	row := make([]float32, width)
	var stores [tables]*Table
	for s := range stores {
		stores[s] = New(width, 7*sim.Day, span)
		for i := range uint64(entities * versions) {
			u, v := src.Uniforms(testPurpose, uint64(s), i)
			at := sim.Time(u * float64(span))
			stores[s].Append(i%entities, at, at.Add(time.Duration(v*float64(time.Hour))), row)
		}
		stores[s].seal()
	}
	keys, at := make([]uint64, rows), make([]sim.Time, rows)
	for i := range keys {
		u, v := src.Uniforms(testPurpose, tables, uint64(i))
		keys[i], at[i] = uint64(rng.Index(u, entities)), sim.Time(v*float64(span))
	}
	matrix := make([]float32, rows*tables*width)
	ttls, missing := make([]time.Duration, width), make([]float32, width)
	nulls := 0
	b.ReportAllocs()
	for b.Loop() {
		nulls = 0
		for s, o := range stores {
			nulls += o.Join(keys, at, Available, ttls, missing, matrix[s*width:], tables*width)
		}
	}
	require.Less(b, nulls, len(matrix)/4, "most rows find something")
	b.ReportMetric(rows/(b.Elapsed().Seconds()/float64(b.N)), "rows/s")
}

// BenchmarkOfflineAppend writes versions in order of time, as jobs do, with the
// sealing that comes with it.
func BenchmarkOfflineAppend(b *testing.B) {
	const entities = 5000
	o := New(5, 7*sim.Day, sim.Day)
	row := make([]float32, 5)
	n := uint64(0)
	for b.Loop() {
		at := sim.Time(n) * sim.Time(50*time.Millisecond)
		o.Append(n*2654435761%entities, at, at.Add(time.Second), row)
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "versions/s")
}
