package ranking

import (
	"slices"
	"time"

	"feedloop/sim"
)

// Family is a kind of model.
type Family string

// The families.
const (
	Linear     Family = "linear"     // logistic regression by head
	FM         Family = "fm"         // factorisation machine: also products of two features
	MLP        Family = "mlp"        // neural network with a bottom that all heads share
	Popularity Family = "popularity" // no model: order by recent engagement per impression
)

// Values lists the families.
func (Family) Values() []string {
	return []string{string(Linear), string(FM), string(MLP), string(Popularity)}
}

// Config describes the ranker.
type Config struct {
	// Family of the model. Default linear.
	Family Family `yaml:"family"`
	// Value is what each predicted outcome is worth.
	Value Value `yaml:"value"`
	// FTRL are the learning rates and penalties of the linear family, and of the
	// linear part of the factorisation machine.
	FTRL FTRL `yaml:"ftrl"`
	// FM describes the factors of the factorisation machine.
	FM Machine `yaml:"fm"`
	// MLP describes the neural network.
	MLP Network `yaml:"mlp"`
	// Watch describes the head for the expected watch.
	Watch Watch `yaml:"watch"`
	// Position is what is done about where on the page a post lay. With examined,
	// the chance that a position is looked at is learned beside the model and taken
	// out of it; that makes a difference where posts that nobody looked at are
	// examples (retraining.impressions: served). Default ignored.
	Position Position `yaml:"position"`
	// Negatives is the share of negatives that training looks at, drawn by
	// impression and head; unless calibration is raw, predictions are corrected for
	// it. Less is cheaper and noisier. Default 100%, more than 0.
	Negatives sim.Share `yaml:"negatives"`
	// Calibration is what is done to the heads' log-odds after the model. Default
	// none.
	Calibration Calibration `yaml:"calibration"`
}

// DefaultConfig returns a linear ranker with a balanced value model.
func DefaultConfig() Config {
	return Config{
		Family: Linear, Value: Value{Preset: Balanced},
		FTRL:  FTRL{Alpha: 0.3, Beta: 1, L2: 1},
		FM:    Machine{Spread: 0.1, Alpha: 0.1, Beta: 0.1},
		MLP:   Network{Hidden: []int{64, 32}, Batch: 8, Alpha: 0.05, Beta: 0.1},
		Watch: Watch{Label: Seconds, Cap: time.Minute, Buckets: 10}, Position: Ignored,
		Negatives: 1, Calibration: Uncalibrated,
	}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	known := c.Family == Linear || c.Family == FM || c.Family == MLP || c.Family == Popularity
	v.That(known, "family", c.Family, "linear, fm, mlp or popularity")
	v.In("value", c.Value.check())
	v.In("ftrl", c.FTRL.check())
	v.In("fm", c.FM.check())
	v.In("mlp", c.MLP.check())
	v.In("watch", c.Watch.check())
	v.That(c.Position == Ignored || c.Position == Examined, "position", c.Position, "ignored or examined")
	v.That(c.Negatives > 0 && c.Negatives <= 1, "negatives", c.Negatives, "a share above 0, at most 100%")
	v.That(slices.Contains(c.Calibration.Values(), string(c.Calibration)), "calibration", c.Calibration,
		"raw, none, platt or isotonic")
	return v.Err()
}
