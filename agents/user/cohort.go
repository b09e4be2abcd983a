package user

import (
	"fmt"
	"slices"

	"feedloop/sim"
)

// Cohort is a share of the people who differ from the others.
type Cohort struct {
	// Name is unique among the cohorts.
	Name string `yaml:"name"`
	// Share of all people, 0 to 100 %.
	Share sim.Share `yaml:"share"`
	// SessionsPerDay replaces the common value where it is set, if only to 0.
	// Default: the common value.
	SessionsPerDay *float64 `yaml:"sessions_per_day"`
	// Topics are what their home tastes are made of; empty draws from all topics.
	Topics []int `yaml:"topics"`
	// Zones replaces the common zones; empty keeps them.
	Zones []float64 `yaml:"zones"`
	// Joining replaces the common joining.share where it is set, if only to 0. A
	// cohort of which most join later shifts the mix of the people. Default: the
	// common share.
	Joining *sim.Share `yaml:"joining"`
}

// Everybody returns the cohorts with what they share spelled out; without any, the
// people are one.
func (c Config) Everybody() []Cohort {
	all := slices.Clone(c.Cohorts)
	if len(all) == 0 {
		all = []Cohort{{Name: "all", Share: 1}}
	}
	for i := range all {
		h := &all[i]
		if h.SessionsPerDay == nil {
			h.SessionsPerDay = &c.SessionsPerDay
		}
		if len(h.Zones) == 0 {
			h.Zones = c.Zones
		}
		if h.Joining == nil {
			h.Joining = &c.Joining.Share
		}
	}
	return all
}

func (c Config) validateCohorts(v *sim.Check) {
	names, sum := map[string]bool{}, 0.0
	for i, h := range c.Cohorts {
		at := fmt.Sprintf("cohorts[%d].", i)
		v.That(h.Name != "", at+"name", h.Name, "a name")
		v.That(!names[h.Name], at+"name", h.Name, "a name that no other cohort has")
		v.That(h.Share >= 0 && h.Share <= 1, at+"share", h.Share, "a share from 0 to 100%")
		if n := h.SessionsPerDay; n != nil {
			v.That(*n >= 0 && *n <= 30, at+"sessions_per_day", *n, "0 to 30")
		}
		validateZones(v, at+"zones", h.Zones)
		if share := h.Joining; share != nil {
			v.That(*share >= 0 && *share <= 1, at+"joining", *share, "a share from 0 to 100%")
		}
		names[h.Name] = true
		sum += float64(h.Share)
	}
	v.That(len(c.Cohorts) == 0 || sum > 0.999 && sum < 1.001, "cohorts", sum, "shares that add up to 100%")
	v.That(len(c.Cohorts) <= 255, "cohorts", len(c.Cohorts), "at most 255 cohorts")
}
