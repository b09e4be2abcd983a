package ranking

import "feedloop/system"

// lesson is what one pass learns from: examples, and how they are to be read.
type lesson struct {
	system.Examples
	take sampling
	// watch is what the watch head aims at, by row, 0 to 1; nil without the head.
	watch []float32
	// looked is the chance that a position was looked at; nil takes every example
	// for an impression that somebody met.
	looked *examination
}

// slope turns the predictions p for row i into the gradient of the log-loss by
// the logits: what was predicted less what came true, and zero for a head whose
// negative was not sampled.
func (l *lesson) slope(p []float32, i int, counted system.Labels) {
	e := &l.Rows[i]
	for h := range p[:heads] {
		switch {
		case !counted.Has(system.Head(h)):
			p[h] = 0
		case e.Labels.Has(system.Head(h)):
			p[h]--
		case l.looked != nil:
			p[h] = l.looked.blame(p[h], e.Position)
		}
	}
	if len(p) > heads {
		if l.looked != nil && e.Watch == 0 {
			p[heads] = 0 // nobody may have looked: it says nothing of the watch
			return
		}
		p[heads] -= l.watch[i]
	}
}

// counted returns the heads for which row i counts, and whether it counts at
// all.
func (l *lesson) counted(i int) (system.Labels, bool) {
	counted := l.take.of(&l.Rows[i])
	return counted, counted != 0 || l.watch != nil
}

// slice returns rows i to j.
func (l *lesson) slice(i, j int) *lesson {
	part := *l
	part.Examples = l.Slice(i, j)
	if l.watch != nil {
		part.watch = l.watch[i:j]
	}
	return &part
}
