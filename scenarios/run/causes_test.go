package run

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/scenarios"
)

// In a living world the audit puts nearly all that differs down to what was
// planted. With nothing planted, everything is late: events on their way.
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
				[]string{"system.features.audit.share=20%", "clock.run=3d"}, Vocabulary())
			require.NoError(t, err)
			w, err := build(s, task{world: s.Worlds[0]})
			require.NoError(t, err)
			w.grow(w.run)
			hits, all := w.platform.causes.right()
			compared, _ := w.platform.features.Audit().Counts()
			require.Greater(t, compared, 2000.)
			t.Log(hits, all, compared, w.platform.causes.table().Rows)
			if name == "nothing" {
				assert.Less(t, all/compared, .3, "most values are what they should be")
			}
			// What is late anyway goes on during a fault and counts as wrong here.
			assert.Greater(t, hits/all, .75)
		})
	}
}
