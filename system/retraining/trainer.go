package retraining

import (
	"time"

	"feedloop/sim"
	"feedloop/system"
)

// Registry takes what was trained and tells whether it serves.
type Registry interface {
	Submit(a system.Artefact, to system.Trainable) bool
}

// Trainer trains one stage by the clock.
type Trainer struct {
	config   Config
	kernel   *sim.Kernel
	joiner   *Joiner
	registry Registry
	stage    system.Trainable
	next     int // number of the first example that what serves has not learned
	upTo     int // number of the first that the training under way leaves out
	trained  sim.Kind
	busy     bool
	artefact system.Artefact
	stopped  *sim.Point
	// Recompute, unless it is nil, returns the features that a training reads in
	// place of those that were served.
	Recompute func(system.Examples) []float32
	// Skipped counts schedules that found the last training still running, or
	// no new data.
	Skipped uint64
}

// Stop is the fault that keeps trainings from starting; its target is the name
// of an artefact.
const Stop = "retraining.stop"

// Faults lists the fault points.
func Faults() []sim.FaultSpec {
	return []sim.FaultSpec{{
		Kind: Stop, PerDay: [2]float64{0.1, 1}, For: [2]time.Duration{6 * time.Hour, 3 * sim.Day},
		Promise: "the last model keeps serving, and its age says so",
	}}
}

// NewTrainer schedules the training of a stage. A first training comes after
// one period.
func NewTrainer(k *sim.Kernel, c Config, j *Joiner, r Registry, stage system.Trainable) *Trainer {
	t := &Trainer{config: c, kernel: k, joiner: j, registry: r, stage: stage, stopped: k.Point(Stop)}
	t.trained = k.Register("retraining.trained."+stage.Name(), sim.Infrastructure, t.onTrained)
	begin := k.Register("retraining.begin."+stage.Name(), sim.Infrastructure, t.onBegin)
	k.Every(sim.Time(c.Every), c.Every, begin)
	return t
}

// onBegin starts a training on the examples that came since the last one that
// passed the gate: what a rejected version has learned went with it.
func (t *Trainer) onBegin(sim.Event) {
	data, next := t.joiner.Lend(t.next)
	if t.busy || len(data.Rows) == 0 || t.stopped.Hits(t.stage.Name()) {
		t.joiner.GiveBack()
		t.Skipped++
		return
	}
	t.busy, t.upTo = true, next
	if t.Recompute != nil {
		data.Features = t.Recompute(data)
	}
	flops, fit := t.stage.Begin(data)
	took := (t.config.Startup + time.Duration(flops/1e9*float64(t.config.PerGFlop))).Round(time.Second)
	t.kernel.Go(took, t.trained, 0, 0, func() {
		t.artefact = fit()
		t.artefact.DataFrom = data.Rows[0].Served
		t.artefact.DataTo = data.Rows[len(data.Rows)-1].Served
	})
}

func (t *Trainer) onTrained(sim.Event) {
	t.busy = false
	t.joiner.GiveBack()
	if t.registry.Submit(t.artefact, t.stage) {
		t.next = t.upTo
	}
}
