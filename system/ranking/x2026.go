package ranking

import "feedloop/system"

// action is one of the outcomes that X's ranker weighs, and the head that
// predicts it here. Where this surface lacks the action, that is the nearest
// head: the sum over actions is X's, but one head's probability stands for
// several actions, as if each came along with it.
type action struct {
	name   string
	weight float64
	head   system.Head
	lacks  bool // this surface lacks it
	unless bool // it happens when the head does not
}

// actions are X's weights as published in 2026.
var actions = []action{
	{name: "favourite", weight: 0.5, head: system.Like},
	{name: "reply", weight: 5, head: system.Comment},
	{name: "retweet", weight: 1, head: system.Share, lacks: true},
	{name: "share", weight: 2, head: system.Share},
	{name: "share by direct message", weight: 5, head: system.Share, lacks: true},
	{name: "share by copied link", weight: 20, head: system.Share, lacks: true},
	{name: "follow the author", weight: 4, head: system.Follow},
	{name: "click", weight: 0.4, head: system.Play, lacks: true},
	{name: "dwell", weight: 0.004, head: system.LongView},
	{name: "not interested", weight: -43.2, head: system.Hide},
	{name: "mute the author", weight: -58.8, head: system.Hide, lacks: true},
	{name: "block the author", weight: -31.2, head: system.Hide, lacks: true},
	{name: "report", weight: -234, head: system.Report},
	{name: "not dwelled", weight: -0.02, head: system.Play, unless: true},
}

// The sums of X's positive and of its negative weights. The first also counts
// actions that are not in the list above.
const (
	positiveX = 43.32
	negativeX = 367.22
)

// x2026 adds the actions up by head. A weight on what does not happen,
// w (1-p), is the base w and the weight -w.
func x2026() weighting {
	out := weighting{offset: true, positive: positiveX, negative: negativeX}
	for _, a := range actions {
		if a.unless {
			out.base += a.weight
			out.weights[a.head] -= a.weight
		} else {
			out.weights[a.head] += a.weight
		}
	}
	return out
}

// offset keeps every score positive and all that is bad below all that is good:
// what is positive moves up by .001, what is negative is squeezed under that.
func offset(c, positive, negative float32) float32 {
	const step = 0.001
	if c >= 0 {
		return c + step
	}
	return (c + negative) / (positive + negative) * step
}
