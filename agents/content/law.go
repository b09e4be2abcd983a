package content

import (
	"fmt"
	"slices"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Law is how posts and tastes lie in the latent space.
type Law string

// The laws.
const (
	// Sphere: unit vectors near topics; people dislike as well as like.
	Sphere Law = "sphere"
	// Simplex: attributes that add up to one, for posts and for tastes, as in
	// Chaney, Stewart and Engelhardt, "How algorithmic confounding in
	// recommendation systems increases homogeneity and decreases utility",
	// RecSys 2018. Tastes are Dirichlet(10 Dirichlet(1)), of many attributes;
	// posts Dirichlet(0.1 Dirichlet(100)), nearly of one. A post's topic is its
	// largest attribute, and what a person gets out of it their scalar product.
	//
	// There may be more attributes than the latent space has axes: a Vector is then
	// the attributes folded, each added to its number modulo the axes. Utility knows
	// them all; content embeddings, and who hears of whom, are of folded ones.
	Simplex Law = "simplex"
)

// Values lists the laws.
func (Law) Values() []string { return []string{string(Sphere), string(Simplex)} }

func (c Config) validateLaw(v *sim.Check) {
	v.That(c.Attributes >= 2 && c.Attributes <= 1000, "attributes", c.Attributes, "2 to 1000")
	v.That(c.Law != Simplex || c.Topics >= c.Attributes, "topics", c.Topics,
		fmt.Sprintf("as many as posts.attributes, %d, or more where posts.law is simplex", c.Attributes))
}

var (
	tasteBasePurpose = rng.NewPurpose("content.taste_mean")
	tastePurpose     = rng.NewPurpose("content.taste_attributes")
	postBasePurpose  = rng.NewPurpose("content.post_mean")
	postPurpose      = rng.NewPurpose("content.post_attributes")
)

// Taste returns what the person with this key likes under [Simplex], by attribute.
func (p *Posts) Taste(key uint64) []float32 {
	return dirichlet(p.src, tastePurpose, key, 10, p.tastes)
}

// drawAttributes returns what a post is made of under [Simplex], and its topic.
func (p *Posts) drawAttributes(key uint64) ([]float32, system.TopicID) {
	v, top := dirichlet(p.src, postPurpose, key, 0.1, p.means), 0
	for k := range v {
		if v[k] > v[top] {
			top = k
		}
	}
	return v, system.TopicID(top)
}

// Attributes returns what a post is made of under [Simplex], and nil under
// another law. Creators declare it, so it is no secret.
func (p *Posts) Attributes(id system.PostID) []float32 {
	if p.Config.Law != Simplex {
		return nil
	}
	n := p.Config.Attributes
	return p.attributes[int(id)*n:][:n]
}

// Fold returns attributes as a point of the latent space.
func Fold(attributes []float32) (v Vector) {
	for k, x := range attributes {
		v[k%system.Dim] += x
	}
	return v
}

// means returns the parameters that all tastes or all posts share: a draw from
// a Dirichlet distribution with the same parameter for every attribute.
func means(src rng.Source, p rng.Purpose, parameter float64, n int) []float32 {
	return dirichlet(src, p, 0, parameter, slices.Repeat([]float32{1}, n))
}

// dirichlet draws shares whose parameters are scale x mean: gamma variates over
// their sum.
func dirichlet(src rng.Source, p rng.Purpose, entity uint64, scale float64, mean []float32) []float32 {
	gammas, sum := make([]float64, len(mean)), 0.0
	for k := range gammas {
		gammas[k] = rng.Gamma(src.Uniform(p, entity, uint64(k)), scale*float64(mean[k]), 1)
		sum += gammas[k]
	}
	v := make([]float32, len(mean))
	for k := range v {
		v[k] = float32(gammas[k] / sum)
	}
	return v
}
