package serving

import (
	"time"

	"feedloop/sim/num"
	"feedloop/sim/queue"
	"feedloop/sim/rng"
	"feedloop/system"
)

// The boxes, in the order of the path. Each source is a box of its own.
const (
	gateway   = 0
	sources   = 1 // the first of system.Sources boxes
	features  = sources + int(system.Sources)
	ranking   = features + 1
	reranking = ranking + 1
	boxes     = reranking + 1
)

// box is a station with the work that is done there.
type box struct {
	server  *Server
	number  int
	off     bool // a source without a quota: nobody asks it
	name    string
	config  Box
	station *queue.Station
	// mean follows the service time of recent work, in seconds.
	mean float64
	// busy and span are the station's account when Traffic last looked.
	busy, span time.Duration
}

var jitterPurpose = rng.NewPurpose("serving.jitter")

// build makes the boxes.
func (s *Server) build() {
	c := s.config
	for n := range boxes {
		b := &box{server: s, number: n}
		switch {
		case n == gateway:
			b.name, b.config = "gateway", c.Gateway
		case n < features:
			source := system.Source(n - sources)
			b.name, b.config, b.off = "source."+source.String(), c.Sources, s.stages.Quota(source) == 0
		case n == features:
			b.name, b.config = "features", c.Features
		case n == ranking:
			b.name, b.config = "ranking", c.Ranking
		default:
			b.name, b.config = "reranking", c.Reranking
		}
		b.mean = b.config.Fixed.Seconds()
		qc := queue.DefaultConfig()
		qc.Servers = b.config.Servers
		if c.Represents > 1 {
			qc.Background = queue.Background{
				Service:  rng.Dist{Lognormal: &rng.LogNormalDist{Median: b.mean, Sigma: c.Jitter}},
				Patience: c.Deadline,
			}
		}
		b.station = queue.New(s.kernel, "serving."+b.name, qc, s.src, b)
		s.boxes = append(s.boxes, b)
	}
}

// submit sends a request to a box, to be answered within its deadline.
func (s *Server) submit(n int, f *flight) {
	within := s.config.Deadline
	if n >= sources && n < features {
		within = s.config.RetrievalDeadline
	}
	s.boxes[n].station.Submit(queue.Job{ID: f.id, Deadline: f.query.At.Add(within)})
}

// Start implements [queue.Handler]: the work is done here, on what is visible
// now; it takes what it costs.
func (b *box) Start(id uint64) time.Duration {
	units := 0
	f := b.server.flight(id)
	if f != nil {
		units = b.server.work(b.number, f)
	}
	cost := b.config.Fixed + b.config.PerUnit*time.Duration(units)/1000
	if f != nil && b.server.config.Jitter > 0 {
		entity, n := f.query.Address()
		u := b.server.src.Uniform(jitterPurpose, entity, n|uint64(b.number))
		sigma := b.server.config.Jitter
		cost = time.Duration(float64(cost) * num.Exp(rng.Normal(u, -sigma*sigma/2, sigma)))
	}
	b.mean += 0.02 * (cost.Seconds() - b.mean)
	return cost
}

// Done implements [queue.Handler].
func (b *box) Done(id uint64) {
	if f := b.server.flight(id); f != nil {
		b.server.done(b.number, f)
	}
}

// Dropped implements [queue.Handler].
func (b *box) Dropped(id uint64, _ queue.Reason) {
	if f := b.server.flight(id); f != nil {
		b.server.dropped(b.number, f)
	}
}
