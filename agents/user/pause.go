package user

import (
	"feedloop/sim/rng"
	"feedloop/system"
)

var pausePurpose = rng.NewPurpose("user.pause")

// pauses lets a person who stayed stop the post for a while, to read it or to look
// closer, and returns for how many seconds. It is the last that they do with it.
func (p *People) pauses(who *Person, view system.Event, address uint64, value, clickbait float64) (seconds float32) {
	c := &p.Config.Choice
	if c.Pause.Base <= never {
		return 0
	}
	u, v := p.src.Uniforms(pausePurpose, who.Key, address)
	if !p.decides(system.Paused, u, c.Pause, value, clickbait) {
		return 0
	}
	seconds = float32(rng.Exponential(v, c.PauseTime.Seconds()))
	view.Kind, view.At, view.Watch = system.Paused, ahead(view.At, seconds), seconds
	p.report(who, view)
	return seconds
}
