package scenarios

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// promptly demands that f takes less than a second of the processor. The clock on
// the wall would measure what else the machine is doing.
func promptly(t *testing.T, what string, f func()) {
	t.Helper()
	start := processorTime()
	f()
	assert.Less(t, processorTime()-start, time.Second, "%s: it takes too long to say what is wrong", what)
}
