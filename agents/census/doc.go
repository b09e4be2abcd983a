// Package census counts what people do and holds it against what they were made
// to do: every marginal of a world beside its formula.
//
//	a chance and its outcome ──▶ Rate      share of outcomes │ mean of chances, by a cause
//	a number and its law     ──▶ Spread    density           │ mean of densities
//	a wait, perhaps cut off  ──▶ Waits     share still waiting (Kaplan-Meier) │ mean of survivals
//	who is met how often     ──▶ Shares    Lorenz curve      │ that of equal chances
//	who is followed by many  ──▶ Tail      share with k      │ that of equal chances
//	who takes what           ──▶ Diary     day by day
//
// The formula is taken at the very moments that people lived through, so that
// the two columns of a [Table] agree up to luck whatever the feed shows. A part
// that is broken, or one that changes what another part promises, shows as a
// gap between the curves.
//
// What it leaves out: tests of significance (they are in the tests of the parts),
// joint distributions. Reading order: rate.go, spread.go, waits.go, shares.go,
// tail.go, table.go, diary.go.
package census
