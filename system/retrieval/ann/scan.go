package ann

import (
	"math"

	"feedloop/sim/num"
)

// Scan picks the nearest from the scores of all; its memory is used again.
type Scan struct {
	maxima []float32 // of groups of scores
	above  []int32   // places of the scores that reach the floor
	places []place
}

// Of appends to dst the k best of scores, best first and of equal scores the lower
// id, leaving out what is hidden and what is no finite number. Their ids are first,
// first+1, ...
//
// Few scores are among the best, and all others should cost no more than a
// comparison, eight at a time. A floor sees to that, which at least k scores
// reach: that of the groups that the scores are divided into, k groups have a
// best score above. Where too much is hidden, a lower one is tried.
func (s *Scan) Of(scores []float32, first uint32, k int, hidden func(id uint32) bool, dst []Neighbour) []Neighbour {
	k = min(k, len(scores))
	if k <= 0 {
		return dst
	}
	s.maxima = num.Maxima(s.maxima[:0], scores, max(1, len(scores)/(3*k)))
	for groups := k; ; groups *= 4 {
		floor := float32(math.Inf(-1))
		if groups < len(s.maxima) {
			floor = num.KthLargest(s.maxima, groups)
		}
		s.above, s.places = num.AtLeast(s.above[:0], scores, floor), s.places[:0]
		for _, node := range s.above {
			if num.Finite(scores[node]) && !hidden(first+uint32(node)) {
				s.places = append(s.places, placed(scores[node], node))
			}
		}
		if len(s.places) >= k || groups >= len(s.maxima) {
			break
		}
	}
	for _, p := range num.Largest(s.places, k) {
		dst = append(dst, Neighbour{first + uint32(p.node()), p.score()})
	}
	return dst
}
