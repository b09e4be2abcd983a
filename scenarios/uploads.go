package scenarios

import (
	"fmt"

	"feedloop/agents/creator"
)

// uploadsPerCreator bounds the mean number of a creator's posts. Their keys hold
// 65,536: luck does not bridge the difference.
const uploadsPerCreator = 50_000

// checkUploads reports creators of a world who upload more than their posts have
// keys, over the run, its bursts and the life of a post before it.
func (d *decoder) checkUploads(s *Scenario, w *World) {
	days := (s.Clock.Run + w.Agents.Posts.Life).Hours() / 24
	for _, e := range w.Events {
		if wave, ok := e.With.(creator.Burst); ok {
			lasts := s.Clock.Run - e.At.Sub(0)
			if e.For > 0 {
				lasts = min(lasts, e.For)
			}
			days += (wave.Factor - 1) * max(lasts.Hours(), 0) / 24
		}
	}
	rate := w.Agents.Creators.PostsPerDay
	if rate*days > uploadsPerCreator {
		d.faulty("agents.creators.posts_per_day", rate,
			fmt.Sprintf("at most %d posts by creator over the run, its bursts and the life of a post before it", uploadsPerCreator))
	}
}
