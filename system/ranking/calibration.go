package ranking

import (
	"math"

	"feedloop/sim/num"
)

// Calibration is a way to make probabilities mean what they say.
type Calibration string

// The ways.
const (
	Raw          Calibration = "raw"      // nothing: with sampled negatives every head promises too much
	Uncalibrated Calibration = "none"     // the correction for sampled negatives and no more
	Platt        Calibration = "platt"    // a straight line through the log-odds, by head, fitted on held-out rows
	Isotonic     Calibration = "isotonic" // a rising curve in the line's place
)

// Values lists the ways.
func (Calibration) Values() []string {
	return []string{string(Raw), string(Uncalibrated), string(Platt), string(Isotonic)}
}

// most is the highest number of outputs: the probabilities and the watch.
const most = heads + 1

// layer maps the log-odds of every output: slope z + offset (Platt, 1999), or a
// curve. It cannot change the order of candidates under one head, but it does
// change what one head is worth against another, which the value model depends
// on.
type layer struct {
	on            bool
	slope, offset [most]float32
	curves        [most]curve // an empty one leaves it to the line
	remembered    float64     // rows that it rests on, the older the less they count
}

// newLayer returns the layer that undoes negative sampling and nothing else.
func newLayer(negatives float64) layer {
	l := layer{on: negatives != 1}
	for h := range most {
		l.slope[h] = 1
	}
	for h := range heads { // the watch has no negatives
		l.offset[h] = float32(num.Log(negatives))
	}
	return l
}

// apply maps rows of log-odds, each of so many outputs.
func (l *layer) apply(z []float32, outputs int) {
	if !l.on {
		return
	}
	for i := 0; i < len(z); i += outputs {
		row := z[i : i+outputs]
		for h, x := range row {
			row[h] = l.at(h, x)
		}
	}
}

// at maps the log-odds of output h.
func (l *layer) at(h int, z float32) float32 {
	if len(l.curves[h].x) > 0 {
		return l.curves[h].at(z)
	}
	return float32(l.slope[h]*z) + l.offset[h]
}

// forgotten is the share of the rows behind a layer that a training forgets.
const forgotten = 0.1

// remember tells the layer that n rows more have been fitted.
func (l *layer) remember(n int) { l.remembered = (1 - forgotten) * (l.remembered + float64(n)) }

// prior is the certainty, in examples' worth of information, with which a head
// is believed to be calibrated: a head without positives keeps its line.
const prior = 10

// fit finds the line or the curve of output h that makes the labels y most
// likely, given log-odds z of rows that the model has not learned from. One
// training has too few rows for a rare head, so each label is mixed with what the
// layer said before, as often as there are rows behind it: those are the rows
// that it remembers.
func (l *layer) fit(way Calibration, h int, z, y []float64) {
	l.on = true
	said, often := make([]float64, len(z)), l.remembered/float64(len(z))
	for i, x := range z {
		said[i] = num.Sigmoid(float64(l.at(h, float32(x))))
		y[i] = (y[i] + float64(often*said[i])) / (1 + often)
	}
	if way == Isotonic {
		l.curves[h] = isotonic(z, y, said)
		return
	}
	slope, offset := float64(l.slope[h]), float64(l.offset[h])
	a, b := slope, offset
	for range 30 {
		da, db := newton(z, y, a, b, a-slope, b-offset)
		a, b = a+da, b+db
		if math.Abs(da)+math.Abs(db) < 1e-6 {
			break
		}
	}
	l.slope[h], l.offset[h] = float32(a), float32(b)
}

// newton returns one step of Newton's method on the log-loss of the line a z + b,
// with the prior pulling it back by how far it has gone. Steps are bounded:
// far out the loss is flat, and a parabola is a bad guess.
func newton(z, y []float64, a, b, goneA, goneB float64) (da, db float64) {
	ga, gb := prior*goneA, prior*goneB
	haa, hab, hbb := float64(prior), 0.0, float64(prior)
	for i, x := range z {
		p := num.Sigmoid(float64(a*x) + b)
		g, w := p-y[i], p*(1-p)
		ga += float64(g * x)
		gb += g
		haa += float64(float64(w*x) * x)
		hab += float64(w * x)
		hbb += w
	}
	det := float64(haa*hbb) - float64(hab*hab)
	da = -(float64(hbb*ga) - float64(hab*gb)) / det
	db = -(float64(haa*gb) - float64(hab*ga)) / det
	return min(max(da, -1), 1), min(max(db, -1), 1)
}

// hash continues a hash over the layer; one that is off leaves it alone.
func (l *layer) hash(h uint64) uint64 {
	if !l.on {
		return h
	}
	h = fold(fold(h, l.slope[:]), l.offset[:])
	for i := range l.curves {
		h = fold(fold(h, l.curves[i].x), l.curves[i].y)
	}
	return h
}
