package features

import (
	"math"

	"feedloop/sim"
	"feedloop/system"
)

// Width is the number of features of a candidate.
func (s *Store) Width() int { return len(s.names) }

// Names returns the features' names, in the order of the vector.
func (s *Store) Names() []string { return s.names }

// nowhere is the number of a member that there is not.
const nowhere = math.MaxUint32

// keys returns the member numbers of what an impression is about, by entity; of
// the pair of person and creator, none.
func (s *Store) keys(who system.PersonID, id system.PostID, by system.CreatorID, about system.TopicID) [entities]uint32 {
	return [entities]uint32{uint32(id), uint32(by), uint32(who), s.topicRow(who, about), nowhere, uint32(about)}
}

// Describe fills q.Features from what is visible now.
//
// It goes over the candidates twice. Where a person stands with a creator is in
// one large table, and a look-up there waits for memory; a first pass that does
// nothing else lets the waits overlap.
func (s *Store) Describe(q *system.Query) int {
	now := s.kernel.Now()
	who := q.Person
	if s.stranger != nil {
		who = s.stranger[who]
	}
	s.recall(who, now)
	s.meetings = s.meetings[:0]
	for i := range q.Candidates {
		creator := s.catalogue.Post(q.Candidates[i].Post).Creator
		s.meetings = append(s.meetings, s.pairs.slot(pairKey(who, creator)))
	}
	w := s.Width()
	q.Features, q.Ages = extend(q.Features, len(q.Candidates)*w), extend(q.Ages, len(q.Candidates))
	m := moment{who: who, now: now, vector: s.embedder.Person(who), traces: &s.sequences.visible[who]}
	for _, shelf := range s.shelves {
		if shelf.entity == person { // is the same for all candidates
			shelf.read(shelf.own, uint32(who), m.now)
		}
	}
	for i := range q.Candidates {
		q.Ages[i] = s.postAge(q.Candidates[i].Post, now)
		s.candidate(q.Features[i*w:(i+1)*w], &m, q.Candidates[i].Post, s.meetings[i])
	}
	if s.audit != nil && len(q.Candidates) > 0 {
		s.tellRead(q, who, now)
	}
	q.FeatureAge = float32(s.Age().Seconds())
	return int(float64(len(q.Features)) * s.slowness)
}

// extend returns a slice of length n, in place if it fits.
func extend(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/2)
	}
	return s[:n]
}

// candidate writes the vector of one candidate; slot is where the pair of person
// and creator is or would be.
func (s *Store) candidate(dst []float32, m *moment, id system.PostID, slot int) {
	p := s.catalogue.Post(id)
	c := situation{post: p, id: id, counts: dst[:s.counts]}
	keys := s.keys(m.who, id, p.Creator, p.Topic)
	if number, known := s.pairs.at(slot); known {
		keys[personCreator], c.follows = number, s.followed(number)
	}
	for _, shelf := range s.shelves {
		if shelf.entity == person {
			copy(dst, shelf.own)
		} else {
			shelf.read(dst, keys[shelf.entity], m.now)
		}
		dst = dst[len(shelf.defaults):]
	}
	if len(s.context) == contextual {
		s.describe((*[contextual]float32)(dst), m, &c)
		return
	}
	var all [contextual]float32
	s.describe(&all, m, &c)
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
	row := s.posts.row(uint32(id))
	if row == nil {
		return -1
	}
	reach, _ := reachOf(row[s.posts.width():])
	return float32(now.Sub(reach).Seconds())
}
