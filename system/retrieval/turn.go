package retrieval

import (
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

var spacePurpose = rng.NewPurpose("retrieval.fresh_space")

// turn takes both towers to another orientation of the space: as many
// reflections in random directions as it has dimensions, which together are a
// random one (Stewart, 1980). Scores stay, up to rounding; a vector from before
// and one from after have nothing to do with each other.
//
// Simplification: a training from random weights ends in an orientation of its
// own, because no axis of the space means anything. Here training goes on from
// the weights that serve, and the space is turned instead, so that what versions
// have to do with each other can be studied apart from how well they are trained.
// AdaGrad's squares, sums over single axes, stay where they were.
func (w *weights) turn(src rng.Source, training uint64) {
	for n := range uint64(system.Dim) {
		var axis vector
		for i := range axis {
			axis[i] = float32(rng.Normal(src.Uniform(spacePurpose, training, n<<8|uint64(i)), 0, 1))
		}
		num.Normalize(axis[:])
		w.reflect(&axis)
	}
}

// reflect mirrors the space in the plane across an axis of length one.
func (w *weights) reflect(axis *vector) {
	mirror := func(v []float32) { num.Axpy(float32(-2*num.Dot(axis[:], v)), axis[:], v) }
	for p := range w.people {
		mirror(w.people[p][:])
	}
	for c := range w.styles {
		mirror(w.styles[c][:])
	}
	if w.softmax != nil {
		for p := range w.softmax.people {
			mirror(w.softmax.people[p][:])
		}
	}
	columns(&w.content, mirror)
	for p := range w.doubt {
		d := &w.doubt[p]
		for i := range system.Dim {
			mirror(d[i*system.Dim : (i+1)*system.Dim])
		}
		columns(d, mirror)
	}
}

// columns calls f with each column of a square matrix, to be changed.
func columns(m *[system.Dim * system.Dim]float32, f func(v []float32)) {
	var column vector
	for j := range system.Dim {
		for i := range column {
			column[i] = m[i*system.Dim+j]
		}
		f(column[:])
		for i := range column {
			m[i*system.Dim+j] = column[i]
		}
	}
}
