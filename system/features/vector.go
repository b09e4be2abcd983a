package features

import (
	"math"
	"time"

	"feedloop/sim"
	"feedloop/system"
)

// Width is the number of features of a candidate.
func (s *Store) Width() int { return len(s.names) }

// Names returns the features' names, in the order of the vector.
func (s *Store) Names() []string { return s.names }

// nowhere is the number of a member that there is not.
const nowhere = math.MaxUint32

// keys returns the member numbers of what an impression is about, by entity.
func (s *Store) keys(who system.PersonID, id system.PostID, by system.CreatorID, about system.TopicID, pair uint32) [entities]uint32 {
	return [entities]uint32{uint32(id), uint32(by), uint32(who), s.topicRow(who, about), pair, uint32(about)}
}

// Describe fills q.Features from what is visible now.
//
// It goes shelf by shelf and over all candidates on each.
func (s *Store) Describe(q *system.Query) int {
	now := s.kernel.Now()
	who := q.Person
	if s.stranger != nil {
		who = s.stranger[who]
	}
	s.approach(who, q, now)
	slowness := s.slowness
	if s.load != nil {
		slowness *= s.load.take(&s.members, now)
	}
	s.tables[personCreator].fetch(s.members[personCreator])
	w := s.Width()
	q.Ages = extend(q.Ages, len(q.Candidates))
	for i := range q.Ages {
		q.Ages[i] = s.postAge(q.Candidates[i].Post, now)
	}
	column := 0
	for _, shelf := range s.shelves {
		if len(q.Candidates) > 0 {
			shelf.readAll(q.Features[column:], w, s.members[shelf.entity], now)
		}
		column += shelf.width()
	}
	s.completeAll(q, who, now)
	if s.audit != nil && len(q.Candidates) > 0 {
		s.tellRead(q, who, now)
	}
	q.FeatureAge = float32(s.Age().Seconds())
	return int(float64(len(q.Features)) * slowness)
}

// DescribeFresh fills q.Features as [Store.Describe] would if the next refresh of all
// counts came and were visible now: what a reader misses of what the store has read.
// What is on its way to the store is not in it, and traces of histories are as they are
// served. It is for whoever studies the store: it costs nothing, it counts as no read,
// and it leaves no trace.
func (s *Store) DescribeFresh(q *system.Query) {
	now := s.kernel.Now()
	who := q.Person
	if s.stranger != nil {
		who = s.stranger[who]
	}
	s.approach(who, q, now)
	priors := s.rates()
	s.recallFresh(who, &priors, now)
	column := 0
	for _, shelf := range s.shelves {
		for i, member := range s.members[shelf.entity] {
			shelf.readFresh(q.Features[i*s.Width()+column:], member, &priors, now)
		}
		column += shelf.width()
	}
	s.completeAll(q, who, now)
}

// approach notes who asks for what, and makes room for the vectors.
func (s *Store) approach(who system.PersonID, q *system.Query, now sim.Time) {
	s.recall(who, now)
	s.meet(who, q.Candidates)
	q.Features = extend(q.Features, len(q.Candidates)*s.Width())
}

// meet notes whose rows tell of the candidates, by entity, and what the posts
// themselves tell.
func (s *Store) meet(who system.PersonID, candidates []system.Candidate) {
	for entity := range s.members {
		s.members[entity] = extend(s.members[entity], len(candidates))
	}
	s.situations = extend(s.situations, len(candidates))
	for i := range candidates {
		p := s.catalogue.Post(candidates[i].Post)
		s.members[post][i], s.members[creator][i], s.members[person][i] = uint32(p.ID), uint32(p.Creator), uint32(who)
		s.members[personTopic][i], s.members[topic][i] = s.topicRow(who, p.Topic), uint32(p.Topic)
		s.situations[i] = situation{p.At, p.Duration, p.Topic}
	}
	s.pairs.findAll(s.members[personCreator], who, s.members[creator])
}

// extend returns a slice of length n, in place if it fits.
func extend[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// completeAll adds the context to all vectors.
func (s *Store) completeAll(q *system.Query, who system.PersonID, now sim.Time) {
	if len(s.context) == 0 {
		return
	}
	w := s.Width()
	s.measure(who, q.Candidates)
	for i := range q.Candidates {
		s.complete(q.Features[i*w:(i+1)*w], i, now)
	}
}

// complete adds the context to the vector of one candidate, in which the columns
// of the views stand already.
func (s *Store) complete(vector []float32, row int, now sim.Time) {
	counts, dst := vector[:s.counts], vector[s.counts:]
	if len(s.context) == contextual {
		s.describe((*[contextual]float32)(dst), counts, row, now)
		return
	}
	var all [contextual]float32
	s.describe(&all, counts, row, now)
	for i, at := range s.context {
		dst[i] = all[at]
	}
}

// postAge is how far behind the clock the data reach that made a post's visible
// counters, in seconds; -1 where there are none.
func (s *Store) postAge(id system.PostID, now sim.Time) float32 {
	if s.posts == nil {
		return -1
	}
	reach, marks := reachOf(s.posts.part(uint32(id))[s.posts.width():])
	age := now.Sub(reach)
	if marks == 0 {
		age = -time.Second
	}
	return float32(age.Seconds())
}
