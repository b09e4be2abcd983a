package user

import (
	"feedloop/sim"
	"feedloop/sim/num"
	"feedloop/sim/rng"
	"feedloop/system"
)

// Survey asks some people, as they leave, how satisfied they are with the feed.
// It is what operators may know of satisfaction, and it is biased: those who have
// left for good are not asked, who answers depends on what they would say, and
// answers are kinder or harsher than the truth.
type Survey struct {
	// Share of visits after which the person is asked. Default 0%.
	Share sim.Share `yaml:"share"`
	// Response is the log-odds of answering at satisfaction 0. Default -1, range
	// -100 to 100.
	Response float64 `yaml:"response"`
	// ResponseSlope is added per unit of satisfaction: above 0 the content answer
	// more often. Default 3, range -100 to 100.
	ResponseSlope float64 `yaml:"response_slope"`
	// ResponseExtreme is added per unit of distance from 0, either way: those who
	// feel strongly answer more often. Default 0, range -100 to 100.
	ResponseExtreme float64 `yaml:"response_extreme"`
	// Bias is added to every answer: courtesy, or spite. Default 0, range -1 to 1.
	Bias float64 `yaml:"bias"`
	// Noise is the standard deviation of an answer. Answers are kept between -1
	// and 1. Default 0.1, range 0 to 1.
	Noise float64 `yaml:"noise"`
}

func (s Survey) validate(v *sim.Check) {
	v.That(s.Share >= 0 && s.Share <= 1, "survey.share", s.Share, "a share from 0 to 100%")
	v.That(s.Bias >= -1 && s.Bias <= 1, "survey.bias", s.Bias, "-1 to 1")
	v.That(s.Noise >= 0 && s.Noise <= 1, "survey.noise", s.Noise, "0 to 1")
}

// response is the chance that somebody of this satisfaction answers.
func (s Survey) response(satisfaction float64) float64 {
	return num.Sigmoid(s.Response + float64(s.ResponseSlope*satisfaction) + float64(s.ResponseExtreme*max(satisfaction, -satisfaction)))
}

var surveyPurpose = rng.NewPurpose("user.survey")

// answer lets a person who has just left say how satisfied they are. The answer
// travels to the platform with the last events of the visit.
func (p *People) answer(who *Person) {
	s := &p.Config.Survey
	if s.Share == 0 || who.bot || len(p.events) == 0 {
		return
	}
	visit := uint64(who.visit)
	asked, noise := p.src.Uniforms(surveyPurpose, who.Key, visit<<1)
	answers := p.src.Uniform(surveyPurpose, who.Key, visit<<1|1)
	truth := float64(who.Satisfaction)
	if asked >= float64(s.Share) || answers >= s.response(truth) {
		return
	}
	e := p.events[len(p.events)-1]
	e.Kind, e.Watch = system.Answered, 0
	e.Answer = float32(min(max(rng.Normal(noise, truth+s.Bias, s.Noise), -1), 1))
	p.report(who, e)
}
