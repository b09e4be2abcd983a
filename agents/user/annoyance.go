package user

import (
	"time"

	"feedloop/sim"
	"feedloop/system"
)

// Annoyance is what the manner of a page costs the mood of the person who asked
// for it, whatever is on it. Zeros are people who mind the posts alone (and who,
// however patient, leave when nothing comes: see attention.patience).
type Annoyance struct {
	// Wait is what a second of waiting takes from mood. Default 0, range 0 to 10.
	Wait float64 `yaml:"wait"`
	// Empty is what an empty page takes. Default 0, range 0 to 10.
	Empty float64 `yaml:"empty"`
	// Degraded is what a page below the full rung takes, for layout and previews
	// that fail with it. Default 0, range 0 to 10.
	Degraded float64 `yaml:"degraded"`
	// Repeated is what meeting a post again takes from its value, where
	// system.repeats lets that happen. Default 0, range 0 to 10.
	Repeated float64 `yaml:"repeated"`
}

func (a Annoyance) validate(v *sim.Check) {
	v.That(a.Wait >= 0 && a.Wait <= 10, "annoyance.wait", a.Wait, "0 to 10")
	v.That(a.Empty >= 0 && a.Empty <= 10, "annoyance.empty", a.Empty, "0 to 10")
	v.That(a.Degraded >= 0 && a.Degraded <= 10, "annoyance.degraded", a.Degraded, "0 to 10")
	v.That(a.Repeated >= 0 && a.Repeated <= 10, "annoyance.repeated", a.Repeated, "0 to 10")
}

// annoy lets the manner of a page weigh on the person's mood.
func (p *People) annoy(who *Person, page *system.Page, waited time.Duration) {
	a := &p.Config.Annoyance
	cost := float64(a.Wait * waited.Seconds())
	switch {
	case len(page.Items) == 0:
		cost += a.Empty
	case page.Rung != system.Full:
		cost += a.Degraded
	}
	who.Mood -= float32(cost)
}
