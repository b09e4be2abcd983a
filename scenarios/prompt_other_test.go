//go:build !unix

package scenarios

import "time"

var began = time.Now()

// processorTime is no more than this process can have used so far.
func processorTime() time.Duration { return time.Since(began) }
