package stream

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/sim"
)

func TestConfigSaysAllThatIsWrongAtOnce(t *testing.T) {
	require.NoError(t, DefaultConfig().Validate())
	var c Config
	c.RetainRecords = -1
	c.Replication = Replication{Replicas: 2, Acks: "most", Lag: -1, Ack: -1, Election: -1}
	c.Producer.Salt = 257
	c.Disorder, c.Consumer.Pause, c.Consumer.Write = -1, -1, -1
	var fields []string
	for _, p := range sim.Problems(c.Validate()) {
		fields = append(fields, p.Field)
	}
	assert.Equal(t, []string{
		"partitions", "retention", "retain_records", "poll", "rate_per_sec", "disorder", "idle",
		"replication.brokers", "replication.replicas", "replication.acks", "replication.lag", "replication.ack", "replication.election",
		"producer.buffer", "producer.timeout", "producer.salt",
		"consumer.members", "consumer.fetch", "consumer.delivery", "consumer.commit", "consumer.checkpoint", "consumer.write",
		"consumer.pause", "consumer.session", "consumer.reset",
	}, fields)
	assert.ErrorContains(t, c.Validate(), "partitions is 0; want 1 to 10,000")
}
