package retrieval

import (
	"math"

	"feedloop/sim/rng"
	"feedloop/system"
)

var spoilPurpose = rng.NewPurpose("retrieval.spoilt_row")

// spoil writes a share of the rows of a build as numbers that are none. Which
// ones is each post's luck in each build.
func (r *Retriever) spoil(x *index, share float64) {
	for i := range x.biases {
		post := r.catalogue.Post(x.first + system.PostID(i))
		if r.src.Uniform(spoilPurpose, post.Key, x.number) < share {
			x.rows[i*system.Dim] = float32(math.NaN())
		}
	}
}

// spoilt makes scores that are no numbers the largest there are.
func spoilt(scores []float32) {
	for i, s := range scores {
		if s != s {
			scores[i] = math.MaxFloat32
		}
	}
}
