package features

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWhoHasNoRowIsShownTheFirst(t *testing.T) {
	var x table
	first, second := []float32{1, 2, 3}, make([]float32, line)
	second[0] = 4
	assert.Equal(t, 0, x.reserve(first))
	assert.Equal(t, 3, x.reserve(second))
	assert.Equal(t, 2*line, x.stride, "whole cache lines")

	x.grow(5)
	x.row(5)[0] = 7
	for _, member := range []uint32{0, 4, 6, 1000, nowhere, nowhere - 1} {
		row := x.row(member)
		assert.Equal(t, first, row[:3], "member %d", member)
		assert.Equal(t, second, row[3:3+line], "member %d", member)
	}
	assert.Equal(t, []float32{7, 2, 3}, x.row(5)[:3], "a row of its own")
}
