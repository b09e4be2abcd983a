package content

import (
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Vector is a point of the latent space.
type Vector [system.Dim]float32

// Affinity is the scalar product of two unit vectors, -1 to 1: how much a
// person of one taste cares for a post.
func Affinity(a, b *Vector) float32 { return num.Dot(a[:], b[:]) }

// Stray returns the unit vector near v that lies in the direction v + g, where
// g is a Gaussian vector of expected length about scale. Its luck is addressed
// by (purpose, entity, n+axis/2); n must leave three bits free.
func Stray(src rng.Source, p rng.Purpose, entity, n uint64, v *Vector, scale float64) Vector {
	sd := scale / 4 // Dim is 16: the length of a standard Gaussian vector is about 4
	var out Vector
	for i := 0; i < system.Dim; i += 2 {
		a, b := src.Uniforms(p, entity, n+uint64(i/2))
		out[i] = v[i] + float32(rng.Normal(a, 0, sd))
		out[i+1] = v[i+1] + float32(rng.Normal(b, 0, sd))
	}
	num.Normalize(out[:])
	return out
}

var centrePurpose = rng.NewPurpose("content.topic_centre")

// Topics are the directions of the taxonomy and how popular each is.
type Topics struct {
	Centres []Vector
	// Cumulative popularity among creators, ending at 1.
	Cumulative []float64
}

// NewTopics places the topics: the first sixteen along the axes, further ones
// at random.
func NewTopics(c Config, src rng.Source) *Topics {
	t := &Topics{Centres: make([]Vector, c.Topics), Cumulative: make([]float64, c.Topics)}
	total := 0.0
	for k := range t.Centres {
		if k < system.Dim {
			t.Centres[k][k] = 1
		} else {
			t.Centres[k] = Stray(src, centrePurpose, uint64(k), 0, &Vector{}, 4)
		}
		total += num.Pow(float64(k+1), -c.Popularity)
		t.Cumulative[k] = total
	}
	for k := range t.Cumulative {
		t.Cumulative[k] /= total
	}
	t.Cumulative[c.Topics-1] = 1
	return t
}

// Draw returns a topic by popularity.
func (t *Topics) Draw(u float64) system.TopicID {
	return system.TopicID(rng.Categorical(u, t.Cumulative))
}
