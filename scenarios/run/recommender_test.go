package run

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"feedloop/scenarios"
	"feedloop/scenarios/score"
	"feedloop/sim/record"
)

// chaney is a small world of people who take one post a day of a recommender's list.
const chaney = `
version: 1
name: small-chaney
from: chaney-2018
clock: {run: 16d, warmup: 2d}
agents:
  users: {count: 30}
  creators: {shelf: empty}
system:
  feed: recommender
  recommender: {start: 4d}
  ingestion: {linger: 1s, offline: 0%, loss: 0%, duplicates: 2%}
record: {series: 1d}
replicates: 2
worlds:
  ideal: {system.recommender.family: ideal}
  popularity: {system.recommender.family: popularity}
  content: {system.recommender.family: content}
  social: {system.recommender.family: social}
  random: {system.recommender.family: random}
`

// Everybody takes one new post a day of whatever recommender, the log has all of it,
// and the measure is there for all: zero for the ideal, and what it says of the others
// is what a second look at the tables finds.
func TestRecommenders(t *testing.T) {
	s := parse(t, chaney)
	run, err := Run(context.Background(), s, Options{Workers: 2})
	require.NoError(t, err)
	require.Len(t, run.Results, 10)
	for i := range run.Results {
		r := &run.Results[i]
		diary, ok := r.Table("diary")
		require.True(t, ok)
		sets := map[string]bool{}
		for _, posts := range diary.Strings("posts") {
			took := strings.Fields(posts)
			require.Len(t, took, 16, "one a day in %s", r.World)
			clear(sets)
			for _, post := range took {
				sets[post] = true
			}
			require.Len(t, sets, 16, "never the same twice")
		}
		column := r.Column(score.Homogenisation.Name)
		require.Len(t, column, 16)
		if r.World == "ideal" {
			require.Equal(t, make([]float64, 16), column)
			continue
		}
		assert.True(t, column[2] != column[2] && column[3] == column[3], "from the first training on")
		here, there := overlaps(run.Result(r.World, r.Replicate).Table("diary")), overlaps(run.Result("ideal", r.Replicate).Table("diary"))
		likeness, _ := r.Table("neighbours")
		nearest := strings.Fields(likeness.Strings("nearest")[len(likeness.Rows)-1])
		sum := 0.0
		for a, text := range nearest {
			b, err := strconv.Atoi(text)
			require.NoError(t, err)
			sum += here(a, b) - there(a, b)
		}
		assert.InDelta(t, sum/30, r.Total(score.Homogenisation.Name), 1e-12)
	}
}

func TestAVisitIsAPostTaken(t *testing.T) {
	w := born(t, chaney)
	w.grow(w.run)
	taken := 0
	for _, posts := range w.yardstick.tables()[0].Strings("posts") {
		taken += len(strings.Fields(posts))
	}
	assert.Equal(t, 16*30, taken)
	assert.EqualValues(t, taken, w.requests())
}

func TestContentNeedsAttributes(t *testing.T) {
	_, err := scenarios.Parse("test.yaml", []byte(small), []string{"system.feed=recommender", "system.recommender.family=content"}, Vocabulary())
	require.ErrorContains(t, err, "system.recommender.family: got content, want another one where posts have no attributes")
}

// overlaps returns the Jaccard index of what two people of a diary took.
func overlaps(diary record.Table, _ bool) func(a, b int) float64 {
	posts := diary.Strings("posts")
	return func(a, b int) float64 {
		common, union := 0, map[string]bool{}
		for _, x := range strings.Fields(posts[a]) {
			union[x] = true
		}
		for _, x := range strings.Fields(posts[b]) {
			if union[x] {
				common++
			}
			union[x] = true
		}
		return float64(common) / float64(len(union))
	}
}
