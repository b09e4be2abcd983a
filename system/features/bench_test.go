package features

import (
	"testing"
	"time"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/features/view"
	"feedloop/system/stream"
)

// space is an embedder whose vectors are there already.
type space struct{ people, posts []float32 }

func (s *space) Person(id system.PersonID) []float32 {
	return s.people[int(id)*system.Dim:][:system.Dim]
}
func (s *space) Post(id system.PostID) []float32 { return s.posts[int(id)*system.Dim:][:system.Dim] }
func (s *space) Version() uint32                 { return 1 }

// town is a store of the size of a busy world: 1,000 people, 6,000 live posts by
// 1,200 creators on 16 topics, with a day of events.
func town(c Config) (*Store, *system.Catalogue, []system.Event) {
	const people, posts, creators, topics, events = 1000, 6000, 1200, 16, 100_000
	k := sim.New(sim.Options{})
	way := stream.NewLog(k, stream.DefaultConfig(), func(e *system.Event) sim.Time { return e.At })
	catalogue := system.NewCatalogue(30 * sim.Day)
	src := rng.New(5, 0)
	for i := range uint64(posts) {
		u, v := src.Uniforms(testPurpose, 11, i)
		p := system.Post{Creator: system.CreatorID(rng.Index(u, creators)), Topic: system.TopicID(rng.Index(v, topics)), Duration: 20 * time.Second}
		for axis := range p.Content {
			p.Content[axis] = float32(src.Uniform(testPurpose, 12, i<<8|uint64(axis))) - .5
		}
		catalogue.Add(p)
	}
	all := make([]system.Person, people)
	for i := range all {
		all[i] = system.Person{ID: system.PersonID(i), Key: uint64(i)}
	}
	s := New(k, c, src, way, catalogue, all, topics, &space{make([]float32, people*system.Dim), make([]float32, posts*system.Dim)})
	log := make([]system.Event, events)
	for i := range log {
		u, v := src.Uniforms(testPurpose, 13, uint64(i))
		w, x := src.Uniforms(testPurpose, 14, uint64(i))
		post := catalogue.Post(system.PostID(rng.Index(u*u, posts))) // some are shown more than others
		log[i] = system.Event{
			ID: uint64(i + 1), At: sim.Time(float64(sim.Day) * float64(i) / events), Person: system.PersonID(rng.Index(v, people)),
			Post: post.ID, Creator: post.Creator, Topic: post.Topic, Length: 20, Watch: float32(25 * w),
		}
		if x < .1 {
			log[i].Kind = system.Liked
		}
	}
	return s, catalogue, log
}

// BenchmarkFeatureVector describes 500 candidates to the ranker.
//
//	40    the 40 columns of the shipped views
//	all   and the features of context
func BenchmarkFeatureVector(b *testing.B) {
	for _, size := range []struct {
		name  string
		posts int
		views bool
	}{{"500x40", 500, true}, {"500xall", 500, false}, {"300xall", 300, false}} {
		b.Run(size.name, func(b *testing.B) {
			c := DefaultConfig()
			if size.views {
				c.Context = nil
			}
			s, catalogue, events := town(c)
			for i := range events {
				s.count(&events[i], events[i].At)
			}
			s.kernel.Run(sim.Time(sim.Day))
			s.refresh(streaming, sim.Time(sim.Day))
			s.refresh(batch, sim.Time(sim.Day))
			s.publish(streaming)
			s.publish(batch)
			q, src := &system.Query{}, rng.New(9, 0)
			var requests [64][]system.Candidate // drawn before the clock starts
			for round := range requests {
				for i := range size.posts {
					post := rng.Index(src.Uniform(testPurpose, uint64(round), uint64(i)), catalogue.Len())
					requests[round] = append(requests[round], system.Candidate{Post: system.PostID(post)})
				}
			}
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				q.Person, q.Candidates = system.PersonID(n%1000), requests[n%len(requests)]
				s.Describe(q)
			}
			b.ReportMetric(float64(s.Width()), "features")
		})
	}
}

// BenchmarkCounters counts events: each belongs to the shelves of post, creator,
// person, topic and the pairs, with a dozen windows between them.
func BenchmarkCounters(b *testing.B) {
	c := DefaultConfig()
	s, _, events := town(c)
	windows := 0
	for _, name := range view.Ordered(c.Views) {
		if !c.Views[name].IsBatch() {
			windows++
		}
	}
	for i := range events {
		s.count(&events[i], events[i].At)
	}
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		e := &events[n%len(events)]
		s.count(e, e.At.Add(time.Duration(1+n/len(events))*sim.Day))
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(windows), "windows")
}
