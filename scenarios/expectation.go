package scenarios

import (
	"fmt"
	"time"

	"feedloop/sim"
)

// Expectation is one line of `expect:`, a sentence about the outcome that the
// run checks. Its forms, of which each takes one:
//
//	{metric: M, world: W, is: B}                            M of W lies within B
//	{metric: M, world: W, is: B, in_every: D}               ... in every window of length D after the warm-up
//	{metric: M, world: W, against: V, is: B}                M of W minus M of V, paired by replicate; in percent: of M of V
//	{metric: M, world: W, gap: {from: A, to: C}, is: B}     the share of the way from A to C that W makes: (W-A)/(C-A)
//	{metric: M, world: W, lead_lost: {by: A, over: C}, is: B} the share of W's lead over C that A loses: (W-A)/(W-C)
//	{metric: M, world: W, since: {from: F, until: U}, is: B} M of W minus what it was in that stretch of the run, paired by replicate; in percent: of that
//
// Any but the second may judge a stretch of the run in place of all that follows
// the warm-up: `during: {from: 49d, until: 56d}`.
//
// For the grammar of B see [Bound]; Is.In(unit, Comparison()) is B in the unit
// of M.
type Expectation struct {
	Metric   string        `yaml:"metric" jsonschema:"required"` // what is measured; `feedloop list metrics` shows the choice.
	World    string        `yaml:"world"`                        // the world that is judged; may be left out when there is just one.
	Against  string        `yaml:"against,omitempty"`            // the world it is compared with.
	Gap      *Gap          `yaml:"gap,omitempty"`                // judge the share of a gap between two other worlds that the world closes.
	LeadLost *LeadLost     `yaml:"lead_lost,omitempty"`          // judge the share of the world's lead that another world loses.
	Is       Bound         `yaml:"is" jsonschema:"required"`     // the bound.
	InEvery  time.Duration `yaml:"in_every,omitempty"`           // demand the bound of every window of this length after the warm-up.
	Since    *Stretch      `yaml:"since,omitempty"`              // judge how far the world has come since this stretch of its run.
	During   *Stretch      `yaml:"during,omitempty"`             // judge this stretch of the run in place of all that follows the warm-up.
}

// Stretch is a part of the run: a first week, or an eighth.
type Stretch struct {
	From  time.Duration `yaml:"from"`                        // simulated time at which it begins. Default: 0s, the start of the run.
	Until time.Duration `yaml:"until" jsonschema:"required"` // simulated time at which it ends.
}

// Gap is the way from one world's value of a metric to another's.
type Gap struct {
	From string `yaml:"from" jsonschema:"required"` // the world where the way begins, such as newest.
	To   string `yaml:"to" jsonschema:"required"`   // the world where it ends, such as oracle.
}

// LeadLost is what a world loses of the lead of the world that is judged.
type LeadLost struct {
	By   string `yaml:"by" jsonschema:"required"`   // the world that loses, such as permuted.
	Over string `yaml:"over" jsonschema:"required"` // the world that the lead is over, such as trending.
}

// Comparison reports whether a difference is judged: between worlds, or since an
// earlier stretch of one.
func (x Expectation) Comparison() bool {
	return x.Against != "" || x.Gap != nil || x.LeadLost != nil || x.Since != nil
}

// checkExpectations reports expectations that could never be judged.
func (d *decoder) checkExpectations(s *Scenario) {
	for i, x := range s.Expect {
		path := fmt.Sprintf("expect[%d]", i)
		d.adopt(path, x.shape(s))
		d.checkBound(path, x)
		for _, w := range x.worlds() {
			d.checkWorld(s, join(path, w.key), w.name)
		}
	}
}

// role is a key of an expectation that names a world.
type role struct{ key, name string }

// worlds lists the worlds that an expectation names, with the keys that name them.
func (x Expectation) worlds() []role {
	roles := []role{{"world", x.World}}
	if x.Against != "" {
		roles = append(roles, role{"against", x.Against})
	}
	if x.Gap != nil {
		roles = append(roles, role{"gap.from", x.Gap.From}, role{"gap.to", x.Gap.To})
	}
	if x.LeadLost != nil {
		roles = append(roles, role{"lead_lost.by", x.LeadLost.By}, role{"lead_lost.over", x.LeadLost.Over})
	}
	return roles
}

// Worlds lists the worlds that an expectation names.
func (x Expectation) Worlds() []string {
	var out []string
	for _, w := range x.worlds() {
		out = append(out, w.name)
	}
	return out
}

// shape says which keys do not go together.
func (x Expectation) shape(s *Scenario) error {
	var c sim.Check
	forms := 0
	for _, set := range []bool{x.Against != "", x.Gap != nil, x.LeadLost != nil, x.InEvery != 0, x.Since != nil} {
		if set {
			forms++
		}
	}
	c.That(forms <= 1, "", "several", "at most one of against, gap, lead_lost, in_every and since")
	seen := map[string]string{}
	for _, w := range x.worlds() {
		if first, twice := seen[w.name]; twice && w.name != "" {
			c.That(false, w.key, w.name, "a world other than that of `"+first+":`")
		}
		seen[w.name] = w.key
	}
	window, step := x.InEvery, s.Record.Series
	c.That(window >= 0 && window <= s.Clock.Run, "in_every", window, "a duration up to clock.run, "+FormatDuration(s.Clock.Run))
	c.That(step <= 0 || window%step == 0, "in_every", window, "a multiple of record.series, "+FormatDuration(step))
	c.That(x.During == nil || window == 0, "", "both", "at most one of during and in_every")
	c.In("since", x.Since.within(s))
	c.In("during", x.During.within(s))
	return c.Err()
}

// within says why a stretch is none of the scenario's run; nil is no stretch.
func (d *Stretch) within(s *Scenario) error {
	var c sim.Check
	if d == nil {
		return nil
	}
	step := s.Record.Series
	c.That(d.From >= 0 && d.From < d.Until, "from", d.From, "0s or more, and less than until, "+FormatDuration(d.Until))
	c.That(d.Until <= s.Clock.Run, "until", d.Until, "at most clock.run, "+FormatDuration(s.Clock.Run))
	c.That(step <= 0 || d.From%step == 0, "from", d.From, "a multiple of record.series, "+FormatDuration(step))
	c.That(step <= 0 || d.Until%step == 0, "until", d.Until, "a multiple of record.series, "+FormatDuration(step))
	return c.Err()
}

// checkWorld reports a world that does not exist.
func (d *decoder) checkWorld(s *Scenario, path, name string) {
	if _, ok := s.World(name); ok {
		return
	}
	if name == "" {
		d.faulty(path, name, "one of "+enumerate(s.worldNames(), 8))
		return
	}
	n, _ := d.written(path)
	d.complain(n.at, path, fmt.Sprintf("no world is called %s", written(name)), didYouMean(name, s.worldNames()))
}

// checkBound reports a metric that does not exist, and a bound that does not
// suit the metric.
func (d *decoder) checkBound(path string, x Expectation) {
	is, given := d.origin[join(path, "is")]
	if !given {
		d.faulty(join(path, "is"), nil, Bound{}.Want())
	}
	metric, known := d.vocabulary.metric(x.Metric)
	switch {
	case x.Metric == "":
		d.faulty(join(path, "metric"), nil, "the name of a metric")
	case !known:
		n, _ := d.written(join(path, "metric"))
		d.complain(n.at, join(path, "metric"), fmt.Sprintf("no metric is called %s", written(x.Metric)),
			didYouMean(x.Metric, d.vocabulary.metricNames()))
	case x.Is.text == "": // it was not given or could not be read, which has been said
	case (x.Gap != nil || x.LeadLost != nil) && x.Is.Unit != Percent:
		d.complain(is.at, join(path, "is"), fmt.Sprintf("got %s, want a share in percent", x.Is), "such as `> 30%`")
	default:
		if _, err := x.Is.In(metric.Unit, x.Comparison()); err != nil {
			d.complain(is.at, join(path, "is"), err.Error(), "")
		}
	}
}
