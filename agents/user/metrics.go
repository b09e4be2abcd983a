package user

import (
	"time"

	"feedloop/sim/record"
)

// Truth metrics: only the simulator can know them.
var (
	ValuePerPersonDay = record.Register(record.Metric{
		Name: "true_value_per_person_day", Unit: "value/person-day", Better: record.Up, Knower: record.Simulator, Of: record.PerDay,
		Definition: "sum of the true value of impressions, by day and by person of the initial people; the departed count as zero",
	})
	ValuePerImpression = record.Register(record.Metric{
		Name: "true_value_per_impression", Unit: "value", Better: record.Up, Knower: record.Simulator, Of: record.Average,
		Definition: "mean over impressions of affinity x quality less regret and satiation",
	})
	Satisfaction = record.Register(record.Metric{
		Name: "true_satisfaction", Unit: "value", Better: record.Up, Knower: record.Simulator, Of: record.Average,
		Definition: "mean over visits of the slow average of what visits were worth, as the person leaves",
	})
	ActiveShare = record.Register(record.Metric{
		Name: "true_active_share", Unit: "share", Better: record.Up, Knower: record.Simulator, Of: record.Level,
		Definition: "people who have not left for good, as a share of the initial people, at midnight",
	})
	VisitsPerPersonDay = record.Register(record.Metric{
		Name: "true_visits_per_person_day", Unit: "visits/person-day", Better: record.Up, Knower: record.Simulator, Of: record.PerDay,
		Definition: "visits begun, by day and by person of the initial people",
	})
	MinutesPerPersonDay = record.Register(record.Metric{
		Name: "true_minutes_per_person_day", Unit: "min/person-day", Better: record.Neither, Knower: record.Simulator, Of: record.PerDay,
		Definition: "time spent on posts, by day and by person of the initial people",
	})
	Impressions = record.Register(record.Metric{
		Name: "true_impressions", Unit: "impressions", Better: record.Neither, Knower: record.Simulator, Of: record.Total,
		Definition: "posts that a person really met",
	})
	ViolatingShare = record.Register(record.Metric{
		Name: "true_violating_share", Unit: "share", Better: record.Down, Knower: record.Simulator, Of: record.Quotient,
		Definition: "impressions of posts that are against the platform's rules, as a share of impressions",
	})
	Asked = record.Register(record.Metric{
		Name: "true_pages_asked", Unit: "pages", Better: record.Neither, Knower: record.Simulator, Of: record.Total,
		Definition: "pages that people asked for",
	})
	Abandoned = record.Register(record.Metric{
		Name: "true_pages_abandoned", Unit: "pages", Better: record.Down, Knower: record.Simulator, Of: record.Total,
		Definition: "pages that were empty, or came when the person was gone",
	})
	Emitted = record.Register(record.Metric{
		Name: "true_events_emitted", Unit: "events", Better: record.Neither, Knower: record.Simulator, Of: record.Total,
		Definition: "events that devices wrote, whether or not they reach the platform",
	})
)

// metrics are the instruments of one world.
type metrics struct {
	initial                                float64 // people, at least 1
	violating, friends                     *record.Ratio
	value, visits, minutes                 *record.Sum
	perImpression, satisfaction            *record.Mean
	active, drift, focus, interest         *record.Gauge
	impressions, asked, abandoned, emitted *record.Sum
	bayes                                  bayes
	sum                                    float64 // of true value, for the progress line
	met                                    float64 // impressions, likewise
}

func newMetrics(m *record.Recorder, initial int) *metrics {
	heads := float64(max(initial, 1))
	return &metrics{
		initial: heads, violating: m.Ratio(ViolatingShare), friends: m.Ratio(FriendShare),
		value: m.PerDay(ValuePerPersonDay, heads), visits: m.PerDay(VisitsPerPersonDay, heads),
		minutes: m.PerDay(MinutesPerPersonDay, heads), perImpression: m.Mean(ValuePerImpression),
		satisfaction: m.Mean(Satisfaction), active: m.Gauge(ActiveShare),
		drift: m.Gauge(TasteDrift), focus: m.Gauge(TasteFocus), interest: m.Gauge(InterestDrift),
		bayes: bayes{loss: m.Ratio(NormalizedEntropy)}, impressions: m.Sum(Impressions), asked: m.Sum(Asked), abandoned: m.Sum(Abandoned), emitted: m.Sum(Emitted),
	}
}

// page records one page that was watched.
func (m *metrics) page(who *Person, shown int, value float64, took time.Duration) {
	if shown == 0 {
		return
	}
	m.met += float64(shown)
	if who.bot {
		return
	}
	if who.initial() {
		m.value.Add(value)
		m.sum += value
		m.minutes.Add(took.Minutes())
	}
	m.perImpression.Add(value/float64(shown), float64(shown))
	m.impressions.Add(float64(shown))
	m.violating.Den(float64(shown))
}

// TotalValue is the sum of the true value of all impressions so far.
func (p *People) TotalValue() float64 { return p.truth.sum }

// Met is the number of impressions so far.
func (p *People) Met() float64 { return p.truth.met }
