package serving

import (
	"errors"
	"fmt"
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
)

// load turns the simulated requests into the load of everybody they stand for.
type load struct {
	asked uint64 // since the last look
	rate  float64
	since sim.Time // of the last call of Traffic,
	seen  uint64   // and the requests until then
}

// The aggregate follows the simulated requests with a delay of about an hour:
// long enough to smooth the few that are simulated, short beside the day.
const (
	lookEvery = 5 * time.Minute
	smoothing = time.Hour
)

// start schedules the looks, if anybody is represented.
func (l *load) start(s *Server) {
	if s.config.Represents <= 1 {
		return
	}
	keep := num.Exp(-float64(lookEvery) / float64(smoothing))
	look := s.kernel.Register("serving.load", sim.Infrastructure, func(sim.Event) {
		now := float64(l.asked) / lookEvery.Seconds() * float64(s.config.Represents-1)
		l.rate = float64(keep*l.rate) + float64((1-keep)*now)
		l.asked = 0
		for _, b := range s.boxes {
			if b.off {
				continue
			}
			b.station.SetBackgroundService(time.Duration(b.mean * float64(time.Second)))
			b.station.SetBackground(l.rate)
		}
	})
	s.kernel.Every(sim.Time(lookEvery), lookEvery, look)
}

// Rate is the aggregate load in requests a second.
func (s *Server) Rate() float64 { return s.load.rate }

// Traffic returns the utilisation of the box that was busiest since the last
// call, and the requests a second, both with the aggregate load.
func (s *Server) Traffic() (busiest, perSec float64) {
	for _, b := range s.boxes {
		stats := b.station.Stats()
		busy, span := stats.BusyTime-b.busy, stats.ServerTime-b.span
		b.busy, b.span = stats.BusyTime, stats.ServerTime
		if span > 0 && !b.off {
			own := float64(busy) / float64(span)
			busiest = max(busiest, own+float64(s.load.rate*b.mean/float64(b.config.Servers)))
		}
	}
	passed := s.kernel.Now().Sub(s.load.since).Seconds()
	perSec = s.load.rate
	if passed > 0 {
		perSec += float64(s.counts.Asked-s.load.seen) / passed
	}
	s.load.since, s.load.seen = s.kernel.Now(), s.counts.Asked
	return busiest, perSec
}

// Check holds every box to conservation of jobs and to Little's law.
func (s *Server) Check() error {
	var errs []error
	for _, b := range s.boxes {
		if err := b.station.Stats().Check(); err != nil {
			errs = append(errs, fmt.Errorf("serving box %s: %w", b.name, err))
		}
	}
	return errors.Join(errs...)
}
