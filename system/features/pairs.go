package features

import "feedloop/system"

// pairs numbers pairs of person and creator in the order in which they are first
// met. Everybody has a table of their own (open addressing, linear probing, at
// most half full): the candidates of a request are looked up in one small place,
// where eight slots share what memory fetches at once.
type pairs struct {
	of    []circle // by person
	count uint32
}

// circle is a person's table.
type circle struct {
	slots []pair
	known int
}

// pair is a slot.
type pair struct {
	creator uint32 // and one; 0 is free
	number  uint32
}

// find returns the number of a pair, or nowhere.
func (p *pairs) find(who system.PersonID, by system.CreatorID) uint32 {
	if int(who) >= len(p.of) || p.of[who].known == 0 {
		return nowhere
	}
	slots := p.of[who].slots
	x := slots[slot(slots, by)]
	if x.creator == 0 {
		return nowhere
	}
	return x.number
}

// add returns the number of a pair, a new one if need be.
func (p *pairs) add(who system.PersonID, by system.CreatorID) uint32 {
	for int(who) >= len(p.of) {
		p.of = append(p.of, circle{})
	}
	c := &p.of[who]
	if 2*c.known >= len(c.slots) {
		c.double()
	}
	x := &c.slots[slot(c.slots, by)]
	if x.creator == 0 {
		*x = pair{uint32(by) + 1, p.count}
		p.count++
		c.known++
	}
	return x.number
}

// slot returns where a creator is or would be. There is a free one.
func slot(slots []pair, by system.CreatorID) int {
	last := uint32(len(slots) - 1)
	i := uint32(by) * 0x9E3779B1 >> 7 & last
	for slots[i].creator != 0 && slots[i].creator != uint32(by)+1 {
		i = (i + 1) & last
	}
	return int(i)
}

func (c *circle) double() {
	old := c.slots
	c.slots = make([]pair, max(16, 2*len(old)))
	for _, x := range old {
		if x.creator != 0 {
			c.slots[slot(c.slots, system.CreatorID(x.creator-1))] = x
		}
	}
}
