package retrieval

// underway are the results of jobs beside the loop that have not ended. The
// event that ends a job brings back its number; numbers are used again.
type underway[T any] struct {
	results []*T
	free    []uint64
}

// add returns the number of a job's result.
func (u *underway[T]) add(result *T) uint64 {
	if n := len(u.free); n > 0 {
		at := u.free[n-1]
		u.free, u.results[at] = u.free[:n-1], result
		return at
	}
	u.results = append(u.results, result)
	return uint64(len(u.results) - 1)
}

// take returns a result whose job has ended, and lets go of it.
func (u *underway[T]) take(at uint64) *T {
	result := u.results[at]
	u.results[at], u.free = nil, append(u.free, at)
	return result
}
