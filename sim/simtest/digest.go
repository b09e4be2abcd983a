package simtest

import (
	"runtime"

	"feedloop/sim"
)

// DigestTwice runs a world twice and fails the test, naming the first event that differs, unless both runs did the
// same. It returns the last state of the digests.
func DigestTwice(t TB, world World) sim.Checkpoint {
	t.Helper()
	first := world.run(nil).Checkpoint()
	if second := world.run(nil).Checkpoint(); second != first {
		fail(t, "run twice", first, second, side{world: world}, side{world: world})
	}
	return first
}

// SameDigest runs a world on one, two and four processors and fails the test, naming the first event that differs,
// unless all runs did the same. It returns the last state of the digests. Tests that use it cannot be parallel.
func SameDigest(t TB, world World) sim.Checkpoint {
	t.Helper()
	run := func(processors int) (end sim.Checkpoint) {
		on(processors, func() { end = world.run(nil).Checkpoint() })
		return end
	}
	first := run(1)
	for _, processors := range []int{2, 4} {
		if other := run(processors); other != first {
			fail(t, "run on one processor and on more", first, other, side{world, 1}, side{world, processors})
		}
	}
	return first
}

// on does something on a number of processors; 0: as many as there are.
func on(processors int, do func()) {
	if processors > 0 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
	}
	do()
}

// fail reports two runs that should have been the same.
func fail(t TB, how string, first, other sim.Checkpoint, a, b side) {
	t.Helper()
	where := "it did not differ when run again, so chance from outside is at work"
	if d, differ := bisect(a, b); differ {
		where = d.String()
	}
	t.Fatalf("the same world, %s, differs:\n%+v\n%+v\n%s", how, first, other, where)
}
