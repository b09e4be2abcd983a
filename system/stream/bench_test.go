package stream

import (
	"testing"
	"time"

	"feedloop/sim"
)

// event is a record of the size of the behaviour log's.
type event struct {
	at  sim.Time
	key uint64
	_   [7]uint64
}

// The whole way of a record: the partitioner, the append, one consumer group.
// Time passes, so that segments are deleted and reused: memory is what
// retention allows.
func BenchmarkLog(b *testing.B) {
	c := DefaultConfig()
	c.Retention, c.RatePerSec = 10*time.Second, 1e9
	k := sim.New(sim.Options{})
	log := NewLog(k, c, func(e *event) sim.Time { return e.at })
	out := log.Producer()
	sum := uint64(0)
	g := log.Subscribe("bench", func(e *event) { sum += e.key })
	const batch = 10_000
	var e event
	round := func() {
		now := k.Now()
		for i := range uint64(batch) {
			e.at, e.key = now, i
			out.Send(i, &e)
		}
		k.Run(now.Add(time.Second))
	}
	for range 20 {
		round() // until retention has filled the log
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		round()
		n += batch
	}
	if g.Lag() != 0 || sum == 0 {
		b.Fatal("the group lags")
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
}

// A record in tumbling windows of a minute by one of 1,000 keys, a thousand
// records a second of event time, some of them late.
func BenchmarkWindows(b *testing.B) {
	for _, by := range []Windowing{
		{Shape: Tumbling, Size: time.Minute}, {Shape: Sliding, Size: time.Minute, Slide: 15 * time.Second},
		{Shape: Session, Size: 2 * time.Second},
	} {
		b.Run(string(by.Shape), func(b *testing.B) {
			total := 0
			w := NewWindows(by, func(into *int, n int) { *into += n }, func(_ uint64, _ Window, n int) { total += n })
			now, i := sim.Time(0), uint64(0)
			step := func() {
				i++
				now = now.Add(time.Millisecond)
				w.Add(i*0x9E3779B97F4A7C15>>32%1000, now.Add(-time.Duration(i%10)*time.Second), 1)
				if i%500 == 0 {
					w.Advance(now.Add(-8*time.Second) - 1)
				}
			}
			for range 200_000 {
				step()
			}
			b.ReportAllocs()
			for b.Loop() {
				step()
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
			if total == 0 {
				b.Fatal("nothing fired")
			}
		})
	}
}
