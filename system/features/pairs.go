package features

import "feedloop/system"

// pairs numbers pairs of person and creator in the order in which they are first
// met. Everybody has a table of their own (open addressing, linear probing, at
// most half full): the candidates of a request are looked up in one small place,
// where eight slots share what memory fetches at once.
type pairs struct {
	of    []circle // by person
	count uint32
	laid  []uint32 // by creator and one: the number and one, of the person being described
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

// findAll sets numbers to those of a person's pairs with creators, or nowhere. It
// walks over the person's whole table, in order, and lays the numbers out by
// creator: looked up one by one, each would wait for memory, and where the search
// ends would be guessed wrongly.
func (p *pairs) findAll(numbers []uint32, who system.PersonID, creators []uint32) {
	var slots []pair
	if int(who) < len(p.of) {
		slots = p.of[who].slots
	}
	for _, x := range slots {
		p.laid[x.creator] = x.number + 1 // those that are free lie at 0
	}
	for i, by := range creators {
		numbers[i] = nowhere
		if int(by)+1 < len(p.laid) {
			numbers[i] = p.laid[by+1] - 1 // 0 becomes nowhere
		}
	}
	for _, x := range slots {
		p.laid[x.creator] = 0
	}
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
		for len(p.laid) <= int(by)+1 {
			p.laid = append(p.laid, 0)
		}
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
