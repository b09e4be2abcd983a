package num

import "slices"

// Largest moves the k largest words to the front, largest first, and returns them:
// quickselect, linear in all, then a sort of the k.
func Largest[W ~uint64](all []W, k int) []W {
	if k < len(all) {
		divide(all, k)
		all = all[:k]
	}
	slices.Sort(all)
	slices.Reverse(all)
	return all
}

// KthLargest returns the k-th largest of more than k numbers, counted from 1. It
// rearranges them.
func KthLargest(all []float32, k int) float32 {
	divide(all, k)
	return slices.Min(all[:k])
}

// divide rearranges all so that none behind place k is larger than one before.
func divide[W ~uint64 | ~float32](all []W, k int) {
	low, high := 0, len(all)-1
	for low < high {
		pivot := middle(all[low], all[(low+high)/2], all[high])
		i, j := low, high
		for i <= j {
			for all[i] > pivot {
				i++
			}
			for all[j] < pivot {
				j--
			}
			if i <= j {
				all[i], all[j] = all[j], all[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			high = j
		case k >= i:
			low = i
		default:
			return
		}
	}
}

// middle returns the median of three.
func middle[W ~uint64 | ~float32](a, b, c W) W { return max(min(a, b), min(max(a, b), c)) }

// Finite says whether x is neither infinite nor NaN.
func Finite(x float32) bool { return x-x == 0 }
