package stream

import "feedloop/sim"

// deadline is a moment of event time at which a pane wants attention.
type deadline struct {
	at     sim.Time
	number uint64 // of the pane; also the order among deadlines of one moment
	slot   int32
}

func (d deadline) before(e deadline) bool {
	return d.at < e.at || d.at == e.at && d.number < e.number
}

// deadlines is a binary heap, the next one first.
type deadlines []deadline

func (h *deadlines) push(d deadline) {
	*h = append(*h, d)
	q := *h
	i := len(q) - 1
	for i > 0 {
		parent := (i - 1) / 2
		if !d.before(q[parent]) {
			break
		}
		q[i] = q[parent]
		i = parent
	}
	q[i] = d
}

func (h *deadlines) pop() deadline {
	q := *h
	top, n := q[0], len(q)-1
	d := q[n]
	q = q[:n]
	*h = q
	i := 0
	for {
		child := 2*i + 1
		if child >= n {
			break
		}
		if child+1 < n && q[child+1].before(q[child]) {
			child++
		}
		if !q[child].before(d) {
			break
		}
		q[i] = q[child]
		i = child
	}
	if n > 0 {
		q[i] = d
	}
	return top
}
