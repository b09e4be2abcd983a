package content

import (
	"fmt"

	"feedloop/sim"
	"feedloop/system"
)

// Language is one of the languages that people speak and posts are in.
type Language struct {
	// Name is unique among the languages.
	Name string `yaml:"name"`
	// Share of the people whose first language it is, and of the creators who
	// upload in it, 0 to 100 %.
	Share sim.Share `yaml:"share"`
}

// mostLanguages is how many a set of them holds.
const mostLanguages = 32

// Language draws a language by share: the first where there is no other.
func (c Config) Language(u float64) system.Language {
	var last system.Language
	for i, l := range c.Languages {
		if u -= float64(l.Share); u < 0 {
			return system.Language(i)
		}
		if l.Share > 0 {
			last = system.Language(i)
		}
	}
	return last // shares may add up to a little less than one
}

func (c Config) validateLanguages(v *sim.Check) {
	names, sum := map[string]bool{}, 0.0
	for i, l := range c.Languages {
		at := fmt.Sprintf("languages[%d].", i)
		v.That(l.Name != "", at+"name", l.Name, "a name")
		v.That(!names[l.Name], at+"name", l.Name, "a name that no other language has")
		v.That(l.Share >= 0 && l.Share <= 1, at+"share", l.Share, "a share from 0 to 100%")
		names[l.Name] = true
		sum += float64(l.Share)
	}
	v.That(len(c.Languages) == 0 || sum > 0.999 && sum < 1.001, "languages", sum, "shares that add up to 100%")
	v.That(len(c.Languages) <= mostLanguages, "languages", len(c.Languages), fmt.Sprintf("at most %d languages", mostLanguages))
}
