package retrieval

import (
	"math"

	"feedloop/system"
)

// ranked is a post with its score in one word that orders as they do: the
// higher score is the larger word, and of equal scores the lower id. Selection
// then compares integers, and ties are the same everywhere.
type ranked uint64

// rank packs a score and a post. The bits of a float order like an integer once
// the sign is turned over, and for negative numbers all other bits too. A score
// that is not a number ranks last.
func rank(score float32, id system.PostID) ranked {
	bits := math.Float32bits(score + 0) // -0 + 0 is 0
	bits ^= uint32(int32(bits)>>31) | 1<<31
	if score != score {
		bits = 0
	}
	return ranked(uint64(bits)<<32 | uint64(^uint32(id)))
}

// post returns the post that was ranked.
func (r ranked) post() system.PostID { return system.PostID(^uint32(r)) }

// score returns the score that a post was ranked by.
func (r ranked) score() float32 {
	bits := uint32(r >> 32)
	if bits>>31 == 1 {
		return math.Float32frombits(bits &^ (1 << 31))
	}
	return math.Float32frombits(^bits)
}

// digits is how many bits of a score a pass of [byScore] sorts by.
const digits = 8

// byScore sorts posts that stand in ascending order of id, best first, and returns
// them in one of two arrays of equal length. It is a radix sort, four stable
// passes over the bits of the score: where most of a long list is wanted, it takes
// a third of the time of comparisons, which guess wrong at every second step.
func byScore(all, spare []ranked) []ranked {
	const mask = 1<<digits - 1
	var starts [4][mask + 1]uint32
	for _, r := range all {
		d := ^uint32(r >> 32)
		starts[0][d&mask]++
		starts[1][d>>digits&mask]++
		starts[2][d>>(2*digits)&mask]++
		starts[3][d>>(3*digits)&mask]++
	}
	for pass := range starts {
		start, shift, at := &starts[pass], 32+pass*digits, uint32(0)
		for d, n := range start {
			start[d] = at
			at += n
		}
		for _, r := range all {
			d := ^uint64(r) >> (shift & 63) & mask
			spare[start[d]] = r
			start[d]++
		}
		all, spare = spare, all
	}
	return all
}
