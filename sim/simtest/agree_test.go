package simtest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// complaints is a TB that remembers what went wrong.
type complaints struct {
	TB
	errors []string
}

func (c *complaints) Helper() {}

func (c *complaints) Errorf(format string, args ...any) {
	c.errors = append(c.errors, fmt.Sprintf(format, args...))
}

func TestAgrees(t *testing.T) {
	sample := make([]float64, 200) // 0 and 1 in turn: mean 0.5, standard error 0.035
	for i := range sample {
		sample[i] = float64(i % 2)
	}
	var c complaints
	Agrees(&c, sample, 0.5, "the mean")
	Agrees(&c, sample, 0.6, "three standard errors away")
	assert.Empty(t, c.errors)
	Agrees(&c, sample, 0.7, "%d standard errors away", 6)
	Agrees(&c, sample[:50], 0.5, "too few")
	assert.Len(t, c.errors, 2)
	assert.Contains(t, c.errors[0], "6 standard errors away: the formula says 0.7")
	assert.Contains(t, c.errors[1], "a sample of 50 proves nothing")
}

func TestIdentifies(t *testing.T) {
	sample := make([]float64, 10_000) // mean 0.5, standard error 0.005
	for i := range sample {
		sample[i] = float64(i % 2)
	}
	linear := func(x float64) float64 { return x }
	var c complaints
	Identifies(&c, sample, 0.5, linear, "five standard errors beside")
	assert.Empty(t, c.errors)
	Identifies(&c, sample[:2000], 0.5, linear, "two, that is: blind")
	assert.Len(t, c.errors, 2, "on either side")
	Identifies(&c, sample, 0.55, linear, "wrong")
	assert.Len(t, c.errors, 3)
}
