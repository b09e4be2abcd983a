package num

// Square sets dst to the squares of x, which has the same length and may be dst.
func Square(dst, x []float32) {
	sameLength("Square", len(dst), len(x))
	square(dst, x)
}

func squareGo(dst, x []float32) {
	for i, v := range x {
		dst[i] = float32(v * v)
	}
}
