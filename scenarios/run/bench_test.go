package run

import (
	"runtime"
	"testing"
	"time"

	"feedloop/sim"
	"feedloop/system"
)

// BenchmarkRequest measures whole requests: from the impulse to open the app
// through every stage to the page, what people do with it, the events on their
// way to the log, counters, examples, trainings, index builds and the people's
// watchers, all in the proportion in which they occur. An iteration is an hour
// of a world that has lived three days; figures are by request. A request by itself
// allocates nothing, as tests of the stages show; the half allocation or so that is
// left is its part of builds and trainings, and the bytes are tables that grow.
//
//	base     the base world as shipped
//	linear   6,000 live posts, 300 candidates scored by the linear heads,
//	         from the sources in about the shipped proportions
//	fm       the same, by the factorisation machine
//	mlp      the same, by the network 40-64-32 with its heads
func BenchmarkRequest(b *testing.B) {
	b.Run("base", func(b *testing.B) { benchmarkRequest(b) })
	for _, family := range []string{"linear", "fm", "mlp"} {
		b.Run(family, func(b *testing.B) {
			benchmarkRequest(b, "system.ranking.family="+family,
				"agents.creators.count=1200", "system.retrieval.candidates=300",
				"system.retrieval.quotas={in_network: 100, neighbours: 60, trending: 130, fresh: 110}")
		})
	}
}

func benchmarkRequest(b *testing.B, set ...string) {
	s := parse(b, "version: 1\nname: bench\nfrom: base/reels.yaml\n", append(set, "clock.run=1000d")...)
	w := first(b, s, sim.Options{}).grow(2 * sim.Day)
	server := w.platform.server
	scored := &funnel{}
	probe := server.Probe
	server.Probe = scored
	w.grow(3 * sim.Day)
	server.Probe = probe

	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	asked, events := w.requests(), w.kernel.Delivered()
	for at := 3 * sim.Day; b.Loop(); {
		at += time.Hour
		w.grow(at)
	}
	runtime.ReadMemStats(&after)
	n := float64(w.requests() - asked)
	b.ReportMetric(n/b.Elapsed().Seconds(), "requests/s")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/n, "ns/request")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/n, "allocs/request")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/n, "B/request")
	b.ReportMetric(float64(w.kernel.Delivered()-events)/n, "events/request")
	b.ReportMetric(scored.candidates/scored.requests, "candidates/request")
	live, end := w.catalogue.Live(w.kernel.Now())
	b.ReportMetric(float64(end-live), "live-posts")
	b.ReportMetric(0, "ns/op") // an hour is no unit of work
}

// funnel is a probe that counts what is scored.
type funnel struct{ requests, candidates float64 }

func (f *funnel) Samples(system.Request) bool { return true }

func (f *funnel) Funnel(q *system.Query, _ []int32) {
	f.requests++
	f.candidates += float64(len(q.Candidates))
}
