package stream

import "fmt"

// Coordinator keeps what a group agrees on: who its members are, which
// partitions each reads, and how far they have come. It knows no clock and no
// records.
//
// Every change of membership starts a generation. Whoever speaks for an older
// one, or for a partition that is not theirs, is refused: that is the fencing
// which keeps a member that was taken for dead from undoing what its successors
// did.
type Coordinator struct {
	generation int
	members    []bool  // by number: whether it belongs to the group now
	owner      []int   // by partition; nobody is -1
	committed  []int64 // by partition: the offset of the next record to read
	// Fenced counts refused commits.
	Fenced uint64
}

// NewCoordinator returns the coordinator of a group whose members have all
// joined.
func NewCoordinator(partitions, members int) *Coordinator {
	c := &Coordinator{members: make([]bool, members), owner: make([]int, partitions), committed: make([]int64, partitions)}
	for m := range c.members {
		c.members[m] = true
	}
	c.assign()
	return c
}

// Generation is the number of the present assignment, from 1.
func (c *Coordinator) Generation() int { return c.generation }

// Owner is the member that reads a partition; -1 when there is no member.
func (c *Coordinator) Owner(part int) int { return c.owner[part] }

// Committed is the offset of a partition that the next owner starts from.
func (c *Coordinator) Committed(part int) int64 { return c.committed[part] }

// Set makes a number a member of the group, or takes it out, and tells whether
// that changed anything; if so there is a new generation.
func (c *Coordinator) Set(member int, joined bool) bool {
	if c.members[member] == joined {
		return false
	}
	c.members[member] = joined
	c.assign()
	return true
}

// Member tells whether a number belongs to the group.
func (c *Coordinator) Member(member int) bool { return c.members[member] }

// assign divides the partitions into consecutive ranges, one a member in order
// of number, of which the first are longer by one where it does not come out
// even (Kafka's range assignor).
func (c *Coordinator) assign() {
	c.generation++
	var present []int
	for m, joined := range c.members {
		if joined {
			present = append(present, m)
		}
	}
	if len(present) == 0 {
		for part := range c.owner {
			c.owner[part] = -1
		}
		return
	}
	each, more := len(c.owner)/len(present), len(c.owner)%len(present)
	part := 0
	for i, m := range present {
		n := each
		if i < more {
			n++
		}
		for range n {
			c.owner[part] = m
			part++
		}
	}
}

// Commit notes how far a member has come with a partition, if it may speak for
// it. A commit never moves back.
func (c *Coordinator) Commit(member, generation, part int, offset int64) error {
	if generation != c.generation || c.owner[part] != member {
		c.Fenced++
		return fmt.Errorf("member %d of generation %d does not own partition %d in generation %d",
			member, generation, part, c.generation)
	}
	c.committed[part] = max(c.committed[part], offset)
	return nil
}
