package run

import (
	"strconv"
	"strings"

	"feedloop/agents/census"
	"feedloop/agents/oracle"
	"feedloop/scenarios"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/sim/rng"
	"feedloop/system"
	"feedloop/system/ingestion"
	"feedloop/system/recommender"
	"feedloop/system/stream"
)

// yardstick is a feed without a stack.
type yardstick struct {
	feed interface{ Asked() uint64 }
	// tables are what it leaves, as of now.
	tables func() []record.Table
}

// newYardstick lets a trivial feed answer: people ask, posts come, nobody learns.
func newYardstick(w *world, c scenarios.System, src rng.Source) *yardstick {
	feed := oracle.NewFeed(w.kernel, oracle.Kind(c.Feed), w.people, w.catalogue, &system.Seen{Repeats: c.Repeats}, src,
		c.Serving.PageSize, c.Serving.Typical())
	w.people.People.Pager = feed
	w.people.People.Reporter = nobody{}
	return &yardstick{feed, func() []record.Table { return nil }}
}

// newRecommender lets a recommender of the literature answer, which learns from a log.
// What people take is written into a diary.
func newRecommender(w *world, c scenarios.System, src rng.Source) *yardstick {
	people, posts := w.people.People, w.people.Posts
	log := stream.NewLog(w.kernel, c.Stream, func(e *system.Event) sim.Time { return e.At })
	feed := recommender.New(w.kernel, c.Recommender, src, recommender.World{
		Catalogue: w.catalogue, People: w.public, Attributes: posts.Attributes,
		Truth: func(id system.PersonID, post system.PostID) float32 { return people.Utility(id, &posts.Truths[post]) },
	}, c.Serving.Typical())
	log.Subscribe("recommender", feed.Consume)
	feed.Audience = people
	people.Pager, people.Reporter = feed, ingestion.New(w.kernel, c.Ingestion, src, log.Producer(), w.catalogue, len(w.public))
	diary := census.NewDiary(len(people.All))
	people.Took = func(id system.PersonID, post system.PostID) {
		diary.Add(id, w.kernel.Now().Day(), posts.Truths[post].Key)
	}
	return &yardstick{feed, func() []record.Table { return []record.Table{diary.Table(), likeness(feed.Nearest())} }}
}

// likeness writes who was most like whom to a recommender, a row by training: the day,
// with its fraction, and the nearest of everybody in their order.
func likeness(trainings []recommender.Neighbours) record.Table {
	t := record.Table{Name: "neighbours", Columns: []string{"day", "nearest"}}
	for _, n := range trainings {
		nearest := make([]string, len(n.Nearest))
		for i, other := range n.Nearest {
			nearest[i] = strconv.Itoa(int(other))
		}
		t.Add(float64(n.At)/float64(sim.Day), strings.Join(nearest, " "))
	}
	return t
}

// nobody listens to what devices report.
type nobody struct{}

// Report implements [system.Reporter].
func (nobody) Report(uint64, []system.Event) {}
