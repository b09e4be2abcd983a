package ann

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"

	"feedloop/sim/num"
)

// A snapshot is little-endian: the magic word, the header, the columns one
// after the other in the order of [HNSW.columns], and the FNV-1a hash of all that.
const magic = "hnsw\x00\x00\x00\x01"

// header is the fixed part of a snapshot; with the heights it gives the length
// of every column.
type header struct {
	Dim, Degree, Breadth uint32
	Version              uint32
	Seed                 uint64
	Nodes                uint32
	Entry                int32
}

const headerSize = 4*4 + 8 + 2*4

// ErrSnapshot is a snapshot that is no index.
var ErrSnapshot = errors.New("no snapshot of an index")

// columns are the arrays that make the index.
func (h *HNSW) columns() []any {
	return []any{h.ids, h.heights, h.dead, h.rows, h.ground, h.upper}
}

// Snapshot returns the index as bytes, for [Restore].
func (h *HNSW) Snapshot() []byte {
	data := h.content()
	return binary.LittleEndian.AppendUint64(data, sum64(data))
}

// Hash returns a hash of everything that the index is: vectors, links,
// deletions, version. Equal seeds and insertions give equal hashes.
func (h *HNSW) Hash() uint64 { return sum64(h.content()) }

func sum64(data []byte) uint64 {
	f := fnv.New64a()
	f.Write(data) // a hash never fails
	return f.Sum64()
}

func (h *HNSW) content() []byte {
	s := h.shape
	fixed := header{
		uint32(s.Dim), uint32(s.Degree), uint32(s.Breadth), h.version, h.seed, uint32(len(h.ids)), h.entry,
	}
	data := []byte(magic)
	for _, column := range append([]any{fixed}, h.columns()...) {
		var err error
		if data, err = binary.Append(data, binary.LittleEndian, column); err != nil {
			panic("ann: a column of fixed size must encode: " + err.Error())
		}
	}
	return data
}

// Restore returns the index that a snapshot holds. It answers and grows as the
// original would have. Bytes that are no whole snapshot, or one of an index
// that cannot be, are [ErrSnapshot].
func Restore(data []byte) (*HNSW, error) {
	if len(data) < len(magic)+headerSize+8 || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("%d bytes without the first words: %w", len(data), ErrSnapshot)
	}
	body, sum := data[:len(data)-8], binary.LittleEndian.Uint64(data[len(data)-8:])
	if sum64(body) != sum {
		return nil, fmt.Errorf("its checksum is another: %w", ErrSnapshot)
	}
	h, err := decode(body[len(magic):])
	if err == nil {
		err = h.sound()
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSnapshot, err)
	}
	return h, nil
}

// decode makes an index of what follows the magic word, which may be anything.
func decode(data []byte) (*HNSW, error) {
	var fixed header
	n := take(data, &fixed)
	data = data[n:]
	shape := Shape{int(fixed.Dim), int(fixed.Degree), int(fixed.Breadth)}
	if err := shape.check(); err != nil {
		return nil, err
	}
	nodes := int(fixed.Nodes)
	perNode := 4 + 1 + 1 + 4*shape.Dim + 4*2*shape.Degree // bytes, the upper links apart
	if nodes > maxNodes || len(data) < nodes*perNode {
		return nil, fmt.Errorf("%d nodes in %d bytes", nodes, len(data))
	}
	h := NewHNSW(shape, fixed.Version, fixed.Seed)
	h.entry = fixed.Entry
	h.ids, h.heights = make([]uint32, nodes), make([]uint8, nodes)
	h.above, h.dead = make([]int32, nodes), make([]bool, nodes)
	h.rows, h.ground = make([]float32, nodes*shape.Dim), make([]int32, nodes*2*shape.Degree)
	n = take(data, h.ids)
	n += take(data[n:], h.heights)
	upper := 0
	for node, height := range h.heights {
		h.above[node] = int32(upper)
		upper += int(min(height, maxHeight)) * shape.Degree
		if nodes*perNode+4*upper > len(data) {
			return nil, fmt.Errorf("%d links above the ground in %d bytes", upper, len(data))
		}
	}
	if nodes*perNode+4*upper != len(data) {
		return nil, fmt.Errorf("%d bytes where %d make %d nodes", len(data), nodes*perNode+4*upper, nodes)
	}
	h.upper = make([]int32, upper)
	for _, column := range []any{h.dead, h.rows, h.ground, h.upper} {
		n += take(data[n:], column)
	}
	return h, nil
}

// take fills a value from the front of data, which is long enough, and returns
// how many bytes that took.
func take(data []byte, value any) int {
	n, err := binary.Decode(data[:binary.Size(value)], binary.LittleEndian, value)
	if err != nil {
		panic("ann: the length of a snapshot was checked: " + err.Error())
	}
	return n
}

// sound says whether the columns make a graph on which every walk is safe, and
// counts the dead.
func (h *HNSW) sound() error {
	n := int32(len(h.ids))
	if h.entry < none || h.entry >= n || (h.entry == none) != (n == 0) {
		return fmt.Errorf("it begins at node %d of %d", h.entry, n)
	}
	for node := range n {
		if node > 0 && h.ids[node] <= h.ids[node-1] {
			return fmt.Errorf("id %d after %d: %w", h.ids[node], h.ids[node-1], ErrOrder)
		}
		if h.heights[node] > h.heights[h.entry] || h.heights[node] > maxHeight {
			return fmt.Errorf("node %d is %d high, the entry %d", node, h.heights[node], h.heights[h.entry])
		}
		if v := h.row(node); !num.Finite(num.Dot(v, v)) {
			return fmt.Errorf("the vector of node %d is not finite", node)
		}
		for level := range int(h.heights[node]) + 1 {
			if err := h.soundLinks(node, level); err != nil {
				return err
			}
		}
		if h.dead[node] {
			h.deaths++
		}
	}
	return nil
}

// soundLinks says whether the links of a node lead to other nodes of the level,
// and nothing follows the last.
func (h *HNSW) soundLinks(node int32, level int) error {
	end := false
	for _, to := range h.links(node, level) {
		switch {
		case to == none:
			end = true
		case end || to < 0 || int(to) >= len(h.ids) || to == node || int(h.heights[to]) < level:
			return fmt.Errorf("node %d has a link to %d on level %d", node, to, level)
		}
	}
	return nil
}
