package population_test

import (
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"feedloop/agents/oracle"
	"feedloop/agents/population"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/system"
)

// alone is a world of people under a feed without a stack.
type alone struct {
	kernel    *sim.Kernel
	people    *population.Population
	catalogue *system.Catalogue
	feed      *oracle.Feed
	public    []system.Person
}

// Publish implements [content.Publisher].
func (w *alone) Publish(p system.Post) system.PostID { return w.catalogue.Add(p) }

// Report implements [system.Reporter]: nobody listens.
func (*alone) Report(uint64, []system.Event) {}

// settled returns a world whose people have signed up.
func settled(c population.Config, kind oracle.Kind) *alone {
	w := &alone{kernel: sim.New(sim.Options{}), catalogue: system.NewCatalogue(c.Posts.Life)}
	src, rec := rng.New(1, 0), record.NewRecorder(time.Hour, 0)
	w.people = population.New(w.kernel, c, src, rec, w)
	w.public = w.people.SignUp(c.Follows)
	w.feed = oracle.NewFeed(w.kernel, kind, w.people, w.catalogue, &system.Seen{}, src, 10, 100*time.Millisecond)
	w.people.People.Pager, w.people.People.Reporter = w.feed, w
	return w
}

func (w *alone) impressions() float64 { return w.people.People.Met() }

// BenchmarkPeople lets the people of the base world live under a feed that
// shows live posts at random: the price of agents/* alone. An iteration is a
// simulated day; what is reported is by impression.
func BenchmarkPeople(b *testing.B) {
	c := population.DefaultConfig()
	c.Users.Return.Churn = -30 // or the world empties while it is timed
	w := settled(c, oracle.Random)
	w.kernel.Run(sim.Time(2 * sim.Day)) // tables and buffers reach their size
	until, before := w.kernel.Now(), w.impressions()
	var start, end runtime.MemStats
	runtime.ReadMemStats(&start)
	b.ResetTimer()
	for range b.N {
		until = until.Add(sim.Day)
		w.kernel.Run(until)
	}
	runtime.ReadMemStats(&end)
	met := w.impressions() - before
	b.ReportMetric(met/b.Elapsed().Seconds(), "impressions/s")
	b.ReportMetric(float64(end.Mallocs-start.Mallocs)/met, "allocs/impression")
}

// BenchmarkPopulation is the price of a day against the number of people, each
// with as many creators as in the base world. Growth is linear when time and
// bytes by person stay level; what time rises by is the caches' share, since
// everybody meets posts from all over the catalogue.
func BenchmarkPopulation(b *testing.B) {
	for _, people := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("people=%d", people), func(b *testing.B) {
			c := population.DefaultConfig()
			c.Users.Count, c.Creators.Count = people, people*300/250
			for range b.N {
				before := heap()
				began := time.Now()
				w := settled(c, oracle.Random)
				w.kernel.Run(0)
				born := time.Now()
				w.kernel.Run(sim.Time(sim.Day))
				lived := time.Since(born)
				b.ReportMetric(born.Sub(began).Seconds()*1e6/float64(people), "us/birth")
				b.ReportMetric(lived.Seconds()*1e6/float64(people), "us/person-day")
				b.ReportMetric(w.impressions()/lived.Seconds(), "impressions/s")
				b.ReportMetric(float64(heap()-before)/float64(people), "bytes/person")
				runtime.KeepAlive(w)
			}
		})
	}
}

var million = flag.Bool("million", false, "run the benchmark of a million people")

// BenchmarkMillion is a day of a million people and a million posts. It takes
// minutes and is asked for by name:
//
//	go test ./agents/population -run - -bench Million -benchtime 1x -million
//
// The runtime is held to 4 GiB and reports what it took from the system.
func BenchmarkMillion(b *testing.B) {
	if !*million {
		b.Skip("asked for by -million")
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(4 << 30))
	c := population.DefaultConfig()
	c.Users.Count, c.Creators.Count = 1_000_000, 133_334 // three days of 2.5 posts
	for range b.N {
		began := time.Now()
		w := settled(c, oracle.Random)
		w.kernel.Run(sim.Time(sim.Day))
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(w.catalogue.Len()), "posts")
		b.ReportMetric(w.impressions()/time.Since(began).Seconds(), "impressions/s")
		b.ReportMetric(float64(m.Sys)/(1<<30), "GiB")
		b.ReportMetric(float64(heap())/(1<<30), "GiB-live")
		runtime.KeepAlive(w)
	}
}

// heap is the number of bytes in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
