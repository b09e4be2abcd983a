package retrieval

import (
	"slices"
	"time"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/system"
	"feedloop/system/stream"
)

// following is what the towers believe about people since the last training: the
// same belief, updated by the views that the log brings, visible by a clock. The
// post side stays as it was trained, and so the space stays the same.
//
//	training ──▶ belief at DataTo ── views since, replayed ──▶ now ── views ──▶ ...
//
// A training has learned from the views up to DataTo, and what is deployed knows
// nothing of those since; they are kept and replayed on it.
//
// Simplification: a view is held against DataTo by the device's clock, so that
// the few of pages that were on a screen at that moment count twice.
type following struct {
	belief  *weights // follows the log; nil before the first deployment
	visible []vector // people's vectors as they were at the last tick
	views   []viewed // since the data of the training that serves ended
	changed []system.PersonID
	dedupe  *stream.Dedupe
}

// viewed is a view, as far as it teaches.
type viewed struct {
	at     sim.Time
	person system.PersonID
	post   system.PostID
	long   float32 // 1 for a long view
}

// follow starts to follow the log.
func (r *Retriever) follow(every time.Duration) {
	r.following.dedupe = stream.NewDedupe(time.Hour)
	tick := r.kernel.Register("retrieval.publish_people", sim.Infrastructure, func(sim.Event) { r.following.publish() })
	r.kernel.Every(sim.Time(every), every, tick)
}

// observe learns from an event of the log.
func (r *Retriever) observe(e *system.Event) {
	f := &r.following
	if e.Kind != system.Viewed || f.dedupe.Repeated(e.ID, r.kernel.Now()) {
		return
	}
	v := viewed{at: e.At, person: e.Person, post: e.Post, long: system.LabelsOf(e).Of(system.LongView)}
	f.views = append(f.views, v)
	if f.belief != nil {
		f.learn(r, v)
	}
}

// learn updates the belief about a person by a view.
func (f *following) learn(r *Retriever, v viewed) {
	post := inTraining(r.catalogue.Post(v.post))
	logit, tower := f.belief.score(v.person, &post)
	p := num.Sigmoid32(logit)
	f.belief.believe(v.person, &tower, p-v.long, float32(p*(1-p)), float32(r.config.Towers.Forget))
	f.changed = append(f.changed, v.person)
}

// publish makes what was learned visible.
func (f *following) publish() {
	for _, p := range f.changed {
		f.visible[p] = f.belief.people[p]
	}
	f.changed = f.changed[:0]
}

// deploy begins anew from trained towers that know the views up to a moment.
func (f *following) deploy(r *Retriever, trained *weights, upTo sim.Time) {
	f.views = slices.DeleteFunc(f.views, func(v viewed) bool { return v.at <= upTo })
	f.belief = trained.clone()
	for _, v := range f.views {
		f.learn(r, v)
	}
	f.visible = slices.Clone(f.belief.people)
	f.changed = f.changed[:0]
}

// person returns what is known of somebody in the space of the towers that
// serve.
func (r *Retriever) person(id system.PersonID) *vector {
	if r.following.visible != nil {
		return &r.following.visible[id]
	}
	return &r.weights.people[id]
}
