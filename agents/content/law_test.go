package content

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
	"feedloop/sim/rng"
	"feedloop/sim/simtest"
	"feedloop/system"
)

// A share of a Dirichlet distribution with parameters a_k, of sum a, has mean
// m = a_k/a and variance m (1-m) / (a+1).
func TestAttributesAreDirichlet(t *testing.T) {
	c := DefaultConfig()
	c.Law, c.Topics, c.Attributes = Simplex, 20, 20
	p := New(c, rng.New(1, 0), nil)
	for name, law := range map[string]struct {
		draw  func(key uint64) []float32
		mean  []float32
		scale float64
	}{
		"tastes": {p.Taste, p.tastes, 10},
		"posts":  {func(key uint64) []float32 { v, _ := p.drawAttributes(key); return v }, p.means, 0.1},
	} {
		var shares, squares [20][]float64
		for key := range uint64(4000) {
			v := law.draw(key)
			sum := 0.0
			for k, x := range v {
				m := float64(law.mean[k])
				shares[k], squares[k] = append(shares[k], float64(x)), append(squares[k], (float64(x)-m)*(float64(x)-m))
				sum += float64(x)
			}
			require.InDelta(t, 1, sum, 1e-6)
		}
		for k := range shares {
			m := float64(law.mean[k])
			simtest.Agrees(t, shares[k], m, "%s: mean of attribute %d", name, k)
			simtest.Agrees(t, squares[k], m*(1-m)/(law.scale+1), "%s: variance of attribute %d", name, k)
		}
	}
}

func TestASimplexPostHasItsLargestAttributeForTopic(t *testing.T) {
	c := DefaultConfig()
	c.Law = Simplex
	p, shelf := posts(c, 300, 1, 0)
	topics := map[system.TopicID]bool{}
	for i, post := range p.Truths {
		for _, x := range post.Vector {
			require.LessOrEqual(t, x, post.Vector[post.Topic])
		}
		require.Equal(t, post.Topic, (*shelf)[i].Topic)
		topics[post.Topic] = true
	}
	assert.Greater(t, len(topics), 10)
	c.Topics = 8
	assert.Len(t, sim.Problems(c.Validate()), 1)
}

func TestMoreAttributesThanAxesAreFolded(t *testing.T) {
	c := DefaultConfig()
	c.Law, c.Topics, c.Attributes = Simplex, 20, 20
	p, shelf := posts(c, 50, 1, 0)
	for i := range p.Truths {
		made := p.Attributes(p.Truths[i].ID)
		require.Len(t, made, 20)
		want := Vector(made[:system.Dim])
		for k, x := range made[system.Dim:] {
			want[k] += x
		}
		require.Equal(t, want, p.Truths[i].Vector)
		require.LessOrEqual(t, made[0], made[p.Truths[i].Topic])
		require.Equal(t, (*shelf)[i].Topic, p.Truths[i].Topic)
	}
	c.Attributes = 21
	assert.Len(t, sim.Problems(c.Validate()), 1, "a topic for each attribute")
	c.Law = Sphere
	assert.NoError(t, c.Validate())
	assert.Nil(t, New(c, rng.New(1, 0), nil).Attributes(0))
}
