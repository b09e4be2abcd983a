package serving

import (
	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Stages are what the request path is made of.
type Stages struct {
	Retriever  system.Retriever
	Featurizer system.Featurizer
	Ranker     system.Ranker
	Reranker   system.Reranker
	// Quota tells whether a source is on.
	Quota func(system.Source) int
}

// Counts says where every request is. At any moment
//
//	Asked = sum of Answered + InFlight
type Counts struct {
	Asked, InFlight uint64
	Answered        [system.Rungs]uint64
	// Partial counts pages whose union lacked a source that came too late.
	Partial uint64
}

// Balanced tells whether every request is accounted for.
func (c Counts) Balanced() bool {
	sum := c.InFlight
	for _, n := range c.Answered {
		sum += n
	}
	return sum == c.Asked
}

// Server is the request path of a world; it is the people's [system.Pager].
type Server struct {
	config    Config
	kernel    *sim.Kernel
	src       rng.Source
	stages    Stages
	catalogue *system.Catalogue
	seen      *system.Seen

	boxes    []*box
	flights  []*flight // by slot
	free     []uint32
	airborne map[uint64]uint32 // job id: slot
	page     system.Page       // reused
	counts   Counts
	load     load
	due      sim.Kind // a deadline of a request

	// Audience receives pages, Log everything that is served; Probe watches the
	// funnel. Log and Probe may be nil.
	Audience system.Audience
	Log      func(*system.Page)
	Probe    system.Probe
}

// flight is one request under way.
type flight struct {
	id      uint64
	query   system.Query
	lists   [system.Sources][]system.Candidate
	waiting system.SourceSet // that have not answered
	due     sim.Timer        // its next deadline
	partial bool
	scored  bool
}

// New returns a request path. Audience is still to be set.
func New(k *sim.Kernel, c Config, src rng.Source, stages Stages, catalogue *system.Catalogue, seen *system.Seen) *Server {
	s := &Server{
		config: c, kernel: k, src: src, stages: stages, catalogue: catalogue, seen: seen,
		airborne: map[uint64]uint32{},
	}
	s.due = k.Register("serving.due", sim.Infrastructure, s.onDue)
	s.build()
	s.load.start(s)
	return s
}

// Counts returns where every request is.
func (s *Server) Counts() Counts { return s.counts }

// Ask implements [system.Pager].
func (s *Server) Ask(r system.Request) {
	s.counts.Asked++
	s.counts.InFlight++
	s.load.asked++
	slot := uint32(len(s.flights))
	if n := len(s.free); n > 0 {
		slot, s.free = s.free[n-1], s.free[:n-1]
	} else {
		s.flights = append(s.flights, &flight{})
	}
	f := s.flights[slot]
	f.query.Reset(r)
	f.id = rng.Join(r.Key, rng.Join(uint64(r.Visit), uint64(r.Page), 12), 32)
	f.waiting, f.partial, f.scored = 0, false, false
	f.due = s.kernel.SetTimer(r.At.Add(s.config.RetrievalDeadline), s.due, slot, 0)
	s.airborne[f.id] = slot
	s.submit(gateway, f)
}

// flight returns the request that a job belongs to; nil when it has been
// answered.
func (s *Server) flight(id uint64) *flight {
	slot, ok := s.airborne[id]
	if !ok {
		return nil
	}
	return s.flights[slot]
}

// land answers a request and frees its flight.
func (s *Server) land(f *flight, rung system.Rung) {
	q := &f.query
	q.Rung = rung
	slot := s.airborne[f.id]
	delete(s.airborne, f.id)
	s.kernel.Cancel(f.due)
	s.free = append(s.free, slot)
	s.counts.InFlight--
	s.counts.Answered[rung]++
	if f.partial {
		s.counts.Partial++
	}
	if s.Probe != nil && f.scored && s.Probe.Samples(q.Request) {
		s.Probe.Funnel(q, q.Order)
	}
	s.compose(q)
	s.page.Partial = f.partial
	for i := range s.page.Items {
		s.seen.Add(q.Person, s.page.Items[i].Post)
	}
	if s.Log != nil {
		s.Log(&s.page)
	}
	s.Audience.Receive(&s.page)
}

// compose writes the page of a finished query.
func (s *Server) compose(q *system.Query) {
	p := &s.page
	*p = system.Page{
		Request: q.Request, Items: p.Items[:0], Features: p.Features[:0], FeatureAge: q.FeatureAge,
		IndexVersion: q.IndexVersion, ModelVersion: q.ModelVersion, ValueVersion: q.ValueVersion, Rung: q.Rung, Served: s.kernel.Now(),
	}
	w := s.stages.Featurizer.Width()
	for _, row := range q.Order {
		c := &q.Candidates[row]
		item := system.Item{Post: c.Post, From: c.From, Explored: c.Explored, Propensity: c.Propensity}
		if len(q.Ages) > 0 {
			item.FeatureAge = q.Ages[row]
		}
		if len(q.Scores) > 0 {
			item.Score = q.Scores[row]
		}
		if len(q.Predictions) > 0 {
			item.Predictions = [system.Heads]float32(q.Predictions[int(row)*int(system.Heads):])
		}
		if len(q.Watch) > 0 {
			item.Watch = q.Watch[row]
		}
		p.Items = append(p.Items, item)
		if len(q.Features) > 0 {
			p.Features = append(p.Features, q.Features[int(row)*w:(int(row)+1)*w]...)
		}
	}
}
