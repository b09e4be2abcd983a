// Package scenarios is the language that worlds are described in: YAML files
// in, a validated [Scenario] out, or all that is wrong with them at once.
//
// What it models: a scenario is a question, the people and the system it is
// asked about, what happens to them, the counterfactual worlds to compare,
// and what is expected to come out. Keys mirror folders, so that
// system.features.counters.refresh leads to system/features. Each component
// owns its Config; this package only knows how to fill, check, write and
// describe any of them by reflection.
//
// What it leaves out: running. A Scenario is plain data; scenarios/run builds
// worlds from it.
//
//	reels.yaml --parse--> tree --+
//	(from:) base --parse--> tree-+--decode over defaults--> Agents, System, Events
//	--set path=value ----> tree--+                               |
//	                                                 worlds: decode over a copy
//	                                                              |
//	              Problems <--- Validate, expectations <---- each World
//
// There is one precedence rule: defaults, base, file, --set; and over all of
// them what a world changes. Every layer is decoded strictly over the one
// before, so an absent key and a zero differ without pointers.
//
// Reading order: scenario.go (what can be said), clock.go, record.go, world.go,
// event.go, vocabulary.go, expectation.go and bound.go; load.go (how a file becomes a
// scenario), library.go, source.go, set.go; parse.go, tree.go, decode.go, fields.go and
// override.go (the walk); leaf.go with number.go, share.go, duration.go and date.go
// (its ends); validate.go, uploads.go, advice.go; problem.go (how errors read),
// syntax.go, near.go; encode.go (the effective scenario); schema.go.
package scenarios
