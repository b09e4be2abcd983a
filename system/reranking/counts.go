package reranking

// Counts says what became of every candidate. At any moment
//
//	Candidates = sum of Dropped + Unselected + Placed + Left
type Counts struct {
	// Pages that were arranged; Short of them have fewer posts than were asked
	// for, because not enough were left.
	Pages, Short uint64
	Candidates   uint64
	Dropped      [Filters]uint64
	Unselected   uint64 // no filter dropped them, but enough others had higher scores
	Placed, Left uint64
}

// Balanced tells whether every candidate is accounted for.
func (c Counts) Balanced() bool { return c.Candidates == c.Filtered()+c.Unselected+c.Placed+c.Left }

// Filtered is the number of candidates that some filter dropped.
func (c Counts) Filtered() uint64 {
	sum := uint64(0)
	for _, n := range c.Dropped {
		sum += n
	}
	return sum
}
