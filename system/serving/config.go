package serving

import (
	"time"

	"feedloop/sim"
)

// Config describes the request path.
type Config struct {
	// PageSize is the number of posts on a page. Default 10, range 1 to 60.
	PageSize int `yaml:"page_size"`
	// Deadline is how long after the asking a request must have an answer from
	// the full path; then it gets one from further down the ladder. Default 600ms.
	Deadline time.Duration `yaml:"deadline"`
	// RetrievalDeadline is how long after the asking a source must have answered
	// to be part of the union. Default 300ms, at most the deadline.
	RetrievalDeadline time.Duration `yaml:"retrieval_deadline"`
	// Represents is how many people a simulated person stands for: the others
	// load the stations as an aggregate. 1 is no aggregate. Default 2000.
	Represents int `yaml:"represents"`
	// Jitter is the standard deviation of the logarithm of a service time around
	// what the work costs. Default 0.3.
	Jitter float64 `yaml:"jitter"`
	// Gateway takes requests in; it has no unit of work. Default 4 servers, 4ms.
	Gateway Box `yaml:"gateway"`
	// Sources are the candidate sources, a station each; the unit is a row
	// scanned. Default 4 servers, 15ms and 10ms by thousand rows.
	Sources Box `yaml:"sources"`
	// Features describes candidates; the unit is a value read. Default 4 servers,
	// 10ms and 4ms by thousand values.
	Features Box `yaml:"features"`
	// Ranking scores them; the unit is a multiply-add, or what takes as long.
	// Default 4 servers, 12ms and 20us by thousand.
	Ranking Box `yaml:"ranking"`
	// Reranking arranges the page; the unit is a candidate. Default 2 servers, 4ms
	// and 20ms by thousand candidates.
	Reranking Box `yaml:"reranking"`
}

// Box is a station and what its work costs.
type Box struct {
	// Servers is how many requests it serves at once; 1 to 100,000.
	Servers int `yaml:"servers"`
	// Fixed is the service time of no work at all.
	Fixed time.Duration `yaml:"fixed"`
	// PerUnit is added for every thousand units of work.
	PerUnit time.Duration `yaml:"per_thousand"`
}

// DefaultConfig returns a path with a median of about 120 ms, sized for 250
// people who stand for half a million.
func DefaultConfig() Config {
	return Config{
		PageSize: 10, Deadline: 600 * time.Millisecond, RetrievalDeadline: 300 * time.Millisecond,
		Represents: 2000, Jitter: 0.3,
		Gateway:   Box{Servers: 4, Fixed: 4 * time.Millisecond},
		Sources:   Box{Servers: 4, Fixed: 15 * time.Millisecond, PerUnit: 10 * time.Millisecond},
		Features:  Box{Servers: 4, Fixed: 10 * time.Millisecond, PerUnit: 4 * time.Millisecond},
		Ranking:   Box{Servers: 4, Fixed: 12 * time.Millisecond, PerUnit: 20 * time.Microsecond},
		Reranking: Box{Servers: 2, Fixed: 4 * time.Millisecond, PerUnit: 20 * time.Millisecond},
	}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.That(c.PageSize >= 1 && c.PageSize <= 60, "page_size", c.PageSize, "1 to 60")
	v.That(c.Deadline > 0 && c.Deadline <= sim.Day, "deadline", c.Deadline, "more than 0s, at most 1d")
	v.That(c.RetrievalDeadline > 0 && c.RetrievalDeadline <= c.Deadline, "retrieval_deadline", c.RetrievalDeadline,
		"a positive duration, at most the deadline")
	v.That(c.Represents >= 1 && c.Represents <= 1_000_000_000, "represents", c.Represents, "1 to 1,000,000,000")
	v.That(c.Jitter >= 0 && c.Jitter <= 3, "jitter", c.Jitter, "0 to 3")
	for i, b := range c.boxes() {
		name := [...]string{"gateway", "sources", "features", "ranking", "reranking"}[i]
		v.That(b.Servers >= 1 && b.Servers <= 100_000, name+".servers", b.Servers, "1 to 100,000")
		v.That(b.Fixed >= time.Microsecond && b.Fixed <= time.Hour, name+".fixed", b.Fixed, "1us to 1h")
		v.That(b.PerUnit >= 0 && b.PerUnit <= time.Hour, name+".per_thousand", b.PerUnit, "0s to 1h")
	}
	return v.Err()
}

// Typical is what a request takes on an idle path, by the fixed costs alone: the
// latency that yardsticks without a stack pay.
func (c Config) Typical() time.Duration {
	sum := time.Duration(0)
	for _, b := range c.boxes() {
		sum += 2 * b.Fixed
	}
	return sum
}

func (c Config) boxes() [5]Box {
	return [5]Box{c.Gateway, c.Sources, c.Features, c.Ranking, c.Reranking}
}
