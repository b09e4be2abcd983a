package features

// pairs numbers pairs of ids in the order in which they are first met: an
// open-addressing hash table with linear probing, at most half full.
type pairs struct {
	slots []pair
	count uint32
}

// pair is a slot: key and number side by side, so that a look-up waits for
// memory once.
type pair struct {
	key    uint64 // and one; 0 is free
	number uint32
}

// slot returns where a key is or would be.
func (p *pairs) slot(key uint64) int {
	h := (key ^ key>>31) * 0x9E3779B97F4A7C15
	i := int(h >> 32 & uint64(len(p.slots)-1))
	for p.slots[i].key != 0 && p.slots[i].key != key+1 {
		i = (i + 1) & (len(p.slots) - 1)
	}
	return i
}

// at returns the number of the pair that a slot holds.
func (p *pairs) at(slot int) (uint32, bool) {
	return p.slots[slot].number, p.slots[slot].key != 0
}

// add returns the number of a pair, a new one if need be.
func (p *pairs) add(key uint64) uint32 {
	if 2*int(p.count) >= len(p.slots) {
		p.double()
	}
	i := p.slot(key)
	if p.slots[i].key == 0 {
		p.slots[i] = pair{key + 1, p.count}
		p.count++
	}
	return p.slots[i].number
}

// empty forgets all pairs and keeps the room that they took.
func (p *pairs) empty() {
	clear(p.slots)
	p.count = 0
}

func (p *pairs) double() {
	old := p.slots
	p.slots = make([]pair, max(1024, 2*len(old)))
	for _, x := range old {
		if x.key != 0 {
			p.slots[p.slot(x.key-1)] = x
		}
	}
}
