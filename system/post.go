package system

import (
	"time"

	"feedloop/sim"
)

// PostID is the ordinal of a post within one world, in order of publication.
type PostID uint32

// CreatorID is the ordinal of a creator.
type CreatorID uint32

// TopicID is a topic of the platform's public taxonomy.
type TopicID uint16

// Dim is the width of a content embedding and of the two towers' output.
const Dim = 16

// Post is what the platform may know about a post: what the creator declared
// and what a content model sees in it.
type Post struct {
	ID      PostID
	Creator CreatorID
	Topic   TopicID
	// Key is the post's stable identity, (creator, number within the creator).
	Key uint64
	// At is when the post was published.
	At sim.Time
	// Language is the one that the creator declared.
	Language Language
	// Duration is the length of the video.
	Duration time.Duration
	// Risk is what a content-safety model thinks of the post, 0 to 1: a noisy view
	// of whether it is against the rules.
	Risk float32
	// Content is a unit vector: the output of a frozen content model, a noisy
	// view of what the post is about.
	Content [Dim]float32
}
