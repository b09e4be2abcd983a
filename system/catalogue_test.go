package system

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What an encoder makes of a post may be no number; the post then has no
// embedding, and others keep theirs.
func TestAnEmbeddingIsFiniteOrNone(t *testing.T) {
	c := NewCatalogue(1)
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		assert.Zero(t, c.Post(c.Add(Post{Content: [Dim]float32{1, 2, Dim - 1: float32(x)}})).Content)
	}
	whole := [Dim]float32{1, -2, Dim - 1: math.MaxFloat32}
	assert.Equal(t, whole, c.Post(c.Add(Post{Content: whole})).Content)
}
