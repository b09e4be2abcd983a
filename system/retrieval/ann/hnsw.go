package ann

import (
	"errors"
	"fmt"
	"slices"

	"feedloop/sim/num"
	"feedloop/sim/rng"
)

// HNSW is an approximate index of vectors: a hierarchical navigable small world
// (Malkov and Yashunin, 2018). Every vector is a node of a graph that links it
// to vectors near it, in several directions; a search walks from neighbour to
// neighbour towards the query. A few nodes are also in a sparser graph above,
// fewer still in one above that, and there the search begins:
//
//	level 2   o-----------------------o          1/M of those below
//	level 1   o-------o-------o-------o---o      1/M of all
//	level 0   o-o-o-o-o-o-o-o-o-o-o-o-o-o-o-o    everything
//
// Nearness is the scalar product. Rows should have one length: then the largest
// product, the largest cosine and the smallest distance are the same neighbour,
// and the graph is as good as its authors promise. Vectors of different lengths
// can be given one length by a number more.
//
// The graph is a function of seed, shape, and the vectors in the order of their
// insertion: the height of a node is a hash of its id, equal products are
// decided by id, and there is no map and no goroutine in it. It is not safe for
// concurrent use: even a search writes, into scratch space that it keeps.
type HNSW struct {
	shape   Shape
	version uint32 // of the towers that made the vectors
	seed    uint64 // of the nodes' heights
	source  rng.Source

	// Nodes, by their number, which is their rank by id.
	ids     []uint32
	rows    []float32 // row-major, nodes x shape.Dim
	heights []uint8   // the highest level that a node is in
	dead    []bool
	deaths  int

	// Links, nearest first when they were chosen; none pads a list to its full length.
	ground []int32 // level 0: node n has 2M of them, from n*2M
	upper  []int32 // level l of node n has M of them, from above[n]+(l-1)*M
	above  []int32

	entry int32 // a node of the highest level; none in an empty index

	scratch
}

// Shape is what an [HNSW] is built for.
type Shape struct {
	Dim     int // numbers in a vector
	Degree  int // M: links that a node makes on each level; it keeps up to 2M on level 0
	Breadth int // efConstruction: how many near nodes an insertion looks at to choose its links from
}

// none is the link that is not there.
const none = -1

// Limits of an index; those of a height and of nodes keep every sum of links
// within an int32.
const (
	maxDim     = 1 << 16
	maxDegree  = 1 << 10
	maxBreadth = 1 << 20
	maxHeight  = 31
	maxNodes   = 1 << 28
)

// heightOf is the purpose of the draws of heights.
var heightOf = rng.NewPurpose("retrieval.hnsw_height")

// DefaultShape returns M 16 and efConstruction 200, the values of hnswlib.
func DefaultShape(dim int) Shape { return Shape{Dim: dim, Degree: 16, Breadth: 200} }

// NewHNSW returns an empty index for vectors made by a version of the towers.
// It panics when the shape cannot be.
func NewHNSW(s Shape, version uint32, seed uint64) *HNSW {
	if err := s.check(); err != nil {
		panic("ann: " + err.Error())
	}
	return &HNSW{shape: s, version: version, seed: seed, source: rng.New(seed, 0), entry: none}
}

// check says what is wrong with a shape.
func (s Shape) check() error {
	if s.Dim < 1 || s.Dim > maxDim || s.Degree < 2 || s.Degree > maxDegree || s.Breadth < 1 || s.Breadth > maxBreadth {
		return fmt.Errorf("an index of %d numbers, degree %d and breadth %d; want 1 to %d, 2 to %d, 1 to %d",
			s.Dim, s.Degree, s.Breadth, maxDim, maxDegree, maxBreadth)
	}
	return nil
}

// Errors of an index.
var (
	// ErrVersion is a question in the space of other towers than the index's.
	ErrVersion = errors.New("vector and index come from different versions of the towers")
	// ErrVector is a vector that an index cannot hold or answer.
	ErrVector = errors.New("no vector of this index")
	// ErrOrder is an id that is not above all before it.
	ErrOrder = errors.New("ids must rise")
)

// Len returns how many vectors there are, the deleted ones included.
func (h *HNSW) Len() int { return len(h.ids) }

// Deleted returns how many of them are deleted, and only waste time until the
// index is rebuilt.
func (h *HNSW) Deleted() int { return h.deaths }

// Version returns the version of the towers that the index was made for.
func (h *HNSW) Version() uint32 { return h.version }

// Insert adds a vector under an id above all ids before. A search finds it at once.
func (h *HNSW) Insert(id uint32, v []float32) error {
	if n := len(h.ids); n > 0 && id <= h.ids[n-1] {
		return fmt.Errorf("insert %d after %d: %w", id, h.ids[n-1], ErrOrder)
	}
	if err := h.fits(v); err != nil {
		return fmt.Errorf("insert %d: %w", id, err)
	}
	if len(h.ids) == maxNodes {
		return fmt.Errorf("insert %d: the index is full with %d vectors", id, maxNodes)
	}
	node := h.add(id, v)
	height := int(h.heights[node])
	if h.entry == none {
		h.entry = node
		return nil
	}
	top := int(h.heights[h.entry])
	near := h.descend(v, top, height)
	for level := min(top, height); level >= 0; level-- {
		h.walk(v, near, level, h.shape.Breadth, nil)
		near = h.beam.best().node()
		h.join(node, level)
	}
	if height > top {
		h.entry = node
	}
	return nil
}

// add makes a node without links.
func (h *HNSW) add(id uint32, v []float32) int32 {
	node, height := int32(len(h.ids)), h.height(id)
	h.ids = append(h.ids, id)
	h.rows = append(h.rows, v...)
	h.heights = append(h.heights, height)
	h.dead = append(h.dead, false)
	h.above = append(h.above, int32(len(h.upper)))
	h.ground = appendNone(h.ground, 2*h.shape.Degree)
	h.upper = appendNone(h.upper, int(height)*h.shape.Degree)
	return node
}

func appendNone(links []int32, n int) []int32 {
	for range n {
		links = append(links, none)
	}
	return links
}

// height draws the highest level of a node: at least l with probability M^-l,
// which is the paper's floor(-ln(u) mL) with mL = 1/ln M.
func (h *HNSW) height(id uint32) uint8 {
	u, height := h.source.Uniform(heightOf, uint64(id), 0), uint8(0)
	for u *= float64(h.shape.Degree); u < 1 && height < maxHeight; u *= float64(h.shape.Degree) {
		height++
	}
	return height
}

// links returns the neighbours of a node on a level, [none] behind the last.
func (h *HNSW) links(node int32, level int) []int32 {
	if m := 2 * h.shape.Degree; level == 0 {
		return h.ground[int(node)*m:][:m:m]
	}
	m := h.shape.Degree
	return h.upper[int(h.above[node])+(level-1)*m:][:m:m]
}

// row returns the vector of a node.
func (h *HNSW) row(node int32) []float32 {
	return h.rows[int(node)*h.shape.Dim:][:h.shape.Dim]
}

// Delete marks the vector of an id as gone and says whether it was there. Its
// node stays as a stepping stone for searches, which no longer return it.
func (h *HNSW) Delete(id uint32) bool {
	node, ok := slices.BinarySearch(h.ids, id)
	if !ok || h.dead[node] {
		return false
	}
	h.dead[node] = true
	h.deaths++
	return true
}

// Rebuilt returns a new index of the vectors that are not deleted.
func (h *HNSW) Rebuilt() *HNSW {
	fresh := NewHNSW(h.shape, h.version, h.seed)
	for node, id := range h.ids {
		if h.dead[node] {
			continue
		}
		if err := fresh.Insert(id, h.row(int32(node))); err != nil {
			panic("ann: what an index holds must fit another: " + err.Error())
		}
	}
	return fresh
}

// fits says whether a vector has the index's dimension and only finite numbers.
func (h *HNSW) fits(v []float32) error {
	if len(v) != h.shape.Dim {
		return fmt.Errorf("%d numbers where the index has %d: %w", len(v), h.shape.Dim, ErrVector)
	}
	if squares := num.Dot(v, v); !num.Finite(squares) { // and so every product, by Cauchy and Schwarz
		return fmt.Errorf("its square is %v: %w", squares, ErrVector)
	}
	return nil
}
