package features

import (
	"slices"
	"time"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/features/view"
)

// Context is a feature of a candidate that is no count of a view.
type Context string

// The features of context.
const (
	EmbeddingDot  Context = "embedding.dot"    // how near the towers see person and post
	Follows       Context = "follows"          // 1: the person follows the creator
	Age           Context = "age"              // since publication, in units of two days
	IsFresh       Context = "fresh"            // 1: published within the hour
	Under7s       Context = "length.under_7s"  // 1: too short to count as a play unless watched whole
	Under18s      Context = "length.under_18s" // 1: too short to count as a long view unless watched whole
	Over40s       Context = "length.over_40s"  // 1: long
	Length        Context = "length"           // in minutes
	DotXCreator   Context = "embedding.dot_x_creator.long_view"
	TopicXCreator Context = "person_topic.long_view_x_creator.long_view"
	LikeWatched   Context = "history.watched"            // how near the content is to that of the posts last watched long
	LikeSkipped   Context = "history.skipped"            // how near it is to that of the posts last skipped
	Trend         Context = "post.trend"                 // how far the last hour's volume stands out from the last day's
	RecentTopic   Context = "person_topic_recent.volume" // how much of the topic the person was shown of late
)

// contextual is their number.
const contextual = 14

// contexts lists them in the order in which they stand in a vector.
var contexts = []Context{
	EmbeddingDot, Follows, Age, IsFresh, Under7s, Under18s, Over40s, Length, DotXCreator, TopicXCreator, RecentTopic,
	LikeWatched, LikeSkipped, Trend,
}

// Values lists the features' names.
func (Context) Values() []string {
	out := make([]string, len(contexts))
	for i, c := range contexts {
		out[i] = string(c)
	}
	return out
}

// needs are the columns that a feature of context is made of.
var needs = map[Context][]string{
	DotXCreator:   {"creator.long_view"},
	TopicXCreator: {"person_topic.long_view", "creator.long_view"},
	Trend:         {"post_hour.volume", "post.volume"},
	RecentTopic:   {"person_topic_recent.faded"},
}

// possible returns the places among contexts of the features of a list, in that
// order, as far as the columns that they are made of are there.
func possible(list []Context, known func(column string) bool) []int {
	var out []int
	for i, c := range contexts {
		lacks := slices.ContainsFunc(needs[c], func(column string) bool { return !known(column) })
		if slices.Contains(list, c) && !lacks {
			out = append(out, i)
		}
	}
	return out
}

// situation is a candidate as the features of context see it.
type situation struct {
	published sim.Time
	length    time.Duration
	topic     system.TopicID
}

// recall works out how much of each topic the person was shown of late: the
// visible number of impressions, decayed to now.
func (s *Store) recall(who system.PersonID, now sim.Time) {
	if s.faded == nil {
		return
	}
	for t := range s.recency {
		s.recency[t] = 0
		if row := s.faded.row(s.topicRow(who, system.TopicID(t))); row != nil && row[0] > 0 {
			s.recency[t] = view.Fade(row[0], row[1], now, s.fadedHalfLife)
		}
	}
}

// recallFresh is recall as it would be after a refresh.
func (s *Store) recallFresh(who system.PersonID, p *view.Priors, now sim.Time) {
	if s.faded == nil {
		return
	}
	for t := range s.recency {
		if member := s.topicRow(who, system.TopicID(t)); s.faded.waits(member) {
			row, _ := s.faded.next(member, p, now)
			s.recency[t] = view.Fade(row[0], row[1], now, s.fadedHalfLife)
		}
	}
}

// describe writes the features of context of a candidate, all of them, given the
// columns of the views. It writes them one by one: an array made aside and copied
// would wait for its own parts.
func (s *Store) describe(dst *[contextual]float32, counts []float32, row int, now sim.Time) {
	c := &s.situations[row]
	hours, seconds := float32(now.Sub(c.published).Hours()), float32(c.length.Seconds())
	of := func(column int) float32 {
		if column < 0 {
			return 0
		}
		return counts[column]
	}
	dot, creatorLong := s.near.towers[row], of(s.creatorLong)
	follows := s.followed(s.members[personCreator][row])
	dst[0], dst[1], dst[2], dst[3] = dot, one(follows), hours/48, one(hours < 1)
	dst[4], dst[5], dst[6], dst[7] = one(seconds < 7), one(seconds < 18), one(seconds > 40), seconds/60
	dst[8], dst[9] = float32(dot*creatorLong), float32(of(s.topicLong)*creatorLong)
	dst[10] = s.recency[c.topic]
	dst[11], dst[12] = s.near.traces[watchedLong][row], s.near.traces[skipped][row]
	dst[13] = of(s.hourVolume) - of(s.dayVolume)
}

// one goes by way of an integer, because a branch that luck decides is guessed
// wrongly.
func one(b bool) float32 {
	n := int32(0)
	if b {
		n = 1
	}
	return float32(n)
}
