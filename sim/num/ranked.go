package num

import "math"

// Ordinal turns a score into a word that orders as scores do. The bits of a float
// order like an integer once the sign is turned over, and for negative numbers all
// other bits too. A score that is not a number comes last.
func Ordinal(score float32) uint32 {
	bits := math.Float32bits(score + 0) // -0 + 0 is 0
	bits ^= uint32(int32(bits)>>31) | 1<<31
	if score != score {
		bits = 0
	}
	return bits
}

// FromOrdinal is the inverse of [Ordinal] where the score is a number.
func FromOrdinal(word uint32) float32 {
	return math.Float32frombits(word ^ (^uint32(int32(word)>>31) | 1<<31))
}

// Ranked is an id with its score in one word that orders as they do: the higher
// score is the larger word, and of equal scores the lower id. Selection then
// compares integers, and ties are the same everywhere.
type Ranked uint64

// Rank packs a score and an id.
func Rank(score float32, id uint32) Ranked {
	return Ranked(uint64(Ordinal(score))<<32 | uint64(^id))
}

// ID returns what was ranked.
func (r Ranked) ID() uint32 { return ^uint32(r) }

// Score returns the score that it was ranked by.
func (r Ranked) Score() float32 { return FromOrdinal(uint32(r >> 32)) }

// Ties tells whether both have the same score.
func (r Ranked) Ties(other Ranked) bool { return r>>32 == other>>32 }

// digits is how many bits of a score a pass of [ByScore] sorts by.
const digits = 8

// ByScore sorts what stands in ascending order of id, best first, and returns
// it in one of two arrays of equal length. It is a radix sort, four stable
// passes over the bits of the score: where most of a long list is wanted, it takes
// a third of the time of comparisons, which guess wrong at every second step.
func ByScore(all, spare []Ranked) []Ranked {
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
