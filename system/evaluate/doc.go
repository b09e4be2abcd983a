// Package evaluate measures predictions: normalised entropy, calibration, area
// under the curve. It is plumbing that trainers, gates and monitors share, so
// that a gate and a dashboard can never disagree about what a number means.
//
//	(probability, what came true) ─ Add ─▶ Entropy, Calibration, Separation ─▶ one number
//	                                       └──────── Card, by slice ─────┘
//	                                       Reliability ─▶ a diagram
//
// What it leaves out: intervals.
//
// Reading order: entropy.go, calibration.go, auc.go, separation.go, card.go, reliability.go.
package evaluate
