package ingestion

import (
	"time"

	"feedloop/sim"
)

// Config describes devices, network and collector.
type Config struct {
	// Linger is how long a device gathers events, from the first of a batch on,
	// before it sends them. Default 20s.
	Linger time.Duration `yaml:"linger"`
	// Delay is the median time a batch spends on the network. Default 300ms.
	Delay time.Duration `yaml:"delay"`
	// DelaySigma is the standard deviation of the delay's logarithm. Default 0.8,
	// range 0 to 3.
	DelaySigma float64 `yaml:"delay_sigma"`
	// Offline is the share of batches whose device has no connection. Default 2%.
	Offline sim.Share `yaml:"offline"`
	// OfflineFor is the mean of the exponential time until it has. Default 30m.
	OfflineFor time.Duration `yaml:"offline_for"`
	// Loss is the probability that an attempt to send fails. Default 1%.
	Loss sim.Share `yaml:"loss"`
	// Attempts is how often a device tries before it gives the batch up. Default 4,
	// range 1 to 100.
	Attempts int `yaml:"attempts"`
	// Retry is the pause between attempts. Default 5s.
	Retry time.Duration `yaml:"retry"`
	// Duplicates is the share of batches whose acknowledgement is lost, so that
	// the device sends them again. Default 0.5%.
	Duplicates sim.Share `yaml:"duplicates"`
	// OfflineHolds lets a device without a connection hold back all its batches,
	// and not only the one that found it out. Default false.
	OfflineHolds bool `yaml:"offline_holds"`
	// DeviceBuffer is how many events a device keeps at most until they are
	// acknowledged; what does not fit is lost. Default 10000, at least 1.
	DeviceBuffer int `yaml:"device_buffer"`
	// WrongClocks is the share of devices whose clock is wrong. Default 0%.
	WrongClocks sim.Share `yaml:"wrong_clocks"`
	// ClockError is by how much: the standard deviation of a normal distribution
	// about the right time, one draw a device. Default 1m.
	ClockError time.Duration `yaml:"clock_error"`
	// CorrectClocks lets the collector correct event times by the difference of
	// the two clocks when a batch arrives; the time on the network stays in as an
	// error. Default false.
	CorrectClocks bool `yaml:"correct_clocks"`
	// MaxSkew is how far ahead of the collector's clock an event may claim to be.
	// Default 5m.
	MaxSkew time.Duration `yaml:"max_skew"`
	// Future is what the collector does with an event further ahead: reject,
	// clamp (to its own clock) or accept. Default reject.
	Future Future `yaml:"future"`
	// Strict turns away events in which a field is missing. Otherwise they pass
	// with a zero in its place, and nobody notices. Default true.
	Strict bool `yaml:"strict"`
	// Dedupe is how long the collector remembers the ids of what it let pass, to
	// keep copies out; 0 forgets at once and leaves that to the readers. Default 0s.
	Dedupe time.Duration `yaml:"dedupe"`
	// DeadLetters is how many rejected events are kept for a replay, the newest,
	// give or take a half. Default 10000.
	DeadLetters int `yaml:"dead_letters"`
	// ReplayOnce lets a replay go on where the one before it stopped. Otherwise
	// each begins at the first letter and sends again what has arrived. Default
	// true.
	ReplayOnce bool `yaml:"replay_once"`
}

// Future is what is done with event times that lie too far ahead.
type Future string

// The ways.
const (
	Reject Future = "reject"
	Clamp  Future = "clamp"
	Accept Future = "accept"
)

// Values lists the ways.
func (Future) Values() []string { return []string{string(Reject), string(Clamp), string(Accept)} }

// DefaultConfig returns a mobile network on an ordinary day.
func DefaultConfig() Config {
	return Config{
		Linger: 20 * time.Second, Delay: 300 * time.Millisecond, DelaySigma: 0.8,
		Offline: 0.02, OfflineFor: 30 * time.Minute,
		Loss: 0.01, Attempts: 4, Retry: 5 * time.Second,
		Duplicates: 0.005, DeviceBuffer: 10_000, ClockError: time.Minute, MaxSkew: 5 * time.Minute, Future: Reject,
		Strict: true, DeadLetters: 10_000, ReplayOnce: true,
	}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	share := func(s sim.Share, field string) { v.That(s >= 0 && s <= 1, field, s, "a share from 0 to 100%") }
	v.That(c.Linger >= 0 && c.Linger <= sim.Day, "linger", c.Linger, "0s to 1d")
	v.That(c.Delay > 0 && c.Delay <= sim.Day, "delay", c.Delay, "more than 0s, at most 1d")
	v.That(c.DelaySigma >= 0 && c.DelaySigma <= 3, "delay_sigma", c.DelaySigma, "0 to 3")
	share(c.Offline, "offline")
	v.That(c.OfflineFor > 0 && c.OfflineFor <= 30*sim.Day, "offline_for", c.OfflineFor, "more than 0s, at most 30d")
	share(c.Loss, "loss")
	v.That(c.Attempts >= 1 && c.Attempts <= 100, "attempts", c.Attempts, "1 to 100")
	v.That(c.Retry > 0 && c.Retry <= sim.Day, "retry", c.Retry, "more than 0s, at most 1d")
	share(c.Duplicates, "duplicates")
	v.That(c.DeviceBuffer >= 1, "device_buffer", c.DeviceBuffer, "1 or more")
	share(c.WrongClocks, "wrong_clocks")
	v.That(c.ClockError >= 0 && c.ClockError <= 30*sim.Day, "clock_error", c.ClockError, "0s to 30d")
	v.That(c.MaxSkew >= 0, "max_skew", c.MaxSkew, "0 or more")
	v.That(c.Future == Reject || c.Future == Clamp || c.Future == Accept, "future", c.Future, "reject, clamp or accept")
	v.That(c.Dedupe >= 0, "dedupe", c.Dedupe, "0 or more")
	v.That(c.DeadLetters >= 0, "dead_letters", c.DeadLetters, "0 or more")
	return v.Err()
}
