package monitoring

import (
	"testing"

	"feedloop/system"
)

// BenchmarkExample takes an impression with predictions of all heads.
func BenchmarkExample(b *testing.B) {
	d := newDesk(Gauges{})
	var examples [64]system.Example
	for i := range examples {
		e := &examples[i]
		e.ModelVersion, e.Length, e.Position = 1, float32(i), uint8(i%10)
		for h := range e.Predictions {
			e.Predictions[h] = float32(i+1) / 65 / float32(h*h+1)
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		d.monitor.Example(&examples[i%64])
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "examples/s")
}
