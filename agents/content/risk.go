package content

import (
	"feedloop/sim/num"
	"feedloop/sim/rng"
)

var riskPurpose = rng.NewPurpose("content.public_risk")

// riskOf are the log-odds of risk that the platform's safety model would give a
// post of each class if it saw clearly.
var riskOf = [...]float64{Benign: -4, Borderline: -1, Violating: 2}

// risk is what the platform's safety model thinks of a post: right on average,
// and with noise of a given size on its log-odds.
func (c Config) risk(u float64, class Class) float32 {
	return float32(num.Sigmoid(rng.Normal(u, riskOf[class], c.RiskNoise)))
}
