package run

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/agents/oracle"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Metamorphic: what is inert leaves what people see and do as it was. The
// events may differ; the people digest may not.

// idle is the small world where nobody stands for anybody: no queue forms, so
// that more servers are of no use.
const idle = small + `
  serving: {represents: 1}
`

func TestInertChangesLeaveThePeopleDigest(t *testing.T) {
	long(t)
	cohorts := func(a, b string) string {
		return "agents.users.cohorts=[{name: " + a + ", share: 50%}, {name: " + b + ", share: 50%}]"
	}
	for name, change := range map[string]struct{ before, after []string }{
		"a renamed cohort":           {[]string{cohorts("a", "b")}, []string{cohorts("young", "old")}},
		"twice the servers, no load": {nil, []string{"system.serving.sources.servers=8", "system.serving.ranking.servers=8"}},
		"windows of another length":  {nil, []string{"record.series=17m"}},
		"a shorter warm-up":          {nil, []string{"clock.warmup=1h"}},
		"a longer retention":         {nil, []string{"system.stream.retention=30d"}},
		"shards that can serve all":  {nil, []string{"system.features.online={shard_reads_per_sec: 1e6, key_reads_per_sec: 1e6, give_up: true}"}},
		"a fault that never comes":   {nil, []string{"events=[{at: 47h59m59s, do: retraining.stop}]"}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, peopleDigest(t, idle, change.before...), peopleDigest(t, idle, change.after...))
		})
	}
}

// A change that matters must show in the digest, or the test above is blind.
func TestThePeopleDigestSeesChange(t *testing.T) {
	long(t)
	before := peopleDigest(t, idle)
	for _, change := range []string{
		"seed=43", "agents.users.sessions_per_day=2.5", "system.ranking.value.like=4",
		"system.features.counters.refresh=10m", "system.serving.sources.fixed=16ms",
		"system.features.online.shard_reads_per_sec=20", "system.features.online={key_reads_per_sec: 0.5, give_up: true}",
	} {
		assert.NotEqual(t, before, peopleDigest(t, idle, change), change)
	}
}

// People here are impatient: a page that is valued by the observer and then not
// looked at is where an observer could leave a trace.
func TestProbingLeavesThePeopleDigest(t *testing.T) {
	long(t)
	digest := func(share float64) sim.Digest {
		w := born(t, idle, "agents.users.attention.patience=300ms")
		seen := &system.Seen{}
		rec := record.NewRecorder(w.rec.Interval(), 0)
		o := oracle.NewObserver(w.kernel, w.people, w.catalogue, seen, rng.New(1, 0), rec, share, 10, w.platform.retriever.IndexAge)
		w.platform.server.Probe = o
		w.grow(w.run)
		rows := o.Table().Rows
		require.Equal(t, share > 0, len(rows) > 0, "the observer watched, or was told not to")
		return w.kernel.People()
	}
	assert.Equal(t, digest(0), digest(1))
}
