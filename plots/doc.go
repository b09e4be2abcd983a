// Package plots draws what a run left. Every figure is made from a record.Run
// and nothing else, so each can be drawn again from the run folder, and from
// the very numbers in its CSV files; the same run gives the same bytes.
//
//	record.Run --> Figure --> sheet --------> panel (axes from a scale) --> SVG
//	  (folder)     effects    title, strip    line, band, endLabels,        PNG
//	               timeline   of moments,     marksDown, forest,            PDF
//	               truth      grid of panels  cuts, cloud
//	               horizon    dumbbells
//	               creators
//	               ages, lags
//	               freshness
//	               skew, audit
//	               causes
//	               reliability
//	               positions
//	               funnel, losses
//	               loop
//	               latency
//
// How the figures speak: what operators measure is solid, what only the
// simulator knows is dashed. A world has one hue everywhere; lines are named
// where they end, with their number after warm-up, and worlds that cannot be
// told apart are drawn as one. Bands and whiskers are 95 % intervals over
// replicates. The warm-up is grey. Vertical hairlines are dated moments, named
// above the panels; kinds of moments that are too frequent for names are rows
// of dots. Metrics carry the names they have in YAML and CSV. Whatever a run
// did not record is left out, and a figure without data says why as a Missing.
//
// The package leaves out interaction and the report around the figures, and it
// compares nothing itself: intervals come from sim/stats.
//
// Reading order: figure.go; theme.go, scale.go, format.go, canvas.go, grid.go;
// curve.go, line.go, label.go, moment.go; sheet.go, frame.go; then one figure, say
// timeline.go. The others are ages.go, audit.go, causes.go, creators.go, effects.go,
// freshness.go, funnel.go, horizon.go, index.go, lags.go, latency.go, loop.go,
// losses.go, marginals.go, positions.go, reliability.go with tenths.go, skew.go,
// truth.go.
package plots
