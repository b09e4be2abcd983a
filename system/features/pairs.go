package features

// pairs numbers pairs of ids in the order in which they are first met: an
// open-addressing hash table with linear probing, at most half full.
type pairs struct {
	keys  []uint64 // key + 1; 0 is free
	rows  []uint32
	count uint32
}

// slot returns where a key is or would be.
func (p *pairs) slot(key uint64) int {
	h := (key ^ key>>31) * 0x9E3779B97F4A7C15
	i := int(h >> 32 & uint64(len(p.keys)-1))
	for p.keys[i] != 0 && p.keys[i] != key+1 {
		i = (i + 1) & (len(p.keys) - 1)
	}
	return i
}

// at returns the number of the pair that a slot holds.
func (p *pairs) at(slot int) (uint32, bool) { return p.rows[slot], p.keys[slot] != 0 }

// add returns the number of a pair, a new one if need be.
func (p *pairs) add(key uint64) uint32 {
	if 2*int(p.count) >= len(p.keys) {
		p.double()
	}
	i := p.slot(key)
	if p.keys[i] == 0 {
		p.keys[i], p.rows[i] = key+1, p.count
		p.count++
	}
	return p.rows[i]
}

// empty forgets all pairs and keeps the room.
func (p *pairs) empty() {
	clear(p.keys)
	p.count = 0
}

func (p *pairs) double() {
	old := *p
	size := max(1024, 2*len(old.keys))
	p.keys, p.rows = make([]uint64, size), make([]uint32, size)
	for i, key := range old.keys {
		if key != 0 {
			j := p.slot(key - 1)
			p.keys[j], p.rows[j] = key, old.rows[i]
		}
	}
}
