package user

import (
	"math"

	"feedloop/agents/census"
	"feedloop/sim"
	"feedloop/sim/record"
	"feedloop/system"
)

// marginals are what people did since the warm-up, beside what they were made to
// do; see package census. Bots are no people.
type marginals struct {
	since sim.Time // the midnight from which is counted

	engaged   census.Rate                    // staying, by appeal
	reactions [system.EventKinds]census.Rate // by value
	leaving   census.Rate                    // by the number of the decision within the visit
	examined  census.Rate                    // by position on a list
	returned  census.Rate                    // following an impulse, by satisfaction
	churned   census.Rate                    // leaving for good after a visit, by satisfaction
	departed  census.Rate                    // the same, by days since counting began
	watched   census.Spread                  // share of the length
	hours     census.Spread                  // of the local day, of visits
	gaps      census.Waits                   // from the last page of a visit to the next visit

	views int // impressions
	ends  int // of visits
	days  personDays
}

// personDays counts the days on which people came.
type personDays struct {
	active   float64 // all
	followed float64 // but those of the present day
	again    float64 // those that the person came on the day after, too
	present  float64 // of the present day, so far
}

// Formulas of watching and of gaps are evaluated for one in so many: primes, so
// that no position of a page is favoured.
const (
	everyWatch = 211
	everyGap   = 11
)

func newMarginals() marginals {
	m := marginals{
		engaged: census.NewRate(-1.2, 1.6, 28), leaving: census.NewRate(0, 121, 121),
		examined: census.NewRate(-0.5, system.Positions-0.5, system.Positions),
		returned: census.NewRate(-1, 1, 80), churned: census.NewRate(-1, 1, 80),
		departed: census.NewRate(0, 400, 400),
		watched:  census.NewSpread(0, 3, 30), hours: census.NewSpread(0, 24, 24),
		gaps: census.NewWaits([]float64{0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 10, 12, 15, 18, 21, 24, 30, 36, 42, 48, 60, 72, 96, 120, 168, 240}),
	}
	for kind := range m.reactions {
		m.reactions[kind] = census.NewRate(-1.2, 1, 22)
	}
	return m
}

// begin forgets everything: the warm-up is over.
func (m *marginals) begin(now sim.Time) {
	m.since = now
	for _, r := range []*census.Rate{&m.engaged, &m.leaving, &m.examined, &m.returned, &m.churned, &m.departed} {
		r.Reset()
	}
	for kind := range m.reactions {
		m.reactions[kind].Reset()
	}
	m.watched.Reset()
	m.hours.Reset()
	m.gaps.Reset()
	m.views, m.ends, m.days = 0, 0, personDays{}
}

// midnight begins a day.
func (m *marginals) midnight() {
	m.days.followed += m.days.present
	m.days.present = 0
}

// Marginals returns what people did beside what they were made to do, once, at
// the end of a run.
//
// Simplification: a person is free for the next visit from the arrival of the
// last page on, of which the device may still show the rest: a gap begins there.
func (p *People) Marginals() record.Table {
	m, t := &p.marginals, census.NewTable()
	m.hours.Expect(p.hours.before)
	for i := range p.All {
		if who := &p.All[i]; who.freed > 0 {
			m.gaps.Add(p.kernel.Now().Sub(who.freed).Hours(), false)
		}
	}
	m.watched.Rows(&t, "watch_share")
	m.engaged.Rows(&t, "staying")
	for kind := system.Liked; kind < system.Answered; kind++ {
		m.reactions[kind].Rows(&t, kind.String())
	}
	m.reactions[system.Paused].Rows(&t, system.Paused.String())
	m.leaving.Survival(&t, "visit_length")
	m.examined.Rows(&t, "examination")
	m.hours.Rows(&t, "daily_curve")
	m.gaps.Rows(&t, "gap")
	m.returned.Rows(&t, "return")
	m.churned.Rows(&t, "churn")
	m.departed.Sums(&t, "departed", p.humans())
	p.lorenz(&t)
	p.followers(&t)
	return t
}

// humans is the number of people who are no bots.
func (p *People) humans() int {
	n := 0
	for i := range p.All {
		if !p.All[i].bot {
			n++
		}
	}
	return n
}

// lorenz adds how unevenly posts and creators are met, over posts that lived
// equally long: those whose whole life was counted, or all that were there from
// the start where no life is that short.
func (p *People) lorenz(t *record.Table) {
	m := &p.marginals
	from, until := m.since, p.kernel.Now()-sim.Time(p.posts.Config.Life)
	if until <= from {
		from, until = sim.Time(-p.posts.Config.Life), m.since
	}
	var got, due, reach, uploads []float64
	row := map[system.CreatorID]int{}
	for id := range p.posts.Truths {
		post := &p.posts.Truths[id]
		if post.At < from || post.At > until {
			continue
		}
		n := float64(post.Met)
		got, due = append(got, n), append(due, 1)
		i, known := row[post.Creator]
		if !known {
			i, row[post.Creator] = len(reach), len(reach)
			reach, uploads = append(reach, 0), append(uploads, 0)
		}
		reach[i] += n
		uploads[i]++
	}
	census.Shares(t, "post_lorenz", got, due)
	census.Shares(t, "creator_lorenz", reach, uploads)
}

// followers adds how many follow each creator now.
func (p *People) followers(t *record.Table) {
	var counts []float64
	for i := range p.posts.Truths { // every creator has uploaded something
		for int(p.posts.Truths[i].Creator) >= len(counts) {
			counts = append(counts, 0)
		}
	}
	for i := range p.All {
		for _, c := range p.All[i].follows {
			if int(c) < len(counts) {
				counts[c]++
			}
		}
	}
	census.Tail(t, "followers", counts)
}

// Published returns what is known of real people beside what these do.
func (p *People) Published() record.Table {
	m := &p.marginals
	t := record.Table{Name: "published", Columns: []string{"number", "observed", "low", "high", "source"}}
	if m.views == 0 {
		return t
	}
	t.Add("share_watched", m.watched.Mean(), 0.45, 0.45, "TikTok, CHI 2024")
	t.Add("posts_per_active_day", by(float64(m.views), m.days.active), 381.0, 381.0, "KuaiRand")
	t.Add("return_next_day", by(m.days.again, m.days.followed), 0.4, 0.75, "KuaiSim")
	return t
}

// by is a number by day, or no number where no day is over.
func by(n, days float64) float64 {
	if days == 0 {
		return math.NaN()
	}
	return n / days
}

// census opens the books of a day, after the warm-up for the first time.
func (p *People) census(now sim.Time) {
	if m := &p.marginals; m.since < p.warmup && now >= p.warmup {
		m.begin(now)
		for i := range p.posts.Truths {
			p.posts.Truths[i].Met = 0
		}
		for i := range p.All {
			p.All[i].freed, p.All[i].lastDay = 0, 0
		}
	}
	p.marginals.midnight()
}

// returns counts an impulse to visit, followed or not.
func (p *People) returns(who *Person, now sim.Time, chance float64, follows bool) {
	if who.bot {
		return
	}
	m, today := &p.marginals, int32(now.Day())+1
	m.returned.Add(float64(who.Satisfaction), chance, follows)
	if !follows {
		return
	}
	local := now.Add(who.offset + sim.Day)
	m.hours.Add((local.Sub(0) % sim.Day).Hours())
	if who.freed > 0 {
		m.gaps.Add(now.Sub(who.freed).Hours(), true)
		who.freed = 0
	}
	if who.lastDay == today {
		return
	}
	m.days.active++
	m.days.present++
	if who.lastDay == today-1 {
		m.days.again++
	}
	who.lastDay = today
}

// goes counts the end of a visit, for good or until the next.
func (p *People) goes(who *Person, chance float64) {
	m := &p.marginals
	m.churned.Add(float64(who.Satisfaction), chance, who.Departed)
	m.departed.Add(p.kernel.Now().Sub(m.since).Hours()/24, chance, who.Departed)
	if who.Departed {
		return
	}
	who.freed = p.kernel.Now()
	p.expectGap(who, who.freed)
}
