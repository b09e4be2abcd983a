package offline

// directory numbers entities in the order in which they are first met: an
// open-addressing hash table with linear probing, at most half full.
type directory struct {
	slots []entry
	count uint32
}

// entry is a slot: key and number side by side, so that a look-up waits for
// memory once.
type entry struct {
	key    uint64 // and one; 0 is free
	number uint32
}

// slot returns where a key is or would be.
func (d *directory) slot(key uint64) int {
	h := (key ^ key>>31) * 0x9E3779B97F4A7C15
	i := int(h >> 32 & uint64(len(d.slots)-1))
	for d.slots[i].key != 0 && d.slots[i].key != key+1 {
		i = (i + 1) & (len(d.slots) - 1)
	}
	return i
}

// at returns the number of the entity that a slot holds.
func (d *directory) at(slot int) (uint32, bool) {
	return d.slots[slot].number, d.slots[slot].key != 0
}

// add returns the number of an entity, a new one if need be.
func (d *directory) add(key uint64) uint32 {
	if 2*int(d.count) >= len(d.slots) {
		d.double()
	}
	i := d.slot(key)
	if d.slots[i].key == 0 {
		d.slots[i] = entry{key + 1, d.count}
		d.count++
	}
	return d.slots[i].number
}

// empty forgets all entities and keeps the room that they took.
func (d *directory) empty() {
	clear(d.slots)
	d.count = 0
}

func (d *directory) double() {
	old := d.slots
	d.slots = make([]entry, max(1024, 2*len(old)))
	for _, x := range old {
		if x.key != 0 {
			d.slots[d.slot(x.key-1)] = x
		}
	}
}
