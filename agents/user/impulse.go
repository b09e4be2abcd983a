package user

import (
	"fmt"

	"feedloop/sim"
)

// impulsesPerDay bounds the mean number of anybody's impulses in a day: so far
// below visitsPerDay that a day with more impulses than have numbers comes once
// in millions.
const impulsesPerDay = 80

// validateImpulses demands that every visit that people were made to pay has a
// number. What has none would not be paid, and nobody would be told.
func (c Config) validateImpulses(v *sim.Check) {
	r := c.Return
	most := r.Excitation.most() * max(r.Weekend, 1)
	check := func(field string, visits, impulses float64, of string) {
		v.That(!(impulses > impulsesPerDay), field, visits,
			fmt.Sprintf("less, as %s may be at most %d impulses a day", of+" x return.weekend x return.excitation.most", impulsesPerDay))
	}
	const followed = "sessions_per_day / sigmoid(return.base)"
	check("sessions_per_day", c.SessionsPerDay, c.SessionsPerDay/sigmoid(r.Base)*most, followed)
	for i, h := range c.Cohorts {
		if n := h.SessionsPerDay; n != nil {
			check(fmt.Sprintf("cohorts[%d].sessions_per_day", i), *n, *n/sigmoid(r.Base)*most, followed)
		}
	}
	if c.Bots.Share > 0 {
		check("bots.visits_per_day", c.Bots.VisitsPerDay, c.Bots.VisitsPerDay*most, "visits_per_day")
	}
}
