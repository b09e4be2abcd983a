package sim

import (
	"fmt"
	"runtime/debug"
	"time"
)

// job is one computation.
type job struct {
	arg      uint64        // what the handler will see as Arg
	done     chan struct{} // closed when compute has returned or panicked
	panicked any
	stack    []byte
}

// Go starts compute on another goroutine at once, and delivers an event d from now, after joining it. The world sees
// a job that takes d; the machine uses a second core; the bits are the same however many cores there are, because
//   - d comes from declared work (rows, features, passes), never from the result or from a wall clock;
//   - compute reads only what nobody changes (sealed segments, immutable artifacts) and writes only what nobody reads
//     before the event.
//
// A panic inside compute is raised again at the join.
func (k *Kernel) Go(d time.Duration, kind Kind, actor uint32, arg uint64, compute func()) {
	j := &job{arg: arg, done: make(chan struct{})}
	go func() {
		defer close(j.done)
		defer func() {
			if j.panicked = recover(); j.panicked != nil {
				j.stack = debug.Stack()
			}
		}()
		compute()
	}()
	k.schedule(k.now.Add(d), kind, actor, uint64(k.jobs.Add(j)), joined)
}

// join waits for a job and returns the handler's Arg.
func (j *job) join() uint64 {
	<-j.done
	if j.panicked != nil {
		panic(fmt.Sprintf("sim: a job beside the loop panicked: %v\n%s", j.panicked, j.stack))
	}
	return j.arg
}
