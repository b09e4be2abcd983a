package ranking

import (
	"encoding/binary"
	"hash/fnv"

	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/system"
)

// Value says what each predicted outcome is worth: what the feed is for. It is
// set apart from the model, so changing it needs no training.
type Value struct {
	// Preset names a set of weights, in score per unit of probability: clicks,
	// watch-time, balanced, x-2026, satisfaction-survey, quality, or, with weights
	// learned from how visits end, session-length or retention. Default balanced.
	Preset Preset `yaml:"preset"`
	// Play, if given, replaces the preset's weight of a play: watched for more
	// than 7 s, or whole. 0 leaves the head out.
	Play *float64 `yaml:"play,omitempty"`
	// LongView, if given, replaces the preset's weight of a long view: watched for
	// 18 s, or whole.
	LongView *float64 `yaml:"long_view,omitempty"`
	// Like, if given, replaces the preset's weight of a like.
	Like *float64 `yaml:"like,omitempty"`
	// Comment, if given, replaces the preset's weight of a comment.
	Comment *float64 `yaml:"comment,omitempty"`
	// Share, if given, replaces the preset's weight of a share.
	Share *float64 `yaml:"share,omitempty"`
	// Follow, if given, replaces the preset's weight of following the creator.
	Follow *float64 `yaml:"follow,omitempty"`
	// Hide, if given, replaces the preset's weight of a hide, which is negative
	// in all of them.
	Hide *float64 `yaml:"hide,omitempty"`
	// Report, if given, replaces the preset's weight of a report, which is
	// negative like that of a hide.
	Report *float64 `yaml:"report,omitempty"`
	// Watch, if given, replaces the preset's weight of the expected watch, in score
	// from 0 to 1 on the scale of watch.label. With any but 0 the head is learned.
	Watch *float64 `yaml:"watch,omitempty"`
}

// explicit returns the weights that are given, by output; nil is the preset's.
func (v Value) explicit() [most]*float64 {
	return [most]*float64{
		system.Play: v.Play, system.LongView: v.LongView, system.Like: v.Like, system.Comment: v.Comment,
		system.Share: v.Share, system.Follow: v.Follow, system.Hide: v.Hide, system.Report: v.Report,
		watch: v.Watch,
	}
}

// watch is the output of the watch head.
const watch = heads

// watches tells whether the expected watch is worth something.
func (v Value) watches() bool {
	if v.Watch != nil {
		return *v.Watch != 0
	}
	return presets[v.Preset].weights[watch] != 0
}

// named returns the name of an output's weight.
func named(output int) string {
	if output == watch {
		return "watch"
	}
	return system.Head(output).String()
}

func (v Value) check() error {
	var c sim.Check
	p, known := presets[v.Preset]
	c.That(known, "preset", v.Preset,
		"clicks, watch-time, balanced, x-2026, satisfaction-survey, quality, session-length or retention")
	weighty := false
	for h, w := range v.explicit() {
		if w == nil {
			w = &p.weights[h]
		}
		weighty = weighty || *w != 0
		c.That(*w >= -1e6 && *w <= 1e6, named(h), *w, "-1,000,000 to 1,000,000")
	}
	c.That(!known || weighty, "", "0 everywhere", "at least one head with a weight")
	return c.Err()
}

// valuation is the value model as it runs: base + sum of weights by
// probabilities, and the offset rule if it is on.
type valuation struct {
	weights            [most]float32
	base               float32
	offset             bool
	positive, negative float32
}

// Aims tells whether weights are learned from how visits end.
func (v Value) Aims() bool { return presets[v.Preset].aim != nil }

// valuation resolves the preset, what its aim has learned, and the weights that
// replace its own.
func (v Value) valuation(learned *surrogate) valuation {
	p := presets[v.Preset]
	if p.aim != nil {
		learned.weigh(&p.weights)
	}
	for h, w := range v.explicit() {
		if w != nil {
			p.positive += max(*w, 0) - max(p.weights[h], 0)
			p.negative += max(-*w, 0) - max(-p.weights[h], 0)
			p.weights[h] = *w
		}
	}
	out := valuation{
		base: float32(p.base), offset: p.offset, positive: float32(p.positive), negative: float32(p.negative),
	}
	for h, w := range p.weights {
		out.weights[h] = float32(w)
	}
	return out
}

// among returns the valuation without the heads that are not among those met. A
// model knows of an outcome that has never come true only that it is rare, and
// what it says of one candidate against another is noise, which a large weight
// would turn into the order of the page.
func (v valuation) among(met system.Labels) valuation {
	for h := range system.Heads {
		if !met.Has(h) {
			v.weights[h] = 0
		}
	}
	return v
}

// version names the value model by what it says: the same weights have the same
// version in every world and run, whatever model they are applied to. It is never 0.
func (v *valuation) version() uint32 {
	h := fnv.New32a()
	numbers := append(v.weights[:], v.base, v.positive, v.negative)
	if !v.offset {
		numbers = numbers[:most+1]
	}
	for _, x := range numbers {
		_ = binary.Write(h, binary.LittleEndian, x) // a hash takes all there is
	}
	return max(h.Sum32(), 1)
}

// score sets dst to the values of n rows of predictions, each of so many outputs.
func (v *valuation) score(dst, predictions []float32, n, outputs int) {
	num.MatMul(dst, predictions, v.weights[:outputs], n, outputs, 1)
	if v.base == 0 && !v.offset {
		return
	}
	for i, c := range dst {
		c += v.base
		if v.offset {
			c = offset(c, v.positive, v.negative)
		}
		dst[i] = c
	}
}
