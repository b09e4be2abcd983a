package ranking

import "feedloop/system"

// Preset is a named value model.
type Preset string

// The presets.
const (
	// Clicks wants posts to be started: a play is what a full-screen feed has for
	// a click.
	Clicks Preset = "clicks"
	// WatchTime wants seconds: 60 by unit of the watch head, whose unit is a minute
	// unless the configuration has another.
	WatchTime Preset = "watch-time"
	// Balanced wants long views and reactions, no hides and above all no reports.
	Balanced Preset = "balanced"
	// X2026 has the published weights and the offset rule of X; see x2026.go.
	X2026 Preset = "x-2026"
	// SatisfactionSurvey is what a survey would say of a post afterwards:
	// deliberate acts count and time hardly does, and regret counts most.
	// Simplification: a real platform regresses answers on the heads and takes the
	// coefficients. Answers come by visit and not by post, and by default not at
	// all (agents.users.survey), so these are chosen by hand.
	SatisfactionSurvey Preset = "satisfaction-survey"
	// Quality wants posts that are watched to the end and that nobody takes
	// exception to: a long view without a hide or a report.
	Quality Preset = "quality"
	// SessionLength wants people to go on: the weights of what they do with a post
	// are learned from how many posts they met in their visits; see surrogate.go.
	SessionLength Preset = "session-length"
	// Retention wants people to come back: the weights are learned from whether
	// visits were followed by another within a day.
	Retention Preset = "retention"
)

// Values lists the presets.
func (Preset) Values() []string {
	return []string{string(Clicks), string(WatchTime), string(Balanced), string(X2026), string(SatisfactionSurvey),
		string(Quality), string(SessionLength), string(Retention)}
}

// weighting is what a preset says.
type weighting struct {
	weights [most]float64 // by output
	base    float64       // of a candidate that nobody does anything with
	// offset applies X's rule, with these sums of positive and of negative
	// weights.
	offset             bool
	positive, negative float64
	// aim is what weights are learned from; the weights above serve until enough
	// visits have ended.
	aim aim
}

// presets by name; nothing walks over them.
var presets = map[Preset]weighting{
	Clicks:    {weights: [most]float64{system.Play: 1}},
	WatchTime: {weights: [most]float64{watch: 60}},
	Balanced: {weights: [most]float64{
		system.Play: 0.1, system.LongView: 1, system.Like: 3, system.Comment: 3, system.Share: 3, system.Follow: 3,
		system.Hide: -10, system.Report: -30,
	}},
	X2026: x2026(),
	SatisfactionSurvey: {weights: [most]float64{
		system.LongView: 0.3, system.Like: 3, system.Comment: 2, system.Share: 4, system.Follow: 5,
		system.Hide: -25, system.Report: -75,
	}},
	Quality:       {weights: [most]float64{system.LongView: 1, system.Hide: -1, system.Report: -1}},
	SessionLength: {weights: [most]float64{system.LongView: 1}, aim: length},
	Retention:     {weights: [most]float64{system.LongView: 1}, aim: comingBack},
}
