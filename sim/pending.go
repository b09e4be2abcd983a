package sim

// Pending is what events that are to come are about. An event carries two numbers and no pointer, so that a million
// of them are cheap to keep in order; what its handler needs waits here under one of the numbers. Numbers are used
// again, so that there is room for as many as wait at once and no more. The zero value is empty.
type Pending[T any] struct {
	waiting []T
	free    []uint32
}

// Add keeps x and returns its number.
func (p *Pending[T]) Add(x T) uint32 {
	n := len(p.free)
	if n == 0 {
		p.waiting = append(p.waiting, x)
		return uint32(len(p.waiting) - 1)
	}
	number := p.free[n-1]
	p.free, p.waiting[number] = p.free[:n-1], x
	return number
}

// Take returns what waits under a number and lets go of it.
func (p *Pending[T]) Take(number uint32) T {
	var none T
	x := p.waiting[number]
	p.waiting[number], p.free = none, append(p.free, number)
	return x
}

// Len is how many wait.
func (p *Pending[T]) Len() int { return len(p.waiting) - len(p.free) }
