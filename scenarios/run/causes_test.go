package run

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/scenarios"
	"feedloop/sim"
	"feedloop/system/features"
	"feedloop/system/features/audit"
	"feedloop/system/features/view"
	"feedloop/system/ingestion"
	"feedloop/system/stream"
)

// In a living world the audit puts nearly all that differs down to what was
// planted. With nothing planted there is nothing to be right about, and what
// differs is late: events on their way. They are on their way during a fault,
// too, and count as wrong; so devices here are quick and always connected.
func TestTheAuditIsRightAboutTheCause(t *testing.T) {
	long(t)
	for name, events := range map[string]string{
		"nothing": "",
		"default": "{at: 1d, for: 1d, do: features.wrong_default, with: {parameter: 2}}",
		"version": "{at: 1d, for: 1d, do: features.redefined, with: {parameter: 6}}",
		"lost":    "{at: 1d, for: 1d, do: features.shard_lost, with: {target: shard-1}}",
	} {
		t.Run(name, func(t *testing.T) {
			s, err := scenarios.Parse("test.yaml", []byte(small+"\nevents: ["+events+"]\n"),
				[]string{
					"system.features.audit.share=20%", "clock.run=3d", "system.ingestion={linger: 1s, delay: 50ms, offline: 0%, loss: 0%}"}, Vocabulary())
			require.NoError(t, err)
			w, err := build(s, task{world: s.Worlds[0]})
			require.NoError(t, err)
			w.grow(w.run)
			w.tick(w.kernel.Now())
			x := w.platform.causes
			differ, compared := x.audit.Mismatches()
			require.Greater(t, compared, 2000.)
			calm := 0.
			for cause, n := range x.values[audit.None] {
				calm += n
				assert.True(t, n == 0 || audit.Cause(cause) == audit.Late, "without a fault: %v", audit.Cause(cause))
			}
			if name == "nothing" {
				assert.Equal(t, differ, calm)
				assert.Less(t, differ/compared, .3, "most values are what they should be")
				return
			}
			assert.Less(t, calm, differ)
			result := w.rec.Result()
			t.Log(result.Total(CauseFound.Name), x.table().Rows)
			assert.Greater(t, result.Total(CauseFound.Name), .9)
		})
	}
}

// What a fault does depends on the knobs that are set against it: the audit is not
// to be scored against what did not happen.
func TestKnobsUndoWhatIsPlanted(t *testing.T) {
	read := audit.Judgement{At: sim.Time(2 * time.Hour), Made: sim.Time(time.Hour), Entity: view.Post, Member: 1, Batch: true}
	stall := sim.Fault{Kind: stream.Stall, Target: "features", At: sim.Time(time.Hour), For: 3 * time.Hour}
	for _, x := range []struct {
		kind string
		with []sim.Fault
		want audit.Cause
		knob func(*scenarios.System)
		then audit.Cause // with the knob
	}{
		{features.TTLIgnored, nil, audit.TTL, func(c *scenarios.System) { c.Features.Online.CheckAge = true }, audit.None},
		{features.WrongDefault, nil, audit.Default, func(c *scenarios.System) { c.Features.Online.SharedDefaults = true }, audit.None},
		{features.ShardLost, nil, audit.Lost, func(c *scenarios.System) { c.Features.Online.Replicas = 2 }, audit.None},
		{features.ShardSlow, nil, audit.None, func(c *scenarios.System) { c.Features.Online.GiveUp = true }, audit.Lost},
		{features.Backfill, nil, audit.Backfill, func(c *scenarios.System) { c.Features.Batch.Seal = true }, audit.None},
		{features.BatchLate, nil, audit.Late, nil, audit.Late},
		{features.Redefined, nil, audit.Version, nil, audit.Version},
		{ingestion.Duplication, nil, audit.None, func(c *scenarios.System) { c.Features.Dedupe = 0 }, audit.Duplicated},
		{ingestion.Outage, nil, audit.None, nil, audit.None},
		{stream.Stall, nil, audit.Late, nil, audit.Late},
		{stream.RetentionCut, nil, audit.None, nil, audit.None},
		{stream.RetentionCut, []sim.Fault{stall}, audit.Lost, func(c *scenarios.System) { c.Stream.Retention = 300 * time.Hour }, audit.Late},
		{stream.Crash, nil, audit.None, func(c *scenarios.System) { c.Features.Dedupe = 0 }, audit.Duplicated},
		{stream.Crash, nil, audit.None, func(c *scenarios.System) { c.Stream.Consumer.Delivery = stream.AtMostOnce }, audit.Lost},
		{stream.Crash, nil, audit.None, func(c *scenarios.System) { c.Stream.Consumer.Delivery = stream.ExactlyOnce }, audit.Late},
	} {
		s := parse(t, small)
		c := s.Worlds[0].System
		read := read
		read.Present, read.Expired = x.kind != features.WrongDefault, true
		planted := func() audit.Cause {
			y := &causes{config: c, plan: append(x.with, sim.Fault{Kind: x.kind, Parameter: 100})}
			return y.planted(read)
		}
		assert.Equal(t, x.want, planted(), x.kind)
		if x.knob != nil {
			x.knob(&c)
		}
		assert.Equal(t, x.then, planted(), x.kind)
	}
}

// A wrong default touches nothing that is there, and a TTL that is not kept nothing
// that is young: what differs in those is late, and nobody's fault.
func TestAFaultIsPlantedInWhatItSpoils(t *testing.T) {
	for kind, want := range map[string]map[audit.Judgement]audit.Cause{
		features.WrongDefault: {{}: audit.Default, {Present: true}: audit.None},
		features.TTLIgnored:   {{Present: true, Expired: true}: audit.TTL, {Present: true}: audit.None, {Expired: true}: audit.None},
	} {
		x := &causes{config: parse(t, small).Worlds[0].System, plan: sim.Plan{{Kind: kind}}}
		for j, cause := range want { // ordered: each by itself
			assert.Equal(t, cause, x.planted(j), "%s %+v", kind, j)
		}
	}
}

// A fault touches what it is aimed at, while it lasts; where it spoils rows, those
// that were made under it, for as long as they are served.
func TestAFaultIsPlantedWhereAndWhileItStrikes(t *testing.T) {
	x := &causes{config: parse(t, small).Worlds[0].System, plan: sim.Plan{
		{Kind: features.ShardLost, Target: "shard-1", At: sim.Time(time.Hour), For: time.Hour},
		{Kind: features.Redefined, Target: "post", At: sim.Time(time.Hour), For: time.Hour},
		{Kind: stream.Stall, Target: "joiner", At: sim.Time(time.Hour), For: time.Hour},
	}}
	for _, j := range []struct {
		at     time.Duration
		made   time.Duration
		entity view.Entity
		member uint32
		want   audit.Cause
	}{
		{59 * time.Minute, 0, view.Creator, 1, audit.None}, {time.Hour, 0, view.Creator, 1, audit.Lost},
		{time.Hour, 0, view.Creator, 2, audit.None}, {2 * time.Hour, 0, view.Creator, 1, audit.None},
		{time.Hour, 0, view.Post, 2, audit.None}, {time.Hour, time.Hour, view.Post, 2, audit.Version},
		{sim.Day, 2*time.Hour - 1, view.Post, 2, audit.Version}, {sim.Day, 2 * time.Hour, view.Post, 2, audit.None},
	} {
		assert.Equal(t, j.want, x.planted(audit.Judgement{At: sim.Time(j.at), Made: sim.Time(j.made), Entity: j.entity, Member: j.member}), "%+v", j)
	}
}
