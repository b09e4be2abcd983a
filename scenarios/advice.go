package scenarios

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"feedloop/agents/user"
	"feedloop/system"
	"feedloop/system/retrieval"
)

// The moods of people who find what they like on most pages: of all on average, and
// of the tenth of them who see most, week after week.
const (
	usualMood = 0.15
	heavyMood = 0.22
)

// Advice returns reasons to doubt that a scenario's worlds can show what they study,
// a sentence each: they are too small, or a key can do nothing beside another. A small
// world starves in two ways:
//
//   - room to choose: the live posts should be at least ten times what a heavy
//     person, one of the tenth of people who see most week after week, sees in two
//     days, and at most a tenth of them scored by request, or the funnel has nothing
//     to leave out;
//   - signal: a live post should get at least ten impressions a day on average,
//     or its counters and its embedding, where there are any, carry nothing.
//
// What people will see is expected from how often they come and when they leave
// ([user.Config.PostsPerVisit]); over forty days people of the presets see as much within a sixth.
func (s *Scenario) Advice() []string {
	var out []string
	for i := range s.Worlds {
		out = append(out, s.Worlds[i].starves(s.Clock.Run)...)
		out = append(out, s.Worlds[i].narrows()...)
	}
	return distinct(out)
}

func (w *World) starves(run time.Duration) []string {
	users, creators := w.Agents.Users, w.Agents.Creators
	byCreator := creators.PostsPerDay * w.Agents.Posts.Life.Hours() / 24
	live := float64(creators.Count) * byCreator // at first
	atLast := live + creators.Newcomers*run.Hours()/24*byCreator
	mean, heavy, of := 0.0, 0.0, 0.0
	cohorts := users.Everybody()
	slices.SortFunc(cohorts, func(a, b user.Cohort) int { return cmp.Compare(*b.SessionsPerDay, *a.SessionsPerDay) })
	for _, c := range cohorts {
		mean += float64(c.Share) * *c.SessionsPerDay
		if of < 0.1 {
			heavy = *c.SessionsPerDay
		}
		of += float64(c.Share)
	}
	pageSize := w.System.Serving.PageSize
	views := float64(users.Count) * mean * users.PostsPerVisit(usualMood, pageSize) // a day
	var out []string
	if users.Count == 0 || users.Bots.Share == 1 {
		return []string{"There are no people: the world runs, and nothing happens to anybody (agents.users.count, bots.share)."}
	}
	if live == 0 && creators.Newcomers*creators.PostsPerDay == 0 {
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
	if w.System.Feed != Stack {
		return out
	}
	scored := min(float64(w.System.Retrieval.Candidates), float64(proposed(w.System.Retrieval.Quotas)), live)
	if scored > 0.1*live+0.5 {
		out = append(out, fmt.Sprintf("The funnel is wide open: %.0f of some %.0f live posts are scored by request; a tenth or fewer make it a funnel (system.retrieval.candidates).", scored, live))
	}
	if met := views / atLast; met < 10 {
		out = append(out, fmt.Sprintf("Little signal: a live post gets about %.1f impressions a day; with fewer than ten its counters and its embedding carry little (more agents.users.count, or fewer posts).", met))
	}
	return out
}

// narrows tells what of the funnel cannot fill a page, and what can never happen.
func (w *World) narrows() []string {
	if w.System.Feed != Stack {
		return nil
	}
	var out []string
	say := func(format string, numbers ...any) { out = append(out, fmt.Sprintf(format, numbers...)) }
	retrieval, reranking, page := w.System.Retrieval, w.System.Reranking, w.System.Serving.PageSize
	scored := min(retrieval.Candidates, proposed(retrieval.Quotas))
	if scored < retrieval.Candidates {
		say("The sources propose at most %d candidates; there are never %d to score (system.retrieval.quotas, candidates).", scored, retrieval.Candidates)
	}
	if scored < page {
		say("Every page is short: %d candidates for %d places (system.retrieval.candidates, quotas, serving.page_size).", scored, page)
	}
	if n := reranking.Selected; n >= scored {
		say("Nothing is selected: %d of %d candidates are all (system.reranking.selected, retrieval.candidates).", n, scored)
	} else if n > 0 && n < page {
		say("Every page is short: %d posts are selected for %d places (system.reranking.selected, serving.page_size).", n, page)
	}
	if slot := reranking.NewPost.Slot; slot > page {
		say("No new post gets its slot: it would be place %d of %d (system.reranking.new_post.slot, serving.page_size).", slot, page)
	}
	return out
}

// proposed is the most that the sources may propose.
func proposed(q retrieval.Quotas) int {
	sum := 0
	for s := range system.Sources {
		sum += q.Quota(s)
	}
	return sum
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
