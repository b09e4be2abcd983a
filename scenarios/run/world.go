package run

import (
	"context"
	"fmt"
	"time"

	"feedloop/agents/population"
	"feedloop/scenarios"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/system"
)

// world is one replicate of one world, built and ready to live.
type world struct {
	task      task
	kernel    *sim.Kernel
	rec       *record.Recorder
	people    *population.Population
	catalogue *system.Catalogue
	public    []system.Person
	platform  *platform // nil where a yardstick answers
	yardstick *yardstick
	run       time.Duration
}

// shelf is where creators publish: the catalogue, and whoever wants to know.
type shelf struct {
	catalogue *system.Catalogue
	published func(system.PostID)
}

// Publish implements [content.Publisher].
func (s *shelf) Publish(p system.Post) system.PostID {
	id := s.catalogue.Add(p)
	if s.published != nil {
		s.published(id)
	}
	return id
}

// build puts a world together: first the people, then what answers them.
func build(s *scenarios.Scenario, t task) (*world, error) {
	k := sim.New(t.kernel)
	src := rng.New(s.Seed, t.replicate)
	w := &world{
		task: t, kernel: k, run: s.Clock.Run,
		rec:       record.NewRecorder(s.Record.Series, sim.Time(s.Clock.Warmup)),
		catalogue: system.NewCatalogue(t.world.Agents.Posts.Life),
	}
	posts := &shelf{catalogue: w.catalogue}
	w.people = population.New(k, t.world.Agents, src, w.rec, posts)
	w.people.People.Opens = s.Clock.Start.Weekday()
	w.people.People.Repeats = t.world.System.Repeats
	w.public = w.people.SignUp(t.world.Agents.Follows)
	switch t.world.System.Feed {
	case scenarios.Stack:
		w.platform = newPlatform(w, t.world.System, src)
		posts.published = w.platform.retriever.Published
	case scenarios.Recommender:
		w.yardstick = newRecommender(w, t.world.System, src)
	default:
		w.yardstick = newYardstick(w, t.world.System, src)
	}
	w.remember()
	if err := k.Inject(scenarios.Faults(t.world.Events)); err != nil {
		return nil, fmt.Errorf("world %s: %w", t.world.Name, err)
	}
	w.intervene(t.world.Events)
	w.observe()
	return w, nil
}

// observe lets the recorder close its windows, after everything else of the
// instant.
func (w *world) observe() {
	tick := w.kernel.Register("record.window", sim.Observers, func(e sim.Event) { w.tick(e.At) })
	w.kernel.Every(sim.Time(w.rec.Interval()), w.rec.Interval(), tick)
}

func (w *world) tick(now sim.Time) {
	if w.platform != nil {
		w.platform.monitor.Tick()
	}
	w.rec.Tick(now)
}

// live runs the world to its end, with a look at the context every simulated
// six hours.
func (w *world) live(ctx context.Context, report func(now sim.Time)) (*record.Result, error) {
	const step = 6 * time.Hour
	for at := sim.Time(0); at < sim.Time(w.run); {
		if ctx.Err() != nil {
			return nil, nil
		}
		at = min(at.Add(step), sim.Time(w.run))
		w.kernel.Run(at)
		report(at)
	}
	w.tick(sim.Time(w.run))
	if w.platform != nil {
		if err := w.platform.server.Check(); err != nil {
			return nil, err
		}
		if err := w.platform.reconcile(); err != nil {
			return nil, err
		}
		for _, t := range w.platform.accounts() {
			w.rec.Table(t)
		}
		if x := w.platform.causes; x != nil {
			w.rec.Table(x.audit.Table())
			w.rec.Table(x.table())
		}
		w.rec.Table(w.platform.observer.Table())
		for _, t := range w.platform.monitor.Tables() {
			w.rec.Table(t)
		}
	}
	if w.yardstick != nil {
		for _, t := range w.yardstick.tables() {
			w.rec.Table(t)
		}
	}
	w.rec.Table(w.people.People.Marginals())
	w.rec.Table(w.people.People.Published())
	result := w.rec.Result()
	result.World, result.Replicate = w.task.world.Name, w.task.replicate
	result.Trail = append(result.Trail, w.kernel.Checkpoints()...)
	result.Trail = append(result.Trail, w.kernel.Checkpoint())
	return &result, nil
}

// requests is how many pages have been asked for.
func (w *world) requests() int64 {
	if w.platform != nil {
		return int64(w.platform.server.Counts().Asked)
	}
	return int64(w.yardstick.feed.Asked())
}

// headline is the true value by person and day so far.
func (w *world) headline() float64 {
	days := float64(w.kernel.Now()) / float64(sim.Day)
	return w.people.People.TotalValue() / (days * float64(max(len(w.people.People.All), 1)))
}
