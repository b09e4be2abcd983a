package features

import (
	"feedloop/sim/num"
	"feedloop/system"
)

// near is how near the candidates of a request are to the person: by the towers,
// and by content to what they watched long and skipped.
type near struct {
	towers   []float32
	traces   [traced][]float32
	gathered []float32 // a vector by candidate
}

// measure compares candidates with a person. Vectors lie anywhere in memory: they
// are gathered in loops that do nothing else, so that the waits overlap.
func (s *Store) measure(who system.PersonID, candidates []system.Candidate) {
	const dim = system.Dim
	n := &s.near
	n.gathered = extend(n.gathered, len(candidates)*dim)
	n.towers = extend(n.towers, len(candidates))
	clear(n.towers)
	if vector := s.embedder.Person(who); vector != nil {
		for i := range candidates {
			if copy(n.gathered[i*dim:][:dim], s.embedder.Post(candidates[i].Post)) == 0 {
				clear(n.gathered[i*dim:][:dim])
			}
		}
		num.DotRows(n.towers, n.gathered, dim, vector)
	}
	for i := range candidates {
		*(*[dim]float32)(n.gathered[i*dim:]) = s.catalogue.Post(candidates[i].Post).Content
	}
	traces := &s.sequences.visible[who]
	for k := range n.traces {
		n.traces[k] = extend(n.traces[k], len(candidates))
		num.DotRows(n.traces[k], n.gathered, dim, traces[k*dim:][:dim])
	}
}
