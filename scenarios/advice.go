package scenarios

import (
	"fmt"
)

// The moods of people who find what they like on most pages: of all on average, and
// of the quarter of them who see most.
const (
	usualMood = 0.15
	heavyMood = 0.2
)

// Advice returns reasons to doubt that a scenario's worlds are large enough for
// what they study, a sentence each. A small world starves in two ways:
//
//   - room to choose: the live posts should be at least ten times what a heavy
//     person, one of the quarter of people who see most, sees in two days, and at
//     most a tenth of them scored by request, or the funnel has nothing to leave out;
//   - signal: a live post should get at least ten impressions a day on average,
//     or its counters and its embedding, where there are any, carry nothing.
//
// What people will see is expected from how often they come and when they leave
// ([user.Config.PostsPerVisit]); people of the presets see as much within a quarter.
func (s *Scenario) Advice() []string {
	var out []string
	for i := range s.Worlds {
		out = append(out, s.Worlds[i].advice()...)
	}
	return distinct(out)
}

func (w *World) advice() []string {
	users, posts := w.Agents.Users, w.Agents.Posts
	live := float64(w.Agents.Creators.Count) * w.Agents.Creators.PostsPerDay * posts.Life.Hours() / 24
	mean, heavy := 0.0, 0.0
	for _, c := range users.Everybody() {
		mean += float64(c.Share) * *c.SessionsPerDay
		heavy = max(heavy, *c.SessionsPerDay)
	}
	pageSize := w.System.Serving.PageSize
	views := float64(users.Count) * mean * users.PostsPerVisit(usualMood, pageSize) // a day
	var out []string
	if users.Count == 0 || users.Bots.Share == 1 {
		return []string{"There are no people: the world runs, and nothing happens to anybody (agents.users.count, bots.share)."}
	}
	if live == 0 && w.Agents.Creators.Newcomers*w.Agents.Creators.PostsPerDay == 0 {
		return []string{"There are no posts: the world runs, and every page is empty (agents.creators.count, posts_per_day)."}
	}
	if mean == 0 {
		return []string{"Nobody ever comes: the world runs, and nothing happens in it (agents.users.sessions_per_day)."}
	}
	if live == 0 {
		return []string{"There are no posts before newcomers come: pages are empty at first (agents.creators.count)."}
	}
	if seen := 2 * heavy * users.PostsPerVisit(heavyMood, pageSize); live < 10*seen {
		out = append(out, fmt.Sprintf("Little room to choose: some %.0f live posts, and a heavy person sees about %.0f in two days; ten times as many leave a choice (more agents.creators.count).", live, seen))
	}
	if scored := float64(w.System.Retrieval.Candidates); w.System.Feed == Stack && scored > 0.11*live {
		out = append(out, fmt.Sprintf("The funnel is wide open: %.0f of some %.0f live posts are scored by request; a tenth or fewer make it a funnel (system.retrieval.candidates).", scored, live))
	}
	if each := views / live; w.System.Feed == Stack && each < 10 {
		out = append(out, fmt.Sprintf("Little signal: a live post gets about %.1f impressions a day; with fewer than ten its counters and its embedding carry little (more agents.users.count, or fewer posts).", each))
	}
	return out
}

// distinct drops repetitions and keeps the order.
func distinct(lines []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, line := range lines {
		if !seen[line] {
			seen[line] = true
			out = append(out, line)
		}
	}
	return out
}
