// Package rng gives every roll of the dice an address.
//
// A common generator hands out numbers in the order they are asked for. Then
// one request more, anywhere, shifts the luck of everybody after it, and two
// worlds that differ in one key share nothing but their seed. Here a draw is a
// pure function of where it belongs:
//
//	(seed, replicate)   purpose   entity   n
//	       |               |        |      |
//	   64-bit key        16 bits  48 bits  64 bits  = a counter of 128 bits
//	       |               \________|______/
//	       +------------------> Philox2x64-10 ----> two words of 64 bits
//
// The same person facing the same post rolls the same dice in every world, so
// the difference between two worlds is the difference of their keys and not of
// their luck; adding a person changes nobody else's. There is no state to
// carry, save, or lock.
//
// One uniform makes one variate, by inversion: a slower answer in one world
// draws from the same quantile as in the other, and never uses up a number that
// belonged to somebody else.
//
// # What it leaves out
//
// Sequences shared between owners, rejection methods (they use an unknown
// number of uniforms), secrets: Philox is statistically excellent and no
// cipher.
//
// # Reading order
//
// source.go the address and its packing, philox.go the generator, stream.go its
// words in a row, purpose.go the names, variate.go, count.go, choice.go and
// arrivals.go the variates, dist.go, delay.go and law.go distributions as a
// scenario writes them, parameter.go what cannot be one.
package rng
