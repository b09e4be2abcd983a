// Package archtest guards the architecture: the folders, who may import whom, the house style that a machine can check, and
// the bans that keep a run repeatable. It is run by go test, as every other test, and each failure names the fix.
//
// # How it works
//
//	the source tree ──Load──▶ Tree ──▶ Rule.Check ──▶ findings ("sim/clock.go:12: …; do …")
//	 (an fs.FS)               text       one file
//	                          syntax     each
//	                          types
//
// A [Tree] is loaded from a file system, so that the module itself (arch_test.go) and the tiny synthetic trees in testdata
// (rules_test.go) meet the same rules. Every rule has a tree there that breaks it: a rule that cannot fail is a defect.
//
// # Exceptions
//
// A rule that counts or that guesses takes an exception, written in the code it excuses and with its reason:
//
//	//archtest:lines 95 because the table of test vectors reads best in one piece
//	for _, share := range m { // ordered: a sum of integers does not depend on the order
//
// The number is a ratchet: when the code shrinks, the exception must shrink with it. The rules about imports, bans and
// folders take no exception.
//
// # What it leaves out
//
// What the compiler, vet and staticcheck already say; and taste. Test files are held to the rules about imports, size and
// machine paths only, and are parsed but not type-checked.
//
// # Reading order
//
// rules.go lists the rules; imports.go is the map of the whole program; then a rule a file: folders.go, constructors.go,
// vocabulary.go, nouns.go, configs.go, bans.go, sources.go, maps.go, size.go, docs.go, reading.go, paths.go; then tree.go,
// file.go and types.go, which are only machinery.
package archtest
