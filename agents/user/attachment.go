package user

import (
	"math"

	"feedloop/agents/content"
	"feedloop/sim/record"
	"feedloop/system"
)

// How far people have come from whom they were, and whether they like one thing.
var (
	TasteDrift = record.Register(record.Metric{
		Name: "true_taste_drift", Unit: "1", Better: record.Neither, Knower: record.Simulator, Of: record.Level,
		Definition: "mean over the initial people of the distance of their taste from home, at midnight: 0 as they came, at most 2",
	})
	TasteFocus = record.Register(record.Metric{
		Name: "true_taste_focus", Unit: "1", Better: record.Neither, Knower: record.Simulator, Of: record.Level,
		Definition: "mean over the initial people of their affinity with the topic that they like most, at midnight: 1 likes nothing else",
	})
	InterestDrift = record.Register(record.Metric{
		Name: "true_interest_drift", Unit: "1", Better: record.Neither, Knower: record.Simulator, Of: record.Level,
		Definition: "mean over the initial people of the Euclidean norm, over creators, of what attachment has added to their affinity or taken from it, at midnight",
	})
)

// attachment is what has become of a person's interest in creators: by creator,
// the posts that they stayed to watch less those that they passed by. Nil where
// nobody attaches.
type attachment struct {
	net     map[system.CreatorID]int32
	squares int64 // the sum of net's squares
}

// meet counts a post of a creator.
func (a *attachment) meet(c system.CreatorID, stayed bool) {
	if a.net == nil {
		a.net = map[system.CreatorID]int32{}
	}
	n := a.net[c]
	a.squares -= int64(n) * int64(n)
	if n--; stayed {
		n += 2
	}
	a.squares += int64(n) * int64(n)
	a.net[c] = n
}

// length is the Euclidean norm over creators.
func (a *attachment) length() float64 { return math.Sqrt(float64(a.squares)) }

// degenerate records how far people have come, at midnight.
func (p *People) degenerate() {
	drift, focus, interest := 0.0, 0.0, 0.0
	for i := range p.All {
		who := &p.All[i]
		if !who.initial() {
			continue
		}
		drift += distance(&who.Taste, &who.home)
		most := -1.0
		for k := range p.posts.Topics.Centres {
			most = max(most, p.Liking(who, system.TopicID(k)))
		}
		focus += most
		interest += float64(p.Config.Taste.Attachment * who.attachment.length())
	}
	p.truth.drift.Set(drift / p.truth.initial)
	p.truth.focus.Set(focus / p.truth.initial)
	p.truth.interest.Set(interest / p.truth.initial)
}

// distance is Euclidean.
func distance(a, b *content.Vector) float64 {
	sum := 0.0
	for i := range a {
		d := float64(a[i] - b[i])
		sum += float64(d * d)
	}
	return math.Sqrt(sum)
}
