package features

import (
	"slices"
	"time"

	"feedloop/sim"
	"feedloop/system"
	"feedloop/system/features/offline"
	"feedloop/system/features/view"
)

// archive is the offline side of a shelf: its versions, and what a join does
// with them.
type archive struct {
	offline *offline.Table
	ttls    []time.Duration // by column
}

// newArchive returns an empty archive for the views of a shelf.
func newArchive(s *shelf, retention time.Duration) *archive {
	a, longest := &archive{}, time.Duration(0)
	for _, v := range s.views {
		whole := min(v.ttl, v.silence)
		longest = max(longest, whole)
		if whole == never {
			whole = 0
		}
		for range s.width() / len(s.names) * (v.to - v.from) { // a faded volume takes two numbers
			a.ttls = append(a.ttls, whole)
		}
	}
	if longest == never {
		longest = 0
	}
	a.offline = offline.New(s.width(), longest, retention)
	return a
}

// join is a point-in-time join of examples with all archives; its buffers are
// reused.
type join struct {
	keys [entities][]uint64 // by entity and example
	at   []sim.Time
}

// Recompute returns the features of examples, row by row, as a job would make
// them from the offline store: each column of a view has the value that is joined
// at the time when the page was served, its default where there is none, and
// what is made of columns is made anew. What a request works out by itself (the
// embeddings' product, the post's age) is as it was logged: no store has it.
func (s *Store) Recompute(data system.Examples) []float32 {
	if len(data.Rows) == 0 {
		return nil
	}
	out := slices.Clone(data.Features)
	s.gatherKeys(data.Rows)
	column := 0
	for _, shelf := range s.shelves {
		s.join.into(shelf, s.config.Offline.AsOf, out[column:], data.Width)
		column += shelf.width()
	}
	s.recomputeContext(data, out)
	return out
}

// gatherKeys says what each example is about and when.
func (s *Store) gatherKeys(rows []system.Example) {
	j := &s.join
	j.at = j.at[:0]
	for e := range j.keys {
		j.keys[e] = j.keys[e][:0]
	}
	for i := range rows {
		who, p := rows[i].Person, s.catalogue.Post(rows[i].Post)
		if s.stranger != nil {
			who = s.stranger[who]
		}
		keys := s.keys(who, p.ID, p.Creator, p.Topic, s.pairs.find(who, p.Creator))
		for e, key := range keys {
			j.keys[e] = append(j.keys[e], uint64(key))
		}
		j.at = append(j.at, rows[i].Served)
	}
}

// into joins the examples with a shelf's versions and writes its columns.
func (j *join) into(shelf *shelf, mode offline.AsOf, dst []float32, stride int) {
	a := shelf.archive
	a.offline.Join(j.keys[shelf.entity], j.at, mode, a.ttls, shelf.defaults, dst, stride)
}

// recomputeContext makes anew what is made of columns.
func (s *Store) recomputeContext(data system.Examples, out []float32) {
	dot := slices.Index(s.names, string(EmbeddingDot))
	byCreator, byTopic := slices.Index(s.names, string(DotXCreator)), slices.Index(s.names, string(TopicXCreator))
	recent := slices.Index(s.names, string(RecentTopic))
	var volumes []float32
	if recent >= 0 {
		volumes = make([]float32, 2*len(data.Rows))
		s.join.into(s.faded, s.config.Offline.AsOf, volumes, 2)
	}
	trend := slices.Index(s.names, string(Trend))
	for i := range data.Rows {
		row := out[i*data.Width : (i+1)*data.Width]
		if byCreator >= 0 && dot >= 0 {
			row[byCreator] = float32(row[dot] * row[s.creatorLong])
		}
		if byTopic >= 0 {
			row[byTopic] = float32(row[s.topicLong] * row[s.creatorLong])
		}
		if trend >= 0 {
			row[trend] = row[s.hourVolume] - row[s.dayVolume]
		}
		if recent >= 0 {
			row[recent] = 0
			if n := volumes[2*i]; n > 0 {
				row[recent] = view.Fade(n, volumes[2*i+1], data.Rows[i].Served, s.fadedHalfLife)
			}
		}
	}
}

// OfflineCounts returns how many versions the offline store keeps and how many
// it has dropped.
func (s *Store) OfflineCounts() (kept, dropped uint64) {
	for _, shelf := range s.all {
		if shelf.archive != nil {
			kept += uint64(shelf.archive.offline.Len())
			dropped += shelf.archive.offline.Dropped()
		}
	}
	return kept, dropped
}
