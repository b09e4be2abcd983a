package features

import (
	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/features/audit"
	"feedloop/system/features/view"
	"feedloop/system/stream"
)

// Audit returns the audit of what is served; nil where there is none.
func (s *Store) Audit() *audit.Audit { return s.audit }

// startAudit has a sample of what is served recomputed from the log, which the
// audit reads by itself.
func (s *Store) startAudit(log *stream.Log[system.Event]) {
	if s.config.Audit.Share == 0 {
		return
	}
	c := &s.config
	var shelves []audit.Shelf
	for _, shelf := range s.shelves {
		x := audit.Shelf{
			Entity: view.Entities[shelf.entity], Names: shelf.names, Views: shelf.declared, Batch: shelf.path == batch,
			Every: c.Counters.Refresh, Delay: c.Counters.WriteDelay, Smoothing: c.Smoothing,
		}
		if x.Batch {
			x.Every, x.Delay = c.Batch.Every, c.Batch.Lands
		}
		for _, v := range shelf.views {
			x.Silence = append(x.Silence, v.silence)
		}
		shelves = append(shelves, x)
	}
	s.audit = audit.New(s.kernel, c.Audit, shelves)
	s.audit.Waits = func(since sim.Time) bool {
		lag := s.group.LagTime()
		return lag > 0 && s.kernel.Now().Add(-lag) <= since
	}
	log.Subscribe("features.audit", func(e *system.Event) { s.tell(e, s.audit.Logged) })
}

// tell tells the audit about an event, for every sampled member that it is about.
func (s *Store) tell(e *system.Event, note func(shelf int, id uint32, e *system.Event)) {
	keys := s.keys(e.Person, e.Post, e.Creator, e.Topic, s.pairs.add(e.Person, e.Creator))
	for i, shelf := range s.shelves {
		if id := keys[shelf.entity]; s.audit.Samples(i, id) {
			note(i, id, e)
		}
	}
}

// tellMade tells the audit of the rows that have just been made on a path.
func (s *Store) tellMade(path path, p *view.Priors) {
	for i, shelf := range s.shelves {
		if shelf.path != path {
			continue
		}
		for _, id := range shelf.staged {
			if s.audit.Samples(i, id) {
				s.audit.Made(i, id, p)
			}
		}
	}
}

// tellVisible tells the audit that the rows of a path can be read.
func (s *Store) tellVisible(path path) {
	priors := s.rates()
	for i, shelf := range s.shelves {
		if shelf.path == path {
			s.audit.Visible(i, &priors)
		}
	}
}

// tellRead tells the audit what one candidate of a request was described by.
func (s *Store) tellRead(q *system.Query, who system.PersonID, now sim.Time) {
	entity, n := q.Address()
	at := int((entity*31 + n>>16) % uint64(len(q.Candidates)))
	p := s.catalogue.Post(q.Candidates[at].Post)
	keys := s.keys(who, p.ID, p.Creator, p.Topic, s.pairs.find(who, p.Creator))
	row := q.Features[at*s.Width():]
	for i, shelf := range s.shelves {
		values := row[:shelf.width()]
		row = row[shelf.width():]
		if id := keys[shelf.entity]; id != nowhere && s.audit.Samples(i, id) {
			f := audit.Found{At: now, Shelf: i, Member: id, Values: append([]float32(nil), values...)}
			f.Answered = s.members[shelf.entity][at] != nowhere && !(shelf.failures.any && shelf.failures.isLost(id))
			shelf.describeTo(&f, now)
			s.audit.Read(f)
		}
	}
}

// describeTo says what a reader finds of a member now, where it was answered.
func (s *shelf) describeTo(f *audit.Found, now sim.Time) {
	var reach sim.Time
	var marks uint32
	if row := s.row(f.Member); row != nil && f.Answered {
		reach, marks = reachOf(row[s.width():])
	}
	f.Foreign = marks&foreign != 0
	age := now.Sub(reach)
	for i, v := range s.views {
		f.Present = append(f.Present, s.status(i, age, marks) == Present)
		f.Expired = append(f.Expired, age > v.ttl)
	}
}
