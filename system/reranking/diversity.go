package reranking

import (
	"math"
	"slices"

	"feedloop/sim/num"
	"feedloop/system"
)

// A spreader scores what a candidate would add to those already placed.
type spreader interface {
	// begin starts a page: relevance by row, 0 to 1, and how similar rows are. Both
	// are read until the page is done.
	begin(relevance []float32, s similarity)
	// gain is what the row adds at a relevance, which may be less than the one it
	// began with; ok is false where it adds nothing that can be told from
	// rounding.
	gain(row int32, relevance float32) (gain float32, ok bool)
	// placed tells that a row has a slot.
	placed(row int32)
}

// A similarity of rows is -1 to 1.
type similarity interface {
	// to returns that of every row to one, valid until the next call.
	to(row int32) []float32
	// self is that of a row to itself.
	self(row int32) float32
}

// contents are the content embeddings of all rows; the cosine is their similarity.
type contents struct {
	rows     []float32 // row-major, rows x system.Dim
	products []float32
}

func (c *contents) row(i int32) []float32 { return c.rows[int(i)*system.Dim:][:system.Dim] }

func (c *contents) self(row int32) float32 { return num.Dot(c.row(row), c.row(row)) }

func (c *contents) to(row int32) []float32 {
	n := len(c.rows) / system.Dim
	c.products = slices.Grow(c.products[:0], n)[:n]
	num.DotRows(c.products, c.rows, system.Dim, c.row(row))
	return c.products
}

// mmr is maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998):
// lambda x relevance - (1 - lambda) x the similarity to the nearest row placed.
type mmr struct {
	lambda     float32
	similarity similarity
	nearest    []float32
	some       bool
}

func (m *mmr) begin(relevance []float32, s similarity) {
	m.similarity, m.some = s, false
	m.nearest = append(m.nearest[:0], relevance...)
	for i := range m.nearest {
		m.nearest[i] = float32(math.Inf(-1))
	}
}

func (m *mmr) gain(row int32, relevance float32) (float32, bool) {
	g := m.lambda * relevance
	if m.some {
		g -= float32((1 - m.lambda) * m.nearest[row])
	}
	return g, true
}

func (m *mmr) placed(row int32) {
	m.some = true
	for i, s := range m.similarity.to(row) {
		m.nearest[i] = max(m.nearest[i], s)
	}
}

// dpp is the greedy maximum a posteriori of a determinantal point process with
// kernel r_i s_ij r_j (Chen et al., NeurIPS 2018): each slot goes to the row
// that multiplies the determinant of the rows placed most. The factor is the
// squared diagonal of an incremental Cholesky factor, kept for every row.
type dpp struct {
	weight     func(relevance float32) float32 // r of a relevance
	relevance  []float32
	r          []float32
	similarity similarity
	alone      []float32   // the factor that row i would bring to an empty page
	squares    []float32   // d_i^2: the factor that row i would bring
	factors    [][]float32 // c_i: row i of the Cholesky factor so far
}

// negligible is the share of what a row would bring alone that rounding may have
// left where there is nothing. It is a thousand times the precision of a float32,
// because every row placed that brings little makes the rounding of the others
// larger.
const negligible = 1e-4

func (d *dpp) begin(relevance []float32, s similarity) {
	d.relevance, d.similarity = relevance, s
	d.r, d.alone = d.r[:0], d.alone[:0]
	for i, x := range relevance {
		r := d.weight(x)
		d.r = append(d.r, r)
		d.alone = append(d.alone, float32(r*r)*s.self(int32(i)))
		if i == len(d.factors) {
			d.factors = append(d.factors, nil)
		}
		d.factors[i] = d.factors[i][:0]
	}
	d.squares = append(d.squares[:0], d.alone...)
}

// adds tells whether a row would bring anything that can be told from rounding.
func (d *dpp) adds(row int32) bool { return d.squares[row] > float32(negligible*d.alone[row]) }

func (d *dpp) gain(row int32, relevance float32) (float32, bool) {
	g := d.squares[row]
	if relevance != d.relevance[row] {
		lowered := d.weight(relevance) / d.r[row]
		g *= float32(lowered * lowered)
	}
	return g, d.adds(row)
}

// placed leaves all others as they are where the row is a mixture of those
// placed before: exploration, or a slot for which nothing else was far enough
// from its author, may put one on the page.
func (d *dpp) placed(row int32) {
	if !d.adds(row) {
		d.squares[row] = 0
		return
	}
	root := float32(math.Sqrt(float64(d.squares[row])))
	placed := d.factors[row]
	for i, s := range d.similarity.to(row) {
		if int32(i) == row {
			continue
		}
		kernel := float32(d.r[i]*d.r[row]) * s
		e := (kernel - num.Dot(placed, d.factors[i][:len(placed)])) / root
		d.factors[i] = append(d.factors[i], e)
		d.squares[i] -= float32(e * e)
	}
	d.factors[row] = append(d.factors[row], root)
	d.squares[row] = 0
}
