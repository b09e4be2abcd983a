package system

// Head is one of the outcomes whose probability the ranker predicts.
type Head uint8

// The heads. A play lasts more than 7 seconds and a long view at least 18, and
// a shorter post must be watched whole (the definitions of the KuaiRand data).
const (
	Play Head = iota
	LongView
	Like
	Comment
	Share
	Follow
	Hide
	Report
	Heads // their number
)

// headNames are their names in YAML, metrics and tables.
var headNames = [Heads]string{"play", "long_view", "like", "comment", "share", "follow", "hide", "report"}

// String returns the head's name.
func (h Head) String() string { return headNames[h] }

// Labels is the set of heads that came true for an impression.
type Labels uint8

// With returns the labels with h added.
func (l Labels) With(h Head) Labels { return l | 1<<h }

// Has tells whether h came true.
func (l Labels) Has(h Head) bool { return l&(1<<h) != 0 }

// Of returns 1 if h came true and 0 if not.
func (l Labels) Of(h Head) float32 { return float32(l >> h & 1) }

// reactions are the labels of the events that are one.
var reactions = [EventKinds]Labels{
	Liked: 1 << Like, Commented: 1 << Comment, Shared: 1 << Share, Followed: 1 << Follow, Hid: 1 << Hide, Reported: 1 << Report,
}

// LabelsOf returns what one event says about the impression it belongs to.
func LabelsOf(e *Event) Labels {
	if e.Kind >= EventKinds {
		return 0
	}
	l := reactions[e.Kind]
	if e.Kind == Viewed {
		if e.Watch > 7 || e.Watch >= e.Length {
			l = l.With(Play)
		}
		if e.Watch >= e.LongAfter() {
			l = l.With(LongView)
		}
	}
	return l
}
